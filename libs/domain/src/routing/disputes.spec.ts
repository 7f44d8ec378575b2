import type { Actor, ResolutionData } from '@garda/contracts';
import { catalogue, policy, rows } from '../../test/catalogue';
import { acknowledged, caseId, entered, heard, routed, staff, terms } from '../../test/facts';
import { at, givenAt, id, monday, specFor, type Fact } from '../../test/spec';
import { Catalogue } from '../shared/catalogue';
import { resolutionFact, routingFact } from '../shared/facts';
import { routingCommands } from './commands';
import { deadline, fireRouting, routingDue } from './due';
import { routingFold } from './evolve';
import { routingReaction } from './reactions';
import { remedialTime } from './remedial';

const given = specFor(routingFold);
type Rule = Parameters<ReturnType<typeof given>['when']>[0];
const end = (day: string) => `2026-02-${day}T09:00:00.000Z`;
const settledBy = (unit?: string, outcome = 'remedied') =>
  routingFact('WorkSettled', { caseId, how: 'decided', outcome, unit, at: monday });
const settled: readonly Fact[] = [entered(), routed(), acknowledged(), settledBy('dpupr')];
const routedTo = (to?: string, decidedBy = 'dpupr', by: 'policy' | 'person' = 'policy') =>
  routingFact('DisputeRouted', { caseId, dispute: id('dispute'), decidedBy, to, by, disputedAt: monday });
const hear =
  (decidedBy = 'dpupr', more: Partial<ResolutionData<'DisputeReceived'>> = {}): Rule =>
  (state, all) => {
    const data = { caseId, dispute: id('dispute'), decision: id('d'), disputedAt: monday };
    const fact = resolutionFact('DisputeReceived', { ...data, result: 'stands', decidedBy, ...more });
    return routingReaction(state, heard(fact), all);
  };

describe('a dispute that stands', () => {
  it('goes to the first unit of the policy that did not decide', () => {
    given(...settled)
      .when(hear())
      .then(routedTo('upkp2'));
    given(...settled)
      .when(hear('desa-a'))
      .then(routedTo('upkp2', 'desa-a'));
    expect(given(...settled, routedTo('upkp2')).state).toMatchObject({
      status: 'settled',
      dispute: { to: 'upkp2', decidedBy: 'dpupr' },
    });
  });
  it('never to who decided, is reported, or is above who is', () => {
    const table = { ...policy, disputes: { agency: ['dpupr', { kind: 'secretariat' as const }, 'inspektorat'] } };
    const other = { ...givenAt(), catalogue: new Catalogue({ ...rows, policies: [table] }) };
    const under = (reportedUnit?: string) => [entered({ reportedUnit }), routed(), settledBy('dpupr')];
    const to = (reportedUnit?: string) => given(...under(reportedUnit)).when((state) => hear()(state, other));
    to().then(routedTo('setda'));
    to('kel-b').then(routedTo('inspektorat'));
    to('inspektorat').then(routedTo('setda')); // the conflict table names the secretariat to stand in
    const strict = { ...givenAt(), catalogue: new Catalogue({ ...rows, policies: [{ ...table, conflict: {} }] }) };
    given(...under('inspektorat'))
      .when((state) => hear()(state, strict))
      .then(routedTo());
  });
  it('waits for a person where the policy names nobody', () => {
    given(...settled)
      .when(hear('upkp2'))
      .then(routedTo(undefined, 'upkp2'));
    const bare = {
      ...givenAt(),
      catalogue: new Catalogue({ ...rows, policies: [{ ...policy, disputes: undefined }] }),
    };
    given(...settled)
      .when((state) => hear()(state, bare))
      .then(routedTo());
  });
  it('also where it does not know who decided, or names whom there is not', () => {
    given(...settled)
      .when(hear('nowhere'))
      .then(routedTo(undefined, 'nowhere'));
    const table = { ...policy, disputes: { agency: [{ function: 'nobody_has_it' }, 'inspektorat'] } };
    const other = { ...givenAt(), catalogue: new Catalogue({ ...rows, policies: [table] }) };
    given(...settled)
      .when((state) => hear()(state, other))
      .then(routedTo('inspektorat'));
  });
  it('of a levy report goes where the policy says for those, whoever decided', () => {
    const report = entered({ terms: terms('LV-01'), identity: 'none', content: 'private' });
    given(report, settledBy('inspektorat')).when(hear('inspektorat')).then(routedTo('setda', 'inspektorat'));
  });
  it('and one that is moot moves nothing', () =>
    given(...settled)
      .when(hear('dpupr', { result: 'moot' }))
      .thenNothing());
});

describe('naming who decides', () => {
  const route =
    (to: string, actor: Actor = staff('secretary', 'setda'), occurredAt?: string): Rule =>
    (state, all) =>
      routingCommands['route-dispute'](state, { caseId, actor, body: { to, occurredAt } }, all);
  const open = [...settled, routedTo(undefined, 'dpupr')];

  it('is for the quality unit and the secretary; the clock goes on from the dispute', () => {
    given(...open)
      .when(route('inspektorat'))
      .then(routedTo('inspektorat', 'dpupr', 'person'));
    given(...open)
      .when(route('x-ombudsman', staff('q', 'upkp2')))
      .then(routedTo('x-ombudsman', 'dpupr', 'person'));
    expect(given(...open, routedTo('inspektorat', 'dpupr', 'person')).state).toMatchObject({
      dispute: { to: 'inspektorat', version: 5 },
    });
  });
  it('is for nobody else, and not for whose decision it is', () => {
    given(...open)
      .when(route('inspektorat', staff('x', 'dishub')))
      .thenRefused('NOT_RESPONSIBLE');
    given(...settled, routedTo(undefined, 'upkp2'))
      .when(route('inspektorat', staff('q', 'upkp2')))
      .thenRefused('UNIT_JUDGES_ITSELF');
    given(entered({ reportedUnit: 'kel-b' }), routed(), settledBy('dpupr'), routedTo())
      .when(route('inspektorat'))
      .thenRefused('UNIT_JUDGES_ITSELF');
  });
  it('names a unit that did not decide and is not reported', () => {
    given(...open)
      .when(route('dpupr'))
      .thenRefused('UNIT_DECIDED_BEFORE');
    given(...open)
      .when(route('nowhere'))
      .thenRefused('UNIT_UNKNOWN');
    given(entered({ reportedUnit: 'dishub' }), routed(), settledBy('dpupr'), routedTo())
      .when(route('dishub', staff('q', 'upkp2')))
      .thenRefused('UNIT_IS_REPORTED');
  });
  it('needs a dispute that nobody is named for, now', () => {
    given(...settled)
      .when(route('inspektorat'))
      .thenRefused('NOT_DISPUTED');
    given(...settled, routedTo('upkp2'))
      .when(route('inspektorat'))
      .thenRefused('DISPUTE_ROUTED');
    given().when(route('inspektorat')).thenRefused('CASE_NOT_FOUND');
    given(...open)
      .when(route('inspektorat', staff('secretary', 'setda'), monday))
      .thenRefused('OCCURRED_AT_NOT_ALLOWED');
  });
});

describe('silence about a dispute', () => {
  const row = { clock: 'disputed', startedVersion: 5, rung: 1, dueAt: end('09') };
  const told = routingFact('CaseEscalated', { caseId, clock: 'disputed', rung: 1, to: 'setda', dueAt: end('09') });
  it('is told to the secretary after five working days, once, released or not', () => {
    const open = [...settled, routedTo('upkp2')];
    expect(routingDue(given(...open).state, catalogue)).toEqual([row]);
    given(...open)
      .when((state, all) => fireRouting(state, row, all), end('09'))
      .then(told);
    expect(routingDue(given(...open, told).state, catalogue)).toEqual([]);
    const released = routingFact('CaseReleased', { caseId, reason: 'silence' });
    expect(routingDue(given(...settled, released, routedTo('upkp2')).state, catalogue)).toHaveLength(1);
  });
  it('is not told to who made the decision, and ends with the dispute', () => {
    expect(routingDue(given(...settled, routedTo('upkp2', 'setda')).state, catalogue)).toEqual([]);
    const final = routingFact('WorkSettled', { caseId, how: 'final', outcome: 'remedied', unit: 'dpupr', at: monday });
    expect(given(...settled, routedTo('upkp2'), final).state).toMatchObject({ status: 'settled', dispute: null });
  });
});

describe('what comes of a dispute', () => {
  const decided = (result: 'upheld' | 'dismissed') =>
    resolutionFact('DisputeDecided', { caseId, dispute: id('dispute'), unit: 'upkp2', result, remedies: [] });
  const resumed = (unit?: string, more = {}) =>
    routingFact('CaseResumed', { caseId, unit, offer: unit === undefined ? 1 : 2, stage: 0, time: '7wd', ...more });
  const officer = routingFact('OfficerNoted', { caseId, offer: 1, unit: 'dpupr', officer: 'officer' });
  const reopen =
    (reason: 'upheld' | 'ex_officio'): Rule =>
    (state, all) =>
      routingReaction(state, heard(resolutionFact('CaseReopened', { caseId, reason })), all);

  it('dismissed: settled for good, as it was', () => {
    given(...settled, routedTo('upkp2'))
      .when((state, all) => routingReaction(state, heard(decided('dismissed')), all))
      .then(routingFact('WorkSettled', { caseId, how: 'final', outcome: 'remedied', unit: 'dpupr', at: monday }));
    given(...settled, routedTo('upkp2'))
      .when((state, all) => routingReaction(state, heard(decided('upheld')), all))
      .thenNothing();
  });
  it('upheld: back to the unit, half of the promised time, without the officer', () => {
    given(...settled, routedTo('upkp2'))
      .when(reopen('upheld'))
      .then(resumed('dpupr', { anotherOfficer: true }));
    const { state } = given(
      entered(),
      routed(),
      officer,
      settledBy('dpupr'),
      resumed('dpupr', { anotherOfficer: true }),
    );
    expect(state).toMatchObject({ status: 'held', dispute: null, place: { officer: null, heldFrom: 1 } });
    // Seven working days from Monday; the stage is the whole of it.
    expect(deadline(state, catalogue)).toMatchObject({ totalDueAt: end('11'), stageDueAt: end('11') });
  });
  it('ex officio: the officer stays', () => {
    given(...settled)
      .when(reopen('ex_officio'))
      .then(resumed('dpupr'));
    expect(given(entered(), routed(), officer, settledBy('dpupr'), at(monday, resumed('dpupr'))).state).toMatchObject({
      place: { officer: 'officer' },
    });
  });
});

describe('the remedial time', () => {
  it.each([
    ['half of the promise', ['14wd'], '7wd'],
    ['of all its stages, rounded up', ['1wd', '2wd', '2wd'], '3wd'],
    ['at least two working days', ['1wd'], '2wd'],
    ['also where minutes were promised', ['10min'], '2wd'],
    ['by the working days of calendar days', ['30d'], '11wd'],
  ])('%s', (_, times, expected) => expect(remedialTime(times)).toBe(expected));
  it('fits a real standard', () =>
    expect(remedialTime(terms('DK-01', 'village').stages.map(({ time }) => time))).toBe('3wd'));
});
