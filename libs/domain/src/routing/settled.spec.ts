import { caseId, entered, familyCard, heard, routed, staff, terms } from '../../test/facts';
import type { NewEvent } from '@garda/contracts';
import { id, monday, specFor, type Fact } from '../../test/spec';
import { resolutionFact, routingFact } from '../shared/facts';
import { stageOf } from './case';
import { routingCommands } from './commands';
import { routingFold } from './evolve';
import { routingReaction } from './reactions';

const given = specFor(routingFold);
const triaged = routingFact('CaseSentToTriage', { caseId, reason: 'no_rule' });
const settled = (outcome: string, unit?: string, how: 'decided' | 'withdrawn' | 'final' = 'decided') =>
  routingFact('WorkSettled', { caseId, how, outcome, unit, at: monday });
const resumed = (unit?: string) => routingFact('CaseResumed', { caseId, unit, offer: 2, stage: 0, time: '7wd' });
const hears = (fact: NewEvent, ...facts: readonly Fact[]) =>
  given(...facts).when((state, all) => routingReaction(state, heard(fact), all));
type Outcome = 'as_leader' | 'no_answer' | 'remedied';
const decided = (outcome: Outcome, unit?: string) => resolutionFact('CaseResolved', { caseId, outcome, unit });

describe('a case that is settled', () => {
  const offered = [entered(), routed()];
  it.each([
    ['the unit that decided it', offered, 'remedied', 'dpupr', 'dpupr'],
    ['no unit, where the work knew of none when it was decided', offered, 'no_answer', undefined, undefined],
    [
      'the unit that has it, where it was decided with its leader before the work knew',
      offered,
      'as_leader',
      undefined,
      'dpupr',
    ],
    ['the unit that the work knew, where it did', offered, 'as_leader', 'dishub', 'dishub'],
    ['no unit, where triage had it', [entered(), triaged], 'as_leader', undefined, undefined],
  ] as const)('names %s', (_, facts, outcome, unit, named) =>
    hears(decided(outcome, unit), ...facts).then(settled(outcome, named)),
  );
  it('by a withdrawal names the unit that had it, if one had it', () => {
    const stands = resolutionFact('WithdrawalReceived', { caseId, withdrawal: id('w'), result: 'stands' });
    hears(stands, ...offered).then(settled('withdrawn', 'dpupr', 'withdrawn'));
    hears(stands, entered(), triaged).then(settled('withdrawn', undefined, 'withdrawn'));
  });
  it('after it was let go stays so', () => {
    const released = routingFact('CaseReleased', { caseId, reason: 'silence' });
    for (const outcome of ['remedied', 'referred_outside'])
      expect(
        given(...offered, settled(outcome, 'dpupr'), released, settled(outcome, 'dpupr', 'final')).state,
      ).toMatchObject({ status: 'released', settled: { how: 'final' } });
  });
});

describe('a case that is worked on again', () => {
  const bound = [entered(), triaged, routed('dpupr', {}, true), settled('remedied', 'dpupr'), resumed('dpupr')];
  it('is held by its unit, and bound by nothing', () => {
    expect(given(...bound).state).toMatchObject({
      status: 'held',
      place: { binding: false, acknowledged: true, away: [] },
    });
    given(...bound)
      .when((state, all) => {
        const ask = { caseId, actor: staff('x', 'dpupr'), body: { to: 'dishub', reason: 'other_task' as const } };
        return routingCommands.transfer(state, ask, all);
      })
      .then(
        routingFact('CaseTransferred', {
          ...{ caseId, from: 'dpupr', unit: 'dishub', offer: 3, stage: 0, reason: 'other_task' },
          terms: stageOf({ terms: terms('PU-01') }, 0),
        }),
      );
  });
  it('waits for a unit in triage, where none had it', () =>
    expect(given(entered(), triaged, settled('no_answer'), resumed()).state).toMatchObject({
      ...{ status: 'triage', place: null, triage: { reason: 'no_unit' } },
    }));
});

describe('the last stage', () => {
  it('hands nothing on', () => {
    const completed = resolutionFact('StageCompleted', { caseId, unit: 'dpupr', stage: 0 });
    hears(completed, entered(), routed()).thenNothing();
  });
});

describe('the time of a stage', () => {
  it('runs from receipt where the policy gave it, else from when it was given', () => {
    const slip = { ...familyCard, receivedAt: '2026-01-29T02:00:00.000Z' };
    const stageFrom = (...facts: readonly Fact[]) => given(entered(slip), ...facts).state;
    expect(stageFrom(routed('desa-a', slip))).toMatchObject({ place: { stageFrom: slip.receivedAt } });
    expect(stageFrom(triaged, routed('desa-a', slip, true))).toMatchObject({ place: { stageFrom: monday } });
  });
});
