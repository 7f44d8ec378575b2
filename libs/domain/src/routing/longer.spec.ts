import { resolutionFact, routingFact } from '../shared/facts';
import { acknowledged, caseId, entered, familyCard, routed, terms } from '../../test/facts';
import { hears } from '../../test/asked';
import { catalogue } from '../../test/catalogue';
import { at, monday, specFor, type Fact } from '../../test/spec';
import type { Given } from '../shared/fold';
import type { RoutingCase } from './case';
import { deadline, fireRouting, routingDue } from './due';
import { routingFold } from './evolve';
import { routingReaction } from './reactions';

const given = specFor(routingFold);
/** Ten working days from Monday 2 February 2026: Monday 16; seven more: Wednesday 25. */
const slow = { terms: terms('UM-04') };
const file = [entered(slow), routed('dishub', slow), acknowledged('dishub')];
const end = (day: string) => `2026-${day}T09:00:00.000Z`;
const longer = (kind: 'extension' | 'supervision', time: string) =>
  routingFact('TimeExtensionNoted', { caseId, kind, stage: 0, time });
const dueOf = (...facts: readonly Fact[]) => deadline(given(...facts).state, catalogue);
const hear = hears(routingReaction);

describe('the time that a standard allows more', () => {
  it('moves the due date of the stage and of the whole', () => {
    expect(dueOf(...file)).toMatchObject({ totalDueAt: end('02-16'), stageDueAt: end('02-16') });
    const extended = dueOf(...file, longer('extension', '7wd'));
    expect(extended).toMatchObject({ totalDueAt: end('02-25'), stageDueAt: end('02-25') });
  });
  it('counts instead of the stage, where supervision is found', () => {
    const found = dueOf(...file, longer('supervision', '60wd'));
    expect(found?.totalDueAt).toBe(found?.stageDueAt);
    expect(found?.totalDueAt.slice(0, 7)).toBe('2026-04');
  });
  it('leaves the other stages as they were promised', () => {
    const { state } = given(entered(familyCard), routed('desa-a', familyCard), longer('supervision', '60wd'));
    expect(state).toMatchObject({ promise: { times: ['60wd', '2wd', '3wd'], more: [] } });
  });
  it('does not outlive the decision: a remedial time is not lengthened by what was before', () => {
    const settled = routingFact('WorkSettled', {
      ...{ caseId, how: 'decided' as const, outcome: 'granted', unit: 'dishub', at: monday },
    });
    const resumed = routingFact('CaseResumed', { caseId, unit: 'dishub', offer: 2, stage: 0, time: '5wd' });
    expect(dueOf(...file, longer('extension', '7wd'), settled, resumed)?.totalDueAt).toBe(end('02-09'));
  });
  it('is the whole of a remedial time, where supervision is found then', () => {
    const settled = routingFact('WorkSettled', {
      ...{ caseId, how: 'decided' as const, outcome: 'granted', unit: 'desa-a', at: monday },
    });
    const resumed = routingFact('CaseResumed', { caseId, unit: 'desa-a', offer: 2, stage: 2, time: '3wd' });
    const found = routingFact('TimeExtensionNoted', { caseId, kind: 'supervision', stage: 2, time: '60wd' });
    expect(given(entered(familyCard), routed('desa-a', familyCard), settled, resumed, found).state).toMatchObject({
      promise: { times: ['60wd'] },
    });
  });
  it('is taken over from resolution', () => {
    const extended = { caseId, unit: 'dishub', stage: 0, time: '7wd', reason: 'search' as const };
    given(...file)
      .when(hear(resolutionFact('TimeExtended', extended)))
      .then(longer('extension', '7wd'));
    const found = { caseId, unit: 'upkp2', stage: 0, time: '60wd' };
    given(...file)
      .when(hear(resolutionFact('SupervisionFound', found)))
      .then(longer('supervision', '60wd'));
    given(...file)
      .when(hear(resolutionFact('ReportedUnitHeard', { caseId, unit: 'kec-01', by: 'upkp2' })))
      .thenNothing();
  });
});

describe('the first step', () => {
  const key = { clock: 'first_step', startedVersion: 2, rung: 1 };
  const fire = (state: RoutingCase, all: Given) => fireRouting(state, key, all);
  const officer = routingFact('OfficerNoted', { caseId, offer: 1, unit: 'dishub', officer: 'officer' });
  const told = (rung: number, to: string, clock: 'first_step' | 'unassigned' = 'first_step', due = end('02-05')) =>
    routingFact('CaseEscalated', { caseId, clock, rung, to, dueAt: due });

  it('that nobody took in its time is told to the next rung, once', () => {
    given(...file, officer)
      .when(fire, end('02-05'))
      .then(told(1, 'dishub'));
    given(...file, officer)
      .when(fire, end('02-04'))
      .thenNothing();
    given(...file, officer, told(1, 'dishub'))
      .when(fire, end('02-09'))
      .thenNothing();
  });
  it('goes past those who heard of this offer for another reason', () => {
    const climbed = ['dishub', 'upkp2', 'setda'].map((to, index) => told(index + 1, to, 'unassigned'));
    given(...file, told(1, 'dishub', 'unassigned'), officer)
      .when(fire, end('02-05'))
      .then(told(2, 'upkp2'));
    given(...file, ...climbed, officer)
      .when(fire, end('02-05'))
      .then(told(3, 'setda'));
  });
  it('that was taken has no clock any more', () => {
    const noted = routingFact('FirstStepNoted', { caseId, unit: 'dishub' });
    given(...file)
      .when(hear(resolutionFact('FirstStepTaken', { caseId, unit: 'dishub' })))
      .then(noted);
    given(...file, officer, noted)
      .when(fire, end('02-09'))
      .thenNothing();
  });
  it('has none where the standard promises none', () =>
    expect(
      routingDue(given(entered(), routed(), acknowledged()).state, catalogue).map(({ clock }) => clock),
    ).not.toContain('first_step'));
});

describe('an officer who is a party', () => {
  const noted = (officer?: string) => routingFact('OfficerNoted', { caseId, offer: 1, unit: 'dishub', officer });
  const party = (offer?: number) =>
    resolutionFact('PartyDeclared', { caseId, unit: 'dishub', officer: 'officer', offer });
  it('has it no more; of one who never had it nothing is noted', () => {
    given(...file, noted('officer'))
      .when(hear(party(1)))
      .then(noted());
    given(...file, noted('officer'))
      .when(hear(party()))
      .thenNothing();
  });
  it('leaves a case that nobody has: its ladder begins from there, and not from the offer', () => {
    const left = given(...file, noted('officer'), at(end('02-06'), noted()));
    expect(left.state).toMatchObject({ place: { officer: null } });
    const climbs = routingDue(left.state, catalogue).filter(({ clock }) => clock === 'unassigned');
    expect(climbs[0]).toEqual({ clock: 'unassigned', startedVersion: 5, rung: 1, dueAt: end('02-09') });
  });
});
