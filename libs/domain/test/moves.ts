import { Refusal, type Actor, type NewEvent, type Outcome, type StaffCommandOf } from '@garda/contracts';
import { claimRefund } from '../src/intake/fees';
import { attachEvidence } from '../src/intake/evidence';
import { noteNotification, untold } from '../src/intake/notify';
import { disputeDecision } from '../src/intake/disputes';
import { provideInformation, rateService, withdrawCase } from '../src/intake/citizen';
import { openDispute, type KnownResolutionCase } from '../src/resolution/case';
import { resolutionCommands } from '../src/resolution/commands';
import { routingCommands } from '../src/routing/commands';
import type { Given } from '../src/shared/fold';
import { staff } from './facts';
import type { System } from './system';

/** Something that may happen next to a case. It throws a Refusal where the rules do not allow it. */
export interface Move {
  readonly name: string;
  make(system: System): void;
}

const quality = staff('quality', 'upkp2');
const outcomes: readonly Outcome[] = ['granted', 'remedied', 'information_given'];

/** Everything that a person, a program or the clock could do to this case now, allowed or not. */
export function movesOf(system: System): readonly Move[] {
  const passes: Move = { name: 'time passes', make: (next) => void next.passTime() };
  const heard = system.pending().map(([from, to]): Move => {
    return { name: `${to} hears ${from}`, make: (next) => void next.deliver(from, to) };
  });
  return [...heard, ...citizenMoves(system), ...officeMoves(system), ...routingMoves(), passes];
}

function citizenMoves({ intake: { state } }: System): readonly Move[] {
  if (state.status === 'none') return [];
  const question = state.question?.ref;
  // What moves a case is to be told of the question, of a bill and of the decision; the rest is news.
  const bills = state.fees.map(({ ref }) => ref);
  const telling = untold(state).filter((ref) => ref === question || ref === state.decision?.ref || bills.includes(ref));
  const adds = state.answers.length === 0 ? [undefined] : [];
  const intake = (name: string, rule: (next: System) => readonly NewEvent[]): Move => ({
    name,
    make: (next) => next.append('intake', rule(next)),
  });
  return [
    ...[...(question === undefined ? [] : [question]), ...adds].map((request) =>
      intake(request === undefined ? 'adds' : 'answers', ({ intake: { state: now } }) =>
        provideInformation(now, { request, items: [], sealed: [] }),
      ),
    ),
    ...(state.evidence.length > 0 || question === undefined
      ? []
      : [
          intake('attaches', ({ intake: { state: now } }) =>
            attachEvidence(now, { request: question, sha256: '0'.repeat(64), mediaType: 'image/jpeg', sealed: [] }),
          ),
        ]),
    ...(state.fees.length === 0
      ? []
      : [intake('claims a refund', ({ intake: { state: now } }) => claimRefund(now, { sealed: [] }))]),
    intake('withdraws', ({ intake: { state: now } }) => withdrawCase(now, { sealed: [] })),
    ...[true, false].map((satisfied) =>
      intake(satisfied ? 'is satisfied' : 'is not satisfied', ({ intake: { state: now } }) =>
        rateService(now, { stars: 3, satisfied, sealed: [] }),
      ),
    ),
    intake('disputes', (next) => disputeDecision(next.intake.state, { sealed: [] }, next.given())),
    ...telling.map((about) =>
      intake('is told', ({ intake: { state: now } }) => noteNotification(now, { about, channel: 'page', ok: true })),
    ),
  ];
}

function officeMoves({ resolution: { state } }: System): readonly Move[] {
  if (state.status === 'none') return [];
  const unit = state.work?.unit ?? 'dpupr';
  const { barred, course } = state;
  const officers = ['officer', 'other', 'third', 'fourth'].filter(
    (one) => ![...barred, ...course.parties].includes(one),
  );
  const officer = state.officer ?? officers[0] ?? 'officer';
  const { partial } = state.work?.terms ?? {};
  const { product } = state.file.terms;
  const hasIssued = (what: string) => state.products.some((one) => one.product === what);
  const office = (
    name: StaffCommandOf<'resolution'>,
    body: object = {},
    actor: Actor = staff(officer, unit),
  ): Move => ({
    name: [name, ...['outcome', 'result'].flatMap((key) => (key in body ? String(body[key as never]) : []))].join(' '),
    make: (next) => {
      const rule = resolutionCommands[name] as (of: unknown, ask: unknown, given: Given) => readonly NewEvent[];
      next.append('resolution', rule(next.resolution.state, { caseId: '', actor, body }, next.given()));
    },
  });
  const issue = (what: string, isPartial: boolean) =>
    office('issue-product', { product: what, partial: isPartial, number: '1', signatory: 'head' });
  return [
    office('take'),
    office('assign', { officer: officers.find((one) => one !== officer) ?? officer }, staff('head', unit)),
    office('accept'),
    office('reject', { reason: 'decided_before' }, staff('head', unit)),
    office('ask', { items: ['photo'], words: 'x' }),
    office('withdraw-question'),
    office('progress', { code: 'visited' }),
    ...(partial === undefined || hasIssued(partial) ? [] : [issue(partial, true)]),
    ...(product === undefined || hasIssued(product) ? [] : [issue(product, false)]),
    office('complete-stage'),
    ...outcomes.map((outcome) => office('resolve', { outcome })),
    office('refuse', {}, staff('head', unit)),
    office('decline-gift', { gift: { kind: 'thing' } }),
    office('declare-party'),
    office('take-first-step'),
    office('extend-time', { reason: 'search', words: 'x' }, staff('head', unit)),
    office('find-supervision', {}, quality),
    ...handOverMoves(state).map(([name, at, body]) => office(name, body, staff('counter', at))),
    ...disputeMoves(state, office),
    ...moneyMoves(state).map(([name, actor, body]) => office(name, body, actor)),
    ...paperMoves(state).map(([name, at, body]) => office(name, body, staff('desk', at))),
  ];
}

type HandOverMove = readonly [name: 'send-product' | 'deliver-product' | 'correct-record', at: string, body: object];

/** Whoever has a product sends it to the desk or hands it over; the last record is corrected by whoever made it. */
function handOverMoves({ products, records }: KnownResolutionCase): readonly HandOverMove[] {
  const record = records.filter((one) => one.corrected === null && one.type !== 'RecordCorrected').at(-1);
  const correct = { record: record?.ref, reason: 'typing_error', words: 'x' };
  return [
    ...products.flatMap(({ ref: product, holder, state }): readonly HandOverMove[] =>
      state === 'delivered'
        ? []
        : [
            ['send-product', holder, { product, to: 'kel-b', carrier: 'x' }],
            ['deliver-product', holder, { product, to: 'applicant', receipt: '1' }],
          ],
    ),
    ...(record === undefined ? [] : [['correct-record', record.unit, correct] as const]),
  ];
}

type Office = (name: StaffCommandOf<'resolution'>, body: object, actor: Actor) => Move;

function disputeMoves(state: KnownResolutionCase, office: Office): readonly Move[] {
  const arbiter = staff('arbiter', openDispute(state)?.to ?? 'upkp2');
  return [
    office('decide-dispute', { result: 'upheld', words: 'x' }, arbiter),
    office('decide-dispute', { result: 'dismissed', remedies: ['x-ombudsman'], words: 'x' }, arbiter),
    office('reopen', { cause: 'new_facts' }, quality),
  ];
}

type MoneyMove = readonly [
  name: 'assess-fee' | 'cancel-fee' | 'confirm-fee' | 'decide-refund' | 'refund-fee',
  actor: Actor,
  body: object,
];

/** One bill at a time is assessed by the officer; the bank tells of payments, the treasury decides on what is asked back. */
function moneyMoves({ file, work, officer, money }: KnownResolutionCase): readonly MoneyMove[] {
  const [line] = file.terms.tariff ?? [];
  if (line === undefined) return [];
  const treasurer = staff('treasurer', 'bpkpad');
  const clerk = staff(officer ?? 'officer', work?.unit ?? 'dishub');
  const bill = { line: line.line, amount: line.amount, billingCode: `bill ${money.fees.length}`, payBefore: '10wd' };
  const assess: readonly MoneyMove[] = money.fees.length < 2 ? [['assess-fee', clerk, bill]] : [];
  const paid = money.payments.length;
  return [
    ...assess,
    ...money.fees.flatMap(({ billingCode }): readonly MoneyMove[] => [
      ['cancel-fee', clerk, { billingCode, reason: 'by mistake' }],
      ...(paid < 2
        ? [['confirm-fee', bank, { billingCode, bankReference: `bank ${paid}`, channel: 'qris' }] as const]
        : []),
    ]),
    ...money.refunds.flatMap(({ ref: refund }): readonly MoneyMove[] => [
      ['decide-refund', treasurer, { refund, granted: true }],
      ['decide-refund', treasurer, { refund, granted: false }],
      ['refund-fee', treasurer, { refund, bankReference: 'back' }],
    ]),
  ];
}
const bank: Actor = { kind: 'program', id: 'payment_channel' };

type PaperMove = readonly [name: Extract<StaffCommandOf<'resolution'>, `${string}-papers`>, at: string, body: object];

/** Whoever has papers sends them to whoever has the work, or back to the desk; whoever waits for them finds them or not. */
function paperMoves(state: KnownResolutionCase): readonly PaperMove[] {
  const desk = state.file.filedBy.by === 'desk' ? state.file.filedBy.unit : undefined;
  const moves = state.papers.flatMap(({ item, state: is, unit, to }): readonly PaperMove[] => {
    const items = [item];
    const send = (where: string | undefined): readonly PaperMove[] =>
      where === undefined || where === unit ? [] : [['hand-over-papers', unit, { items, to: where, carrier: 'x' }]];
    if (is === 'held')
      return [
        ...send(state.work?.unit),
        ...(state.work?.unit === desk ? [] : send(desk)),
        ...send('kel-b'), // a reception on the way
        ['return-papers', unit, { items, to: 'applicant', receipt: '1' }],
        ['lose-papers', unit, { items }],
      ];
    if (to === null) return [];
    const came: PaperMove = ['acknowledge-papers', to, { items, missing: [] }];
    const lost: PaperMove = ['lose-papers', unit, { items }];
    return is === 'missing'
      ? [came, lost, ...send(to)]
      : [came, ['acknowledge-papers', to, { items: [], missing: items }]];
  });
  const gone = state.papers.filter((paper) => paper.state === 'lost').map(({ item }) => item);
  return gone.length === 0 || desk === undefined ? moves : [...moves, ['receive-papers', desk, { items: gone }]];
}

function routingMoves(): readonly Move[] {
  const routing = (name: keyof typeof routingCommands, actor: (system: System) => Actor, body: object): Move => ({
    name,
    make: (next) => {
      const rule = routingCommands[name] as (of: unknown, ask: unknown, given: Given) => readonly NewEvent[];
      next.append('routing', rule(next.routing.state, { caseId: '', actor: actor(next), body }, next.given()));
    },
  });
  const receiver = ({ routing: { state } }: System) =>
    staff('receiver', state.status === 'none' ? 'dpupr' : (state.place?.unit ?? 'dpupr'));
  return [
    routing('triage', () => quality, { unit: 'dishub' }),
    routing('acknowledge', receiver, {}),
    routing('transfer', receiver, { to: 'dishub', reason: 'other_task' }),
    routing('transfer', receiver, { to: 'dpupr', reason: 'other_task' }),
    routing('return', receiver, { reason: 'not_ours' }),
    routing('refer', () => quality, { body: 'x-bptd', reference: '1', followUpOn: '2026-12-01' }),
    routing('ask-outside', () => quality, {}),
    routing('outside-answered', () => quality, {}),
    routing('route-dispute', () => staff('secretary', 'setda'), { to: 'inspektorat' }),
    routing('route-dispute', () => staff('secretary', 'setda'), { to: 'x-ombudsman' }),
  ];
}

/** The case after a move; undefined where the rules refuse it. */
export function after(system: System, move: Move): System | undefined {
  const next = system.copy();
  next.deed += 1;
  try {
    move.make(next);
    return next;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
