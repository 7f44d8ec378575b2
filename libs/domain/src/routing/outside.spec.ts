import type { Actor } from '@garda/contracts';
import { catalogue } from '../../test/catalogue';
import { acknowledged, caseId, entered, heard, importer, routed, staff } from '../../test/facts';
import { at, id, monday, specFor, type Fact } from '../../test/spec';
import { resolutionFact, routingFact } from '../shared/facts';
import { routingCommands } from './commands';
import { fireRouting, routingDue } from './due';
import { routingFold } from './evolve';
import { routingReaction } from './reactions';

const given = specFor(routingFold);
type Rule = Parameters<ReturnType<typeof given>['when']>[0];
const quality = staff('quality', 'upkp2');
const head = staff('head', 'dpupr');
const triaged = routingFact('CaseSentToTriage', {
  caseId,
  reason: 'suggests_outside',
  suggestion: { refer: 'x-bptd' },
});
const settledAs = (outcome: string) =>
  routingFact('WorkSettled', { caseId, how: 'decided', outcome, unit: 'dpupr', at: monday });
const referred = (by = 'upkp2', more: object = { reference: 'R-1' }) =>
  routingFact('CaseReferredOutside', { caseId, by, body: 'x-bptd', followUpOn: '2026-02-16', ...more });
const lies: readonly Fact[] = [entered(), triaged, referred(), settledAs('referred_outside')];
const asked = routingFact('OutsideBodyAsked', { caseId, body: 'x-bptd', by: 'upkp2' });
const answered = (how: 'answered' | 'none' = 'answered', by: string | undefined = 'upkp2') =>
  routingFact('OutsideBodyAnswered', { caseId, body: 'x-bptd', how, ...(by === undefined ? {} : { by }) });

const refer =
  (actor: Actor = quality, more: object = {}): Rule =>
  (state, all) => {
    const body = { body: 'x-bptd', reference: 'R-1', followUpOn: '2026-02-16', ...more };
    return routingCommands.refer(state, { caseId, actor, body }, all);
  };
const follow =
  (name: 'ask-outside' | 'outside-answered', actor: Actor = quality, occurredAt?: string): Rule =>
  (state, all) =>
    routingCommands[name](state, { caseId, actor, body: { occurredAt } }, all);

describe('a referral outside', () => {
  it('from triage, by the quality unit or the secretary', () => {
    given(entered(), triaged).when(refer()).then(referred());
    given(entered(), triaged)
      .when(refer(staff('s', 'setda')))
      .then(referred('setda'));
    expect(given(...lies).state).toMatchObject({ status: 'outside', referral: { body: 'x-bptd', answer: null } });
  });
  it('from the unit that has it, bound or not, with a contact where there is no number', () => {
    const contact = { reference: undefined, contact: 'Balai, loket 2' };
    given(entered(), routed(), acknowledged())
      .when(refer(head, contact))
      .then(referred('dpupr', { contact: 'Balai, loket 2' }));
    const bound = routingFact('HandOverAcknowledged', { caseId, unit: 'dpupr', offer: 1, how: 'receiver' });
    given(entered(), triaged, routed('dpupr', {}, true), bound)
      .when(refer(head))
      .then(referred('dpupr'));
  });
  it('is for nobody else, and not about who is reported', () => {
    given(entered(), routed(), acknowledged())
      .when(refer(staff('x', 'dishub')))
      .thenRefused('NOT_RESPONSIBLE');
    for (const actor of [head, importer]) given(entered(), triaged).when(refer(actor)).thenRefused('NOT_RESPONSIBLE');
    given(entered({ reportedUnit: 'dpupr' }), triaged)
      .when(refer(head))
      .thenRefused('UNIT_JUDGES_ITSELF');
  });
  it('names a body outside, its number or a contact there, and a day to follow up', () => {
    const triage = given(entered(), triaged);
    const today = { reference: 'R-1', followUpOn: '2026-02-02' };
    triage.when(refer(quality, { body: 'dishub' })).thenRefused('UNIT_UNKNOWN');
    triage.when(refer(quality, { body: 'nowhere' })).thenRefused('UNIT_UNKNOWN');
    triage.when(refer(quality, { reference: undefined })).thenRefused('REFERENCE_MISSING');
    triage.when(refer(quality, { followUpOn: '2026-02-01' })).thenRefused('FOLLOW_UP_PAST');
    triage.when(refer(quality, { followUpOn: '2026-02-02' })).then(referred('upkp2', today));
  });
  it('needs a case that somebody holds, or triage, now', () => {
    given(entered(), routed()).when(refer()).thenRefused('NOT_ACKNOWLEDGED');
    given(...lies)
      .when(refer())
      .thenRefused('CASE_NOT_OPEN');
    given(entered(), routed(), settledAs('remedied')).when(refer()).thenRefused('CASE_NOT_OPEN');
    given().when(refer()).thenRefused('CASE_NOT_FOUND');
    given(entered(), triaged)
      .when(refer(quality, { occurredAt: monday }))
      .thenRefused('OCCURRED_AT_NOT_ALLOWED');
  });
  it('that comes after another decision is moot, also once the case is let go', () => {
    const moot = [entered(), triaged, referred(), settledAs('no_answer')];
    expect(given(...moot).state.status).toBe('settled');
    for (const more of [[], [routingFact('CaseReleased', { caseId, reason: 'silence' })]])
      expect(routingDue(given(...moot, ...more).state, catalogue)).toEqual([]);
  });
  it('is over when the work goes on, and there again when the case is referred again', () => {
    const resumed = routingFact('CaseResumed', { caseId, offer: 1, stage: 0, time: '7wd' });
    const { state } = given(...lies, resumed);
    expect([state.status, routingDue(state, catalogue).map(({ clock }) => clock)]).toEqual([
      'triage',
      ['triage', 'total'],
    ]);
    given(...lies, resumed)
      .when(follow('ask-outside'))
      .thenRefused('NOT_REFERRED');
    expect(given(...lies, resumed, settledAs('referred_outside')).state.status).toBe('outside');
  });
  it('does not hand the stage on any more', () =>
    given(entered(), routed(), acknowledged(), referred('dpupr'))
      .when((state, all) =>
        routingReaction(state, heard(resolutionFact('StageCompleted', { caseId, unit: 'dpupr', stage: 0 })), all),
      )
      .thenNothing());
});

describe('the body outside', () => {
  it('is asked, and has answered, by the unit that referred or the quality unit, closed or not', () => {
    given(...lies)
      .when(follow('ask-outside'))
      .then(asked);
    given(...lies)
      .when(follow('outside-answered'))
      .then(answered());
    const released = routingFact('CaseReleased', { caseId, reason: 'silence' });
    given(...lies, released)
      .when(follow('ask-outside'))
      .then(asked);
    given(entered(), routed(), acknowledged(), referred('dpupr'), settledAs('referred_outside'))
      .when(follow('ask-outside', head))
      .then(routingFact('OutsideBodyAsked', { caseId, body: 'x-bptd', by: 'dpupr' }));
  });
  it('is waited for by nobody where the case was let go before it was known how it ended', () => {
    const { state } = given(entered(), triaged, referred(), routingFact('CaseReleased', { caseId, reason: 'silence' }));
    expect(routingDue(state, catalogue)).toHaveLength(0);
  });
  it('is waited for by nobody else, and not after it has answered', () => {
    for (const name of ['ask-outside', 'outside-answered'] as const) {
      given(...lies)
        .when(follow(name, staff('x', 'dishub')))
        .thenRefused('NOT_RESPONSIBLE');
      given(...lies, answered())
        .when(follow(name))
        .thenRefused('NOT_REFERRED');
      given(entered(), triaged).when(follow(name)).thenRefused('NOT_REFERRED');
      given().when(follow(name)).thenRefused('CASE_NOT_FOUND');
      given(...lies)
        .when(follow(name, quality, monday))
        .thenRefused('OCCURRED_AT_NOT_ALLOWED');
    }
  });

  const tenth = '2026-02-16T09:00:00.000Z';
  const sixtieth = '2026-04-29T09:00:00.000Z';
  const told = routingFact('CaseEscalated', { caseId, clock: 'outside', rung: 1, to: 'upkp2', dueAt: tenth });
  const rungs = (...facts: readonly Fact[]) =>
    routingDue(given(...lies, ...facts).state, catalogue).map(({ rung, dueAt }) => [rung, dueAt]);
  const fire =
    (rung: number): Rule =>
    (state, all) =>
      fireRouting(state, { clock: 'outside', startedVersion: 3, rung }, all);

  it('silent for ten working days: the unit is told to ask, once', () => {
    expect(rungs()).toEqual([
      [1, tenth],
      [2, sixtieth],
    ]);
    given(...lies)
      .when(fire(1), tenth)
      .then(told);
    expect(rungs(told)).toEqual([[2, sixtieth]]);
    expect(rungs(asked)).toEqual([[2, sixtieth]]);
  });
  it('tells the unit that referred, whoever had the case', () => {
    given(entered(), routed(), acknowledged(), referred('setda'), settledAs('referred_outside'))
      .when((state, all) => fireRouting(state, { clock: 'outside', startedVersion: 4, rung: 1 }, all), tenth)
      .then(routingFact('CaseEscalated', { caseId, clock: 'outside', rung: 1, to: 'setda', dueAt: tenth }));
  });
  it('is asked anew after another referral', () => {
    const resumed = routingFact('CaseResumed', { caseId, offer: 1, stage: 0, time: '7wd' });
    expect(rungs(told, resumed, referred(), settledAs('referred_outside')).map(([rung]) => rung)).toEqual([1, 2]);
  });
  it('silent for sixty: nobody waits any more', () => {
    given(...lies, at(tenth, told))
      .when(fire(2), sixtieth)
      .then(routingFact('OutsideBodyAnswered', { caseId, body: 'x-bptd', how: 'none' }));
    expect(rungs(routingFact('OutsideBodyAnswered', { caseId, body: 'x-bptd', how: 'none' }))).toEqual([]);
    expect(rungs(answered())).toEqual([]);
  });
});

describe('a duplicate that stands for itself again', () => {
  it('is counted from its own receipt', () => {
    const facts = [entered(), routed(), acknowledged(), settledAs('as_leader')];
    const resumed = routingFact('CaseResumed', {
      ...{ caseId, unit: 'dpupr', offer: 2, stage: 0, time: '14wd', from: monday },
    });
    given(...facts)
      .when((state, all) => {
        const fact = resolutionFact('CaseReopened', { caseId, reason: 'unlinked' });
        return routingReaction(state, heard(fact, id('x'), '2026-02-10T02:00:00.000Z'), all);
      })
      .then(resumed);
    expect(given(...facts, at('2026-02-10T02:00:00.000Z', resumed)).state).toMatchObject({
      promise: { from: monday, times: ['14wd'] },
    });
  });
});
