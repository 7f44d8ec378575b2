import { Refusal, type Actor, type NewEvent, type StaffCommandOf } from '@garda/contracts';
import fc from 'fast-check';
import { citizen, staff, submit } from '../test/facts';
import { System } from '../test/system';
import { disputeDecision } from './intake/disputes';
import { noteNotification } from './intake/notify';
import { provideInformation, rateService, withdrawCase } from './intake/citizen';
import { submitCase } from './intake/submit';
import { resolutionCommands } from './resolution/commands';
import { foldAll, type Fold, type Given } from './shared/fold';
import { routingCommands } from './routing/commands';

/** One deed of a person: tried again after some deliveries until the rules allow it. */
type Deed = (system: System) => void;

const clerk = staff('village-officer', 'desa-a');
const counter = staff('counter', 'kec-01');
const agency = staff('agency', 'disdukcapil');
const lights = staff('lights', 'dishub');
const roads = staff('roads', 'dpupr');
const otherRoads = staff('other-roads', 'dpupr');
const quality = staff('quality', 'upkp2');
const bank: Actor = { kind: 'program', id: 'payment_channel' };

const handIn =
  (standard: string, actor = citizen, papers: readonly string[] = []): Deed =>
  (system) => {
    const card = { content: 'private' as const, objectPlace: {}, area: '33.25.01.2001' };
    const lamp = { attributes: { road_class: 'national' } };
    const more = {
      standard,
      ...(standard === 'DK-01' || standard === 'LH-02' ? card : {}),
      ...(standard === 'HB-01' ? lamp : {}),
    };
    system.append('intake', submitCase(system.intake.state, submit(more, { actor, papers }), system.given()));
  };
const office =
  (name: StaffCommandOf<'resolution'>, actor: Actor, body: object = {}): Deed =>
  (system) => {
    const rule = resolutionCommands[name] as (state: unknown, ask: unknown, given: Given) => readonly NewEvent[];
    system.append('resolution', rule(system.resolution.state, { caseId: '', actor, body }, system.given()));
  };
const house =
  (name: keyof typeof routingCommands, actor: typeof clerk, body: object = {}): Deed =>
  (system) => {
    const rule = routingCommands[name] as (state: unknown, ask: unknown, given: Given) => readonly NewEvent[];
    system.append('routing', rule(system.routing.state, { caseId: '', actor, body }, system.given()));
  };
const triage = (unit: string): Deed => house('triage', quality, { unit });
const questionOf = ({ intake: { state } }: System): string => {
  const ref = state.status === 'none' ? undefined : state.question?.ref;
  if (ref === undefined) throw new Refusal('REQUEST_NOT_OPEN', 'not asked yet');
  return ref;
};
const provide: Deed = (system) => {
  const request = questionOf(system);
  system.append('intake', provideInformation(system.intake.state, { request, items: [], sealed: [] }));
};
const tellQuestion: Deed = (system) => {
  const about = questionOf(system);
  system.append('intake', noteNotification(system.intake.state, { about, channel: 'page', ok: true }));
};
const tellBill: Deed = (system) => {
  const { state } = system.intake;
  const about = state.status === 'none' ? undefined : state.fees[0]?.ref;
  if (about === undefined) throw new Refusal('FEE_UNKNOWN', 'no bill yet');
  system.append('intake', noteNotification(state, { about, channel: 'page', ok: true }));
};
const withdraw: Deed = (system) => system.append('intake', withdrawCase(system.intake.state, { sealed: [] }));
const rate: Deed = (system) =>
  system.append('intake', rateService(system.intake.state, { stars: 5, satisfied: true, sealed: [] }));

const dispute: Deed = (system) =>
  system.append('intake', disputeDecision(system.intake.state, { sealed: [] }, system.given()));

const product = (name: string, partial: boolean) => ({ product: name, partial, number: '1', signatory: 'head' });
const stories: Readonly<Record<string, readonly Deed[]>> = {
  'a road, asked and mended': [
    handIn('PU-01'),
    office('take', roads),
    office('accept', roads),
    office('ask', roads, { items: ['photo'], words: 'x' }),
    tellQuestion,
    provide,
    office('progress', roads, { code: 'visited' }),
    office('resolve', roads, { outcome: 'remedied' }),
    rate,
  ],
  'a family card from village to agency': [
    handIn('DK-01', clerk),
    office('accept', clerk),
    office('issue-product', clerk, product('file receipt', true)),
    office('complete-stage', clerk),
    office('take', counter),
    office('accept', counter),
    office('complete-stage', counter),
    office('take', agency),
    office('accept', agency),
    office('issue-product', agency, product('population_document', false)),
    office('resolve', agency, { outcome: 'granted' }),
  ],
  'a family card whose papers travel, one of them missing': [
    handIn('DK-01', clerk, ['old KK', 'form']),
    office('accept', clerk),
    office('issue-product', clerk, product('file receipt', true)),
    office('hand-over-papers', clerk, { items: ['old KK', 'form'], to: 'kec-01', carrier: 'runner' }),
    office('complete-stage', clerk),
    office('take', counter),
    office('acknowledge-papers', counter, { items: ['old KK'], missing: ['form'] }),
    office('accept', counter),
    office('lose-papers', clerk, { items: ['form'] }),
    office('complete-stage', counter),
    office('hand-over-papers', counter, { items: ['old KK'], to: 'disdukcapil', carrier: 'runner' }),
    office('acknowledge-papers', agency, { items: ['old KK'], missing: [] }),
    office('take', agency),
    office('accept', agency),
    office('issue-product', agency, product('population_document', false)),
    office('resolve', agency, { outcome: 'granted' }),
    office('return-papers', agency, { items: ['old KK'], to: 'applicant', receipt: '1' }),
  ],
  'a fee, told, paid, and granted': [
    handIn('LH-02'),
    office('take', lights),
    office('accept', lights),
    office('assess-fee', lights, { line: 'KAKUS-1', amount: 150_000, billingCode: 'b1', payBefore: '10wd' }),
    tellBill,
    office('confirm-fee', bank, { billingCode: 'b1', bankReference: 'r1', channel: 'qris' }),
    office('issue-product', lights, product('service', false)),
    office('resolve', lights, { outcome: 'granted' }),
    rate,
  ],
  'a fee that is paid after the withdrawal': [
    handIn('LH-02'),
    office('take', lights),
    office('accept', lights),
    office('assess-fee', lights, { line: 'KAKUS-1', amount: 150_000, billingCode: 'b1', payBefore: '10wd' }),
    tellBill,
    withdraw,
    office('confirm-fee', bank, { billingCode: 'b1', bankReference: 'r1', channel: 'qris' }),
  ],
  'withdrawn before anybody looked': [handIn('PU-01'), withdraw],
  'withdrawn while a question is open': [
    handIn('PU-01'),
    office('take', roads),
    office('accept', roads),
    office('ask', roads, { items: ['photo'], words: 'x' }),
    provide,
    withdraw,
  ],
  'transferred while a question is open, answered to the other unit': [
    handIn('PU-01'),
    office('take', roads),
    office('accept', roads),
    office('ask', roads, { items: ['photo'], words: 'x' }),
    house('transfer', roads, { to: 'dishub', reason: 'other_task' }),
    tellQuestion,
    provide,
    office('take', lights),
    office('accept', lights),
    office('resolve', lights, { outcome: 'remedied' }),
  ],
  'a family card that the district gives back to the village': [
    handIn('DK-01', clerk),
    office('accept', clerk),
    office('issue-product', clerk, product('file receipt', true)),
    office('complete-stage', clerk),
    office('take', counter),
    house('return', counter, { reason: 'stage_incomplete' }),
    office('accept', clerk),
    office('reject', clerk, { reason: 'decided_before' }),
  ],
  'a road, disputed, upheld and mended by another officer': [
    handIn('PU-01'),
    office('take', roads),
    office('accept', roads),
    office('resolve', roads, { outcome: 'unfounded' }),
    dispute,
    office('decide-dispute', quality, { result: 'upheld', words: 'x' }),
    office('take', otherRoads),
    office('accept', otherRoads),
    office('resolve', otherRoads, { outcome: 'remedied' }),
  ],
  'a road that is referred outside while the office works, disputed and final': [
    handIn('PU-01'),
    office('take', roads),
    office('accept', roads),
    house('refer', quality, { body: 'x-bptd', reference: '1', followUpOn: '2026-12-01' }),
    house('ask-outside', quality),
    dispute,
    house('route-dispute', staff('secretary', 'setda'), { to: 'inspektorat' }),
    office('decide-dispute', staff('i', 'inspektorat'), { result: 'dismissed', remedies: ['x'], words: 'x' }),
  ],
  'from triage, rejected': [
    handIn('HB-01'),
    triage('dishub'),
    office('take', lights),
    office('reject', lights, { reason: 'decided_before' }),
    rate,
  ],
};

/** Who told what when differs by order, versions too; what is left must not. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable).sort(byNews);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).filter(([name]) => !name.toLowerCase().endsWith('version'));
  return Object.fromEntries(members.map(([name, member]) => [name, comparable(member)]));
}

/** News are a set: in which order they came is the order of delivery. */
function byNews(a: unknown, b: unknown): number {
  const ref = (item: unknown) =>
    typeof item === 'object' && item !== null && 'told' in item && 'failed' in item
      ? String((item as { ref?: string }).ref)
      : '';
  return ref(a).localeCompare(ref(b));
}

function run(deeds: readonly Deed[], choices: Iterator<number>): unknown {
  const system = new System();
  const choose = (among: number) => (among === 0 ? 0 : (choices.next().value ?? 0) % among);
  deeds.forEach((deed, index) => {
    system.deed = index;
    for (let tried = 0; ; tried += 1) {
      try {
        deed(system);
        break;
      } catch (error) {
        if (!(error instanceof Refusal) || tried > 500) throw error;
      }
      const queues = system.pending();
      const queue = queues[choose(queues.length)];
      if (queue === undefined) throw new Error(`deed ${index + 1} is never allowed`);
      system.deliver(...queue);
    }
  });
  system.settle(choose);
  const { intake, routing, resolution } = system;
  return comparable({ intake: intake.state, routing: routing.state, resolution: resolution.state });
}

describe.each(Object.entries(stories))('%s', (_name, deeds) => {
  const first = run(deeds, [][Symbol.iterator]());
  it('ends the same in every order in which the topics are heard', () =>
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat({ max: 11 })), (choices) => expect(run(deeds, choices)).toEqual(first)),
      { numRuns: 200 },
    ));
  it('ends', () => expect(first).toMatchObject({ routing: { settled: expect.anything() } }));
});

it('replayed, the three logs give the same states', () => {
  const system = new System();
  for (const [index, deed] of (stories['a road, asked and mended'] ?? []).entries()) {
    system.deed = index;
    deed(system);
    system.settle(() => 0);
  }
  for (const { fold, log, state } of [system.routing, system.resolution])
    expect(foldAll(fold as Fold<unknown>, log)).toEqual(state);
  expect(foldAll(system.intake.fold, system.intake.log)).toEqual(system.intake.state);
  expect(system.resolution.state.status).toBe('decided');
});
