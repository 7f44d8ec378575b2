import type { Actor } from '@garda/contracts';
import { catalogue } from '../../test/catalogue';
import { acknowledged, caseId, entered, familyCard, routed, staff, terms } from '../../test/facts';
import { at, monday, specFor, type Fact } from '../../test/spec';
import { routingFact } from '../shared/facts';
import { routingCommands } from './commands';
import { deadline, routingDue } from './due';
import { routingFold } from './evolve';

const given = specFor(routingFold);
type Rule = Parameters<ReturnType<typeof given>['when']>[0];
const end = (day: string) => `2026-02-${day}T09:00:00.000Z`;
const morning = (day: string) => `2026-02-${day}T02:00:00.000Z`;
const officer = staff('officer', 'dpupr');
const quality = staff('quality', 'upkp2');
const settled = routingFact('WorkSettled', { caseId, how: 'decided', outcome: 'remedied', unit: 'dpupr', at: monday });
const triaged = routingFact('CaseSentToTriage', { caseId, reason: 'no_rule' });
const third = routingFact('CaseSentToTriage', { caseId, reason: 'third_move' });
const [, district, agency] = terms('DK-01', 'village').stages;
const road = terms('PU-01').stages[0];
const village = terms('DK-01', 'village').stages[0];
if (road === undefined || village === undefined || district === undefined || agency === undefined)
  throw new Error('no stage');

const transfer =
  (to: string, actor: Actor = officer, occurredAt?: string): Rule =>
  (state, all) =>
    routingCommands.transfer(state, { caseId, actor, body: { to, reason: 'other_task', occurredAt } }, all);
const giveBack =
  (actor: Actor = officer, occurredAt?: string): Rule =>
  (state, all) =>
    routingCommands.return(state, { caseId, actor, body: { reason: 'not_ours', occurredAt } }, all);
const transferred = (from: string, unit: string, offer: number) =>
  routingFact('CaseTransferred', { caseId, from, unit, offer, stage: 0, terms: road, reason: 'other_task' });
const returned = (from: string, to?: { unit: string; offer: number; stage: number; terms: typeof road }) =>
  routingFact('CaseReturned', { caseId, from, to, reason: 'not_ours' });
const back = (unit: string, offer: number) => ({ unit, offer, stage: 0, terms: road });
const handed = (from: string, unit: string, offer: number, stage: number) =>
  routingFact('StageHandedOver', { caseId, from, unit, offer, stage, terms: stage === 1 ? district : agency });

describe('a transfer', () => {
  it('offers the case to another unit, whether it was acknowledged or not', () => {
    given(entered(), routed())
      .when(transfer('dishub'))
      .then(transferred('dpupr', 'dishub', 2));
    given(entered(), routed(), acknowledged())
      .when(transfer('dishub'))
      .then(transferred('dpupr', 'dishub', 2));
    expect(given(entered(), routed(), transferred('dpupr', 'dishub', 2)).state).toMatchObject({
      status: 'offered',
      place: { unit: 'dishub', offer: 2, binding: false, acknowledged: false, officer: null },
      past: ['dpupr'],
      moves: 1,
    });
  });
  it('may be made by the quality unit and the secretary, and by no other unit', () => {
    given(entered(), routed())
      .when(transfer('dishub', quality))
      .then(transferred('dpupr', 'dishub', 2));
    given(entered(), routed())
      .when(transfer('dishub', staff('secretary', 'setda')))
      .then(transferred('dpupr', 'dishub', 2));
    given(entered(), routed())
      .when(transfer('dishub', staff('x', 'disdukcapil')))
      .thenRefused('NOT_RESPONSIBLE');
  });
  it('goes neither to the unit itself, nor out of the house, nor to who is reported', () => {
    given(entered(), routed()).when(transfer('dpupr')).thenRefused('SAME_UNIT');
    given(entered(), routed()).when(transfer('nowhere')).thenRefused('UNIT_UNKNOWN');
    given(entered(), routed()).when(transfer('x-bptd')).thenRefused('UNIT_UNKNOWN');
    given(entered({ reportedUnit: 'kel-b' }), routed())
      .when(transfer('kec-01'))
      .thenRefused('UNIT_IS_REPORTED');
    given(entered({ reportedUnit: 'dpupr' }), routed('dishub'))
      .when(transfer('dishub'))
      .thenRefused('UNIT_JUDGES_ITSELF');
  });
  it('is not for a case that triage gave, is nowhere, settled, or not there', () => {
    given(entered(), triaged, routed('dpupr', {}, true))
      .when(transfer('dishub'))
      .thenRefused('BOUND_BY_TRIAGE');
    given(entered(), triaged).when(transfer('dishub', quality)).thenRefused('NOT_OFFERED');
    given(entered(), routed(), settled).when(transfer('dishub')).thenRefused('CASE_NOT_OPEN');
    given().when(transfer('dishub')).thenRefused('CASE_NOT_FOUND');
    given(entered(), routed())
      .when(transfer('dishub', officer, monday))
      .thenRefused('OCCURRED_AT_NOT_ALLOWED');
  });
  it('ends in triage where it is the third move', () => {
    const moved = [entered(), routed(), transferred('dpupr', 'dishub', 2)];
    const twice = [...moved, returned('dishub', back('dpupr', 3))];
    given(...moved)
      .when(transfer('upkp2', staff('l', 'dishub')))
      .then(transferred('dishub', 'upkp2', 3));
    given(...twice)
      .when(transfer('dishub'))
      .then(transferred('dpupr', 'dishub', 4), third);
    expect(given(...twice, transferred('dpupr', 'dishub', 4), third).state).toMatchObject({
      status: 'triage',
      triage: { reason: 'third_move' },
      place: null,
    });
  });
  it('leaves the promise as it was, and gives the new unit its own stage', () => {
    const { state } = given(entered(), routed(), at(morning('05'), transferred('dpupr', 'dishub', 2)));
    expect(deadline(state, catalogue)).toMatchObject({
      totalDueAt: end('20'),
      stageDueAt: '2026-02-25T09:00:00.000Z',
    });
  });
  it('leaves the clock stopped while the citizen is waited for', () => {
    const wait = routingFact('WaitBegan', { caseId, for: 'question', ref: caseId, at: monday });
    const { state } = given(entered(), routed(), acknowledged(), wait, transferred('dpupr', 'dishub', 2));
    expect(deadline(state, catalogue)).toMatchObject({ stopped: true });
  });
});

describe('a return', () => {
  it('goes to the unit that had it before', () => {
    const moved = [entered(), routed(), transferred('dpupr', 'dishub', 2)];
    given(...moved)
      .when(giveBack(staff('l', 'dishub')))
      .then(returned('dishub', back('dpupr', 3)));
    expect(given(...moved, returned('dishub', back('dpupr', 3))).state).toMatchObject({
      status: 'offered',
      place: { unit: 'dpupr', offer: 3, officer: null, acknowledged: false },
      trail: [],
      moves: 2,
    });
  });
  it('goes to triage where nobody had it before', () => {
    given(entered(), routed()).when(giveBack()).then(returned('dpupr'));
    expect(given(entered(), routed(), returned('dpupr')).state).toMatchObject({
      status: 'triage',
      triage: { reason: 'returned' },
      place: null,
    });
  });
  it('is of the unit that has it, and of nobody else', () => {
    given(entered(), routed()).when(giveBack(quality)).thenRefused('NOT_RESPONSIBLE');
    given(entered({ reportedUnit: 'dpupr' }), routed('dishub'))
      .when(giveBack())
      .thenRefused('UNIT_JUDGES_ITSELF');
  });
  it('is not for a case that triage gave, is nowhere, settled, or not there', () => {
    given(entered(), triaged, routed('dpupr', {}, true))
      .when(giveBack())
      .thenRefused('BOUND_BY_TRIAGE');
    given(entered(), triaged).when(giveBack()).thenRefused('NOT_OFFERED');
    given(entered(), routed(), settled).when(giveBack()).thenRefused('CASE_NOT_OPEN');
    given().when(giveBack()).thenRefused('CASE_NOT_FOUND');
    given(entered(), routed()).when(giveBack(officer, monday)).thenRefused('OCCURRED_AT_NOT_ALLOWED');
  });
  it('ends in triage where it is the third move', () => {
    const moves: readonly Fact[] = [transferred('dpupr', 'dishub', 2), transferred('dishub', 'disdukcapil', 3)];
    given(entered(), routed(), ...moves)
      .when(giveBack(staff('r', 'disdukcapil')))
      .then(returned('disdukcapil', back('dishub', 4)), third);
  });
  it('after triage has chosen, knows nobody to give it back to', () => {
    const chosen = [entered(), routed(), transferred('dpupr', 'dishub', 2), third, routed('upkp2', {}, true, 3)];
    expect(given(...chosen).state).toMatchObject({ trail: [], place: { binding: true } });
  });
});

describe('a stage that comes back', () => {
  // The village has one working day from Monday; it hands on within the Monday, the district gives back on Wednesday.
  const facts: readonly Fact[] = [
    entered(familyCard),
    routed('desa-a', familyCard),
    acknowledged('desa-a', 'filed_here'),
    at('2026-02-02T06:00:00.000Z', handed('desa-a', 'kec-01', 2, 1)),
  ];
  const home = returned('kec-01', { unit: 'desa-a', offer: 3, stage: 0, terms: village });
  it('is the stage before, of the unit that did it', () =>
    given(...facts)
      .when(giveBack(staff('c', 'kec-01')))
      .then(home));
  it('goes on with what is left of its time; the total stays', () => {
    const { state } = given(...facts, at(morning('04'), home));
    expect(deadline(state, catalogue)).toMatchObject({ stageDueAt: end('05'), totalDueAt: end('10') });
  });
  it('that was late before is not late a second time', () => {
    const late = routingFact('DeadlineMissed', { caseId, clock: 'stage', dueAt: end('03'), unit: 'desa-a' });
    const [first, second, third, on] = facts as [Fact, Fact, Fact, Fact];
    const { state } = given(first, second, third, at(end('03'), late), at(morning('04'), on), at(morning('05'), home));
    expect(routingDue(state, catalogue).filter(({ clock }) => clock === 'stage')).toEqual([]);
  });
  it('can be done again, and handed on again', () => {
    const again = handed('desa-a', 'kec-01', 4, 1);
    expect(given(...facts, home, again).state).toMatchObject({
      place: { unit: 'kec-01', stage: 1, offer: 4 },
      trail: [{ unit: 'desa-a', stage: 0 }],
    });
  });
});
