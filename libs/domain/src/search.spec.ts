import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { intakeEvents, resolutionEvents, routingEvents, type Actor, type Submission } from '@garda/contracts';
import { disagreements } from '../test/agree';
import { Closer, explore } from '../test/explore';
import { citizen, staff, submit } from '../test/facts';
import { movesPage } from '../test/moves-page';
import { after, movesOf } from '../test/moves';
import { System } from '../test/system';
import { sharesTold } from './intake/shares';
import { submitCase } from './intake/submit';
import { sharesOf } from './shared/shares';

const privately = { content: 'private' as const, objectPlace: {}, area: '33.25.01.2001' };
interface HandedIn {
  readonly submission: Partial<Submission>;
  readonly actor: Actor;
  readonly papers?: readonly string[];
}
/** One case of each way through the house: from the citizen or a desk, with stages, to triage, for anybody to see. */
const cases: Readonly<Record<string, HandedIn>> = {
  'a letter of the village': { submission: { standard: 'DS-02', ...privately }, actor: citizen },
  'a family card handed in at the village': {
    submission: { standard: 'DK-01', ...privately },
    actor: staff('officer', 'desa-a'),
  },
  'a family card with a paper': {
    submission: { standard: 'DK-01', ...privately },
    actor: staff('officer', 'desa-a'),
    papers: ['old KK'],
  },
  'something that costs a fee': { submission: { standard: 'LH-02', ...privately }, actor: citizen },
  'a question that may take longer': { submission: { standard: 'UM-04', ...privately }, actor: citizen },
  'a road': { submission: {}, actor: citizen },
  'a lamp of another body': {
    submission: { standard: 'HB-01', attributes: { road_class: 'national' } },
    actor: citizen,
  },
  'a levy report': { submission: { standard: 'LV-01', ...privately }, actor: citizen },
  'a levy report about the inspectorate': {
    submission: { standard: 'LV-01', ...privately, attributes: { reported_unit: 'inspektorat' } },
    actor: citizen,
  },
};

/** Deep: everything is heard before the next move. */
const deep = Object.entries(cases).map(([name, one]) => {
  return [`${name}, heard at once`, explore(handedIn(one), { most: 1500, settled: true })] as const;
});
/** Deeper: the same from every situation that was found, so that what follows a dispute is reached too. */
const deeper = deep.map(([name, systems]) => {
  const starts = oneOfEach(systems);
  return [
    `${name}, and on from there`,
    starts.flatMap((start) => explore(start, { most: 50, settled: true })),
  ] as const;
});
/** Wide: from the beginning and from every situation on, with whatever is heard late. */
const wide = Object.entries(cases).map(([name, one], index) => {
  const situations = oneOfEach([...(deep[index]?.[1] ?? []), ...(deeper[index]?.[1] ?? [])]);
  const starts = [
    handedIn(one),
    ...situations,
    ...situations.flatMap(saidAndNotHeardInTime),
    ...paidBack(one),
    ...leftLying(one),
  ];
  return [`${name}, heard late`, starts.flatMap((start) => explore(start, { most: 60, settled: false }))] as const;
});

describe.each(deep)('%s', (_name, systems) => {
  it('tells the citizen the same shares of the time as routing has', () => {
    const wrong = systems.map(settled).filter((system) => !isDeepStrictEqual(...sharesIn(system)));
    expect(wrong.slice(0, 2).map((system) => ({ shares: sharesIn(system), facts: factsOf(system) }))).toEqual([]);
  });
});

describe.each([...deep, ...deeper, ...wide])('%s', (_name, systems) => {
  it('is the same case for all three contexts once everything is heard', () => {
    const wrong = systems.map(settled).flatMap((system) => {
      const words = disagreements(system);
      return words.length === 0 ? [] : [{ words, facts: factsOf(system) }];
    });
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it('can be closed from wherever it is', () => {
    const closer = new Closer();
    const stuck = systems.filter((system) => !closer.canClose(system));
    expect(stuck.slice(0, 3).map(factsOf)).toEqual([]);
  });
});

/** Facts of other streams, of two cases at once, and those that move nothing. */
const elsewhere: ReadonlySet<string> = new Set([
  'StandardPublished',
  'StandardSuperseded',
  'UnitPublished',
  'UnitEnded',
  'StandInNamed',
  'PaymentDeclared',
  'CalendarPublished',
  'PolicyPublished',
  'DuplicateLinked',
  'DuplicateUnlinked',
  'FollowsNoted',
  'ReportedUnitHeard', // of a case about a unit; changes nothing
  'PublicSummaryPublished',
  'PersonalDataDisclosed',
  'MandateRecorded',
  'MandateConfirmed',
  'MandateCarrierChanged',
  'MandateEnded',
  'MandateNoted',
  'DutyDue',
  'SlipBookIssued',
  'SlipRevoked',
  'TrackingCodeReissued',
  'TripRecorded',
  'TripApproved',
  'ErasureRequested', // beside the flow: no status of any context moves
  'ErasureRefused',
  'PersonalDataErased',
]);

it('brings about every fact of the flow', () => {
  const found = new Set([...deep, ...deeper, ...wide].flatMap(([, systems]) => systems.map(settled).flatMap(factsOf)));
  const all = [intakeEvents, routingEvents, resolutionEvents].flatMap((events) => Object.keys(events));
  expect([...found].sort()).toEqual(all.filter((type) => !elsewhere.has(type)).sort());
});

it('moves as docs/domain/states.md shows', () => {
  const page = movesPage([...deep, ...deeper, ...wide].flatMap(([, systems]) => systems.map(settled)));
  const file = resolve(__dirname, '../../../docs/domain/states.md');
  if (process.env['GARDA_WRITE_STATES'] === '1') writeFileSync(file, page);
  expect(readFileSync(file, 'utf8')).toBe(page);
});

function handedIn({ submission, actor, papers }: HandedIn): System {
  const system = new System();
  system.append('intake', submitCase(system.intake.state, submit(submission, { actor, papers }), system.given()));
  return system;
}

function settled(system: System): System {
  const copy = system.copy();
  copy.settle(() => 0);
  return copy;
}

/** One case of each combination of statuses, the first that was found. */
function oneOfEach(systems: readonly System[]): readonly System[] {
  const statusesOf = ({ intake, routing, resolution }: System) =>
    [intake, routing, resolution].map(({ state }) => state.status).join(' ') + disputesOf(resolution.state);
  return [...new Map([...systems].reverse().map((system) => [statusesOf(system), system])).values()];
}

/** How the disputes of a case went so far. */
function disputesOf(state: System['resolution']['state']): string {
  return state.status === 'none' ? '' : state.disputes.map((one) => ` ${one.state}`).join('');
}

/** The citizen has answered or objected, but the office has not heard it when his time is over. */
function saidAndNotHeardInTime(start: System): readonly System[] {
  return ['answers', 'disputes'].flatMap((said) => {
    const move = movesOf(start).find(({ name }) => name === said);
    const system = move === undefined ? undefined : after(start, move);
    if (system === undefined) return [];
    while (['waiting', 'decided'].includes(system.resolution.state.status) && system.passTime());
    return [system];
  });
}

/** Where money goes the whole way: assessed, paid, cancelled, decided on, given back; every step of it. */
function paidBack(one: HandedIn): readonly System[] {
  return [
    ['take', 'accept', 'assess-fee', 'confirm-fee', 'cancel-fee', 'decide-refund', 'refund-fee'],
    ['take', 'accept', 'assess-fee', 'confirm-fee', 'refuse', 'claims a refund', 'decide-refund'],
  ].flatMap((deeds) => stepsOf(one, deeds).slice(3));
}

/** A product that nobody fetches, until it is back with whoever issued it. */
function leftLying(one: HandedIn): readonly System[] {
  const granted = ['take', 'accept', 'issue-product', 'resolve granted'];
  return stepsOf(one, [...granted, ...Array<string>(4).fill('time passes')]).slice(-1);
}

/** The case after each of these deeds; only as far as the rules allow them. */
function stepsOf(one: HandedIn, deeds: readonly string[]): readonly System[] {
  const steps = [settled(handedIn(one))];
  for (const name of deeds) {
    const before = steps.at(-1) as System;
    const move = movesOf(before).find((found) => found.name === name);
    const next = move === undefined ? undefined : after(before, move);
    if (next === undefined) return steps; // nothing of this case costs money
    steps.push(settled(next));
  }
  return steps;
}

/** Whose share it was: told to the citizen, and in routing, where the road has a sender. */
function sharesIn(system: System): readonly [unknown, unknown] {
  const { intake, routing } = system;
  const { catalogue } = system.given();
  if (routing.state.status === 'none') return [[], []];
  const { spans, file } = routing.state;
  const told = sharesTold(intake.log, catalogue);
  const has = sharesOf(spans, catalogue.calendar(file.terms.calendar));
  return [told, has.map((share) => (share.with === 'transit' ? { ...share, unit: null } : share))];
}

function factsOf({ intake, routing, resolution }: System): readonly string[] {
  return [intake, routing, resolution].flatMap(({ log }) => log.map(({ type }) => type));
}
