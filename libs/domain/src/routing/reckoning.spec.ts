import fc from 'fast-check';
import { calendar, catalogue, rows } from '../../test/catalogue';
import { acknowledged, caseId, entered, familyCard, routed, terms } from '../../test/facts';
import { wrongIn } from '../../test/reckoned';
import { at, id, monday, recorded, type Fact } from '../../test/spec';
import { Catalogue } from '../shared/catalogue';
import { officeCalendar } from '../shared/calendar';
import { dueAt, iso, ms } from '../shared/deadline';
import { routingFact } from '../shared/facts';
import { foldAll } from '../shared/fold';
import type { RoutingCase } from './case';
import { deadline } from './due';
import { routingFold } from './evolve';
import { explainDeadline } from './reckoning';

const office = officeCalendar(calendar);
const card = terms('DK-01', 'village').stages;
const stageOf = (index: number) => card[index] ?? { tier: 'agency' as const, kind: 'condition' as const, time: '1wd' };

/** What moves a case or its time. */
const moving = fc.oneof(
  fc.nat(2).map((stage) =>
    routingFact('StageHandedOver', {
      caseId,
      from: 'desa-a',
      unit: 'kec-01',
      offer: 2 + stage,
      stage,
      terms: stageOf(stage),
    }),
  ),
  fc.constant(
    routingFact('CaseTransferred', {
      ...{ caseId, from: 'desa-a', to: 'dpupr', unit: 'dpupr', offer: 3, stage: 1, reason: 'other_task' },
      terms: stageOf(1),
    }),
  ),
  fc.constant(
    routingFact('CaseReturned', {
      ...{ caseId, from: 'dpupr', reason: 'not_ours' },
      to: { unit: 'desa-a', offer: 4, stage: 0, terms: stageOf(0) },
    }),
  ),
  fc.constant(routingFact('CaseSentToTriage', { caseId, reason: 'no_rule' })),
  fc
    .constantFrom('a', 'b')
    .chain((ref) => fc.constantFrom('question' as const, 'fee' as const).map((why) => ({ why, ref: id(ref) }))),
  fc
    .constantFrom('extension' as const, 'supervision' as const)
    .map((kind) =>
      routingFact('TimeExtensionNoted', { caseId, kind, stage: 0, time: kind === 'extension' ? '7wd' : '60wd' }),
    ),
  fc
    .constantFrom(undefined, monday)
    .map((from) => routingFact('CaseResumed', { caseId, unit: 'desa-a', offer: 6, stage: 0, time: '3wd', from })),
);

/** What moves neither: who has it, who was told, which paper lies where, what it follows. */
const unrelated = fc.constantFrom(
  routingFact('OfficerNoted', { caseId, offer: 1, unit: 'desa-a', officer: 'officer' }),
  acknowledged('desa-a'),
  routingFact('PapersNoted', { caseId, items: ['KK'], where: 'at', unit: 'desa-a' }),
  routingFact('DuplicateLinked', { caseId, leader: id('leader'), follower: caseId, link: 1 }),
  routingFact('DeadlineMissed', { caseId, clock: 'total', dueAt: monday }),
  routingFact('CaseEscalated', { caseId, clock: 'total', rung: 1, to: 'upkp2', dueAt: monday }),
  routingFact('FirstStepNoted', { caseId, unit: 'desa-a' }),
);

/** A history of a family card: some facts, hours or weeks apart. */
const history = fc
  .array(fc.tuple(moving, fc.double({ min: 0, max: 400, noNaN: true })), { maxLength: 9 })
  .map((facts): readonly Fact[] => {
    let now = ms(monday);
    let open: string | undefined;
    const later = facts.map(([fact, hours]): Fact => {
      now += Math.round(hours * 3_600_000);
      if ('type' in fact) return at(iso(now), fact);
      // A wait that lasts ends before another one begins.
      const data = { caseId, for: fact.why, ref: open ?? fact.ref, at: iso(now) };
      const next = routingFact(open === undefined ? 'WaitBegan' : 'WaitEnded', data);
      open = open === undefined ? fact.ref : undefined;
      return at(iso(now), next);
    });
    return [at(monday, entered(familyCard)), at(monday, routed('desa-a', familyCard)), ...later];
  });

const stateAfter = (facts: readonly Fact[]): RoutingCase => foldAll(routingFold, recorded(facts));

describe('for any history of a case', () => {
  it('the explanation ends on the due dates, and its parts add up to them', () =>
    fc.assert(
      fc.property(history, (facts) => {
        const state = stateAfter(facts);
        const [due, why] = [deadline(state, catalogue), explainDeadline(state, catalogue)];
        expect([why?.total.dueAt, why?.stage?.dueAt ?? null, why?.stopped]).toEqual([
          ...[due?.totalDueAt, due?.stageDueAt, due?.stopped],
        ]);
        for (const one of [why?.total, why?.stage])
          if (one !== null && one !== undefined) expect(wrongIn(one, calendar)).toEqual([]);
      }),
      { numRuns: 300 },
    ));

  it('a replay at any later time, with later editions beside the pinned one, gives the same due dates', () => {
    const later = { ...calendar, version: '2027.1', daysOff: [], lastDay: '2027-12-31' };
    const then = new Catalogue({ ...rows, calendars: [later, calendar] });
    fc.assert(
      fc.property(history, (facts) => {
        const replayed = JSON.parse(JSON.stringify(stateAfter(facts))) as RoutingCase;
        expect(deadline(replayed, then)).toEqual(deadline(stateAfter(facts), catalogue));
      }),
    );
  });

  it('an unrelated fact changes nothing, wherever it falls', () =>
    fc.assert(
      fc.property(history, unrelated, fc.nat(), (facts, one, place) => {
        const index = 2 + (place % (facts.length - 1));
        const when = facts[index - 1]?.at ?? monday;
        const more = [...facts.slice(0, index), at(when, one), ...facts.slice(index)];
        expect(deadline(stateAfter(more), catalogue)).toEqual(deadline(stateAfter(facts), catalogue));
      }),
      { numRuns: 300 },
    ));

  it('a stop never shortens', () =>
    fc.assert(
      fc.property(history, (facts) => {
        const without = facts.filter(({ type }) => type !== 'WaitBegan' && type !== 'WaitEnded');
        const [due, free] = [facts, without].map((some) => deadline(stateAfter(some), catalogue)?.totalDueAt ?? '');
        expect(ms(due ?? '')).toBeGreaterThanOrEqual(ms(free ?? ''));
      }),
    ));

  it('nothing is due on a day off', () =>
    fc.assert(
      fc.property(history, (facts) => {
        const due = deadline(stateAfter(facts), catalogue);
        for (const one of [due?.totalDueAt, due?.stageDueAt])
          if (one != null) expect(office.isWorkingDay(office.dateOf(ms(one)))).toBe(true);
      }),
    ));
});

it('the shares of the stages add up to the promise of the whole', () => {
  const { totalDueAt } = deadline(stateAfter([at(monday, entered(familyCard))]), catalogue) ?? {};
  const end = card.reduce((from, { time }) => dueAt(calendar, from, [time], []), monday);
  expect(end).toBe(totalDueAt);
});

describe('the explanation of a case', () => {
  const steps = (...facts: readonly Fact[]) =>
    explainDeadline(stateAfter(facts), catalogue)?.total.steps.map(({ what, why }) => `${what} ${String(why)}`);
  const settled = routingFact('WorkSettled', {
    ...{ caseId, how: 'decided', outcome: 'granted', unit: 'desa-a', at: '2026-02-06T02:00:00.000Z' },
  });
  const resumed = routingFact('CaseResumed', { caseId, unit: 'desa-a', offer: 2, stage: 0, time: '3wd' });
  const found = routingFact('TimeExtensionNoted', { caseId, kind: 'supervision', stage: 0, time: '60wd' });

  it('says by which way it came in', () => {
    expect(steps(entered())).toEqual(['start recorded', 'term stage']);
    expect(steps(entered(familyCard))?.[0]).toBe('start desk');
    expect(steps(entered({ filedBy: { by: 'program', program: 'import' } }))?.[0]).toBe('start imported');
  });
  it('says that it was reopened, and has a time of its own', () =>
    expect(steps(entered(familyCard), settled, at('2026-02-09T02:00:00.000Z', resumed))).toEqual([
      ...['start reopened', 'term reopened'],
    ]));
  it('says which stage came under supervision', () =>
    expect(steps(entered(familyCard), routed('desa-a', familyCard), found)).toEqual([
      ...['start desk', 'term supervision', 'term stage', 'term stage'],
    ]));
  it('of a settled case goes on saying what was promised, of the whole alone', () => {
    const explained = explainDeadline(stateAfter([entered(), routed(), settled]), catalogue);
    expect(explained).toMatchObject({ stage: null, stopped: false, calendar: '2026.1', total: { provisional: false } });
  });
  it('of a stage that was handed over begins there', () => {
    const next = routingFact('StageHandedOver', {
      ...{ caseId, from: 'desa-a', unit: 'kec-01', offer: 2, stage: 1, terms: stageOf(1) },
    });
    const facts = [entered(familyCard), routed('desa-a', familyCard), at('2026-02-04T02:00:00.000Z', next)];
    const stage = explainDeadline(stateAfter(facts), catalogue)?.stage;
    expect(stage?.steps).toMatchObject([
      { what: 'start', why: 'handed_over', at: '2026-02-04T02:00:00.000Z' },
      { what: 'term', stage: 1, time: '2wd' },
    ]);
  });
});
