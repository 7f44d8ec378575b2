import { catalogue } from '../../test/catalogue';
import { acknowledged, caseId, entered, familyCard, routed, terms } from '../../test/facts';
import { afterReform } from '../../test/reform';
import { monday, specFor, type Fact } from '../../test/spec';
import { routingFact } from '../shared/facts';
import { stageOf, type Climbed, type RoutingCase } from './case';
import { fireRouting, routingDue } from './due';
import { routingFold } from './evolve';

const given = specFor(routingFold);
const end = (day: string) => `2026-02-${day}T09:00:00.000Z`;
const slow = { terms: terms('UM-04') };
const file = [entered(slow), routed('dishub', slow), acknowledged('dishub')];
const noted = (unit: string, offer: number, officer?: string) =>
  routingFact('OfficerNoted', { caseId, offer, unit, officer });
const told = (clock: Climbed['clock'], rung: number, to: string, dueAt = monday) =>
  routingFact('CaseEscalated', { caseId, clock, rung, to, dueAt });
const missed = (clock: 'stage' | 'total', dueAt: string, unit: string) =>
  routingFact('DeadlineMissed', { caseId, clock, dueAt, unit });
const moved = (from: string, unit: string) =>
  routingFact('CaseTransferred', {
    ...{ caseId, from, unit, offer: 2, stage: 0, reason: 'other_task', terms: stageOf(slow, 0) },
  });
const rowsOf = (state: RoutingCase, known = catalogue) =>
  routingDue(state, known).map(({ clock, startedVersion, rung }) => `${clock} ${startedVersion}.${rung}`);
const rows = (...facts: readonly Fact[]) => rowsOf(given(...facts).state);
const fire =
  (clock: string, startedVersion: number): Parameters<ReturnType<typeof given>['when']>[0] =>
  (state, all) =>
    fireRouting(state, { clock, startedVersion, rung: 1 }, all);

describe('a rung that was reached', () => {
  const [first, second, third] = [1, 2, 3].map((rung) => `unassigned 2.${rung}`);

  it('is reached no more, and the others still are', () =>
    expect(rows(...file, told('unassigned', 1, 'dishub'))).toEqual([
      ...[second, third, 'first_step 2.1', 'total 1.1'],
    ]));
  it('is no rung of another clock, though both began together', () =>
    expect(rows(...file, told('first_step', 1, 'dishub'))).toEqual([first, second, third, 'total 1.1']));
  it('is reached anew once the clock has begun again', () => {
    const givenUp = [noted('dishub', 1, 'officer'), noted('dishub', 1)];
    expect(rows(...file, told('unassigned', 1, 'dishub'), ...givenUp).slice(0, 3)).toEqual([
      ...['unassigned 6.1', 'unassigned 6.2', 'unassigned 6.3'],
    ]);
  });
});

describe('a new offer', () => {
  it('begins again at its own head: who heard of an earlier one is told again', () => {
    const climbed = ['dpupr', 'upkp2'].map((to, index) => told('unassigned', index + 1, to));
    const holds = routingFact('HandOverAcknowledged', { caseId, unit: 'dishub', offer: 2, how: 'receiver' });
    given(...[entered(), routed(), ...climbed, moved('dpupr', 'dishub')], holds, noted('dishub', 2, 'officer'))
      .when(fire('total', 1), end('20'))
      .then(missed('total', end('20'), 'dishub'), told('total', 1, 'dishub', end('20')));
  });
  it('has a first step of its own', () => {
    const before = [...file, told('first_step', 1, 'dishub')];
    expect(rows(...before)).not.toContain('first_step 2.1');
    expect(rows(...before, moved('dishub', 'dpupr'))).toContain('first_step 5.1');
  });
});

describe('a first step', () => {
  it('has no clock where nobody may hear of it: the office, and all above, are reported or above who is', () => {
    const about = { ...slow, reportedUnit: 'bag-organisasi' };
    const { state } = given(entered(about), routed('dishub', about));
    expect(rowsOf(state, afterReform(['dishub', 'bag-organisasi']))).toEqual(['handover 2.1', 'total 1.1']);
    expect(rowsOf(state)).toContain('first_step 2.1');
  });
  it('has none while no unit has the case', () =>
    expect(rows(entered(slow), routingFact('CaseSentToTriage', { caseId, reason: 'no_rule' }))).toEqual([
      ...['triage 2.1', 'total 1.1'],
    ]));
});

describe('a stage', () => {
  const card = [entered(familyCard), routed('desa-a', familyCard), noted('desa-a', 1, 'officer')];
  const late = missed('stage', end('03'), 'desa-a');
  const handedOn = routingFact('StageHandedOver', {
    ...{ caseId, from: 'desa-a', unit: 'kec-01', offer: 2, stage: 1 },
    terms: stageOf({ terms: terms('DK-01', 'village') }, 1),
  });

  it('that is late makes neither the whole late nor the next stage', () => {
    expect(rows(...card, late)).toEqual(['handover 2.1', 'total 1.1']);
    expect(rows(...card, late, handedOn, noted('kec-01', 2, 'officer'))).toEqual([
      ...['handover 5.1', 'stage 5.1', 'total 1.1'],
    ]);
  });
  it('has no clock while no unit has it', () =>
    expect(rows(entered(familyCard), routingFact('CaseSentToTriage', { caseId, reason: 'no_area' }))).toEqual([
      ...['triage 2.1', 'total 1.1'],
    ]));
});
