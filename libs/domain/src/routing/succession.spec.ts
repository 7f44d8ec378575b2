import { resolutionFact, routingFact } from '../shared/facts';
import { afterReform } from '../../test/reform';
import { acknowledged, caseId, entered, routed, staff, terms } from '../../test/facts';
import { at, givenAt, id, monday, recorded, specFor, type Fact } from '../../test/spec';
import { routingCommands } from './commands';
import { mayDecide } from './disputes';
import { deadline, routingDue } from './due';
import { routingFold } from './evolve';
import { routingReaction } from './reactions';
import { passToSuccessor } from './succession';

const given = specFor(routingFold);
type Rule = Parameters<ReturnType<typeof given>['when']>[0];
const [road] = terms('PU-01').stages;
if (road === undefined) throw new Error('no stage');

const reform = afterReform(['dpupr', 'dinas-baru'], ['upkp2', 'bag-organisasi']);
const passes: Rule = (state, all) => passToSuccessor(state, { ...all, catalogue: reform });
const passed = (offer = 2, to = 'dinas-baru', from = 'dpupr') =>
  routingFact('CaseTransferred', { caseId, from, unit: to, offer, stage: 0, terms: road, reason: 'unit_ended' });
const settled = routingFact('WorkSettled', { caseId, how: 'decided', outcome: 'remedied', unit: 'dpupr', at: monday });
const moved = (from: string, unit: string, offer: number) =>
  routingFact('CaseTransferred', { caseId, from, unit, offer, stage: 0, terms: road, reason: 'other_task' });

describe('a case whose unit has ended', () => {
  it('goes to the successor, offered or held', () => {
    given(entered(), routed()).when(passes).then(passed());
    given(entered(), routed(), acknowledged()).when(passes).then(passed());
  });
  it('also where triage had bound it, and after two moves, for it is none', () => {
    const bound = routingFact('CaseRouted', {
      ...{ caseId, unit: 'dpupr', offer: 1, stage: 0, terms: road, binding: true, by: 'triage' },
    });
    given(entered(), routingFact('CaseSentToTriage', { caseId, reason: 'no_rule' }), bound)
      .when(passes)
      .then(passed());
    const twice = [entered(), routed(), moved('dpupr', 'dishub', 2), moved('dishub', 'dpupr', 3)];
    given(...twice)
      .when(passes)
      .then(passed(4));
    expect(given(...twice, passed(4)).state).toMatchObject({ moves: 2, place: { unit: 'dinas-baru', binding: false } });
  });
  it('is passed on once: asked again, and of a unit that lives, nothing happens', () => {
    given(entered(), routed(), passed()).when(passes).thenNothing();
    given(entered(), routed('dishub', { terms: terms('HB-01') }))
      .when(passes)
      .thenNothing();
    given().when(passes).thenNothing();
    given(entered(), routingFact('CaseSentToTriage', { caseId, reason: 'no_rule' }))
      .when(passes)
      .thenNothing();
  });
  it('goes over as many reforms as there were, to whoever lives', () => {
    const twice = afterReform(['dpupr', 'dishub'], ['dishub', 'dinas-baru']);
    given(entered(), routed())
      .when((state, all) => passToSuccessor(state, { ...all, catalogue: twice }))
      .then(passed());
  });
  it('goes to triage where the successor is reported itself: a person finds somebody', () => {
    const about = { reportedUnit: 'dinas-baru' };
    given(entered(about), routed('dpupr', about))
      .when(passes)
      .then(routingFact('CaseSentToTriage', { caseId, reason: 'unit_ended' }));
  });
  it('keeps its due dates, and the officer of the unit that ended has it no more', () => {
    const officer = routingFact('OfficerNoted', { caseId, offer: 1, unit: 'dpupr', officer: 'officer' });
    const before = given(entered(), routed(), acknowledged(), officer);
    const after = given(entered(), routed(), acknowledged(), officer, at('2026-02-05T02:00:00.000Z', passed()));
    expect(deadline(after.state, reform)).toEqual(deadline(before.state, reform));
    expect(after.state).toMatchObject({
      ...{ status: 'offered', past: ['dpupr'], place: { officer: null, offer: 2, acknowledged: false } },
    });
  });
  it('is returned to whoever had it before, and to triage where that was the unit that ended', () => {
    const returns: Rule = (state, all) =>
      routingCommands.return(
        state,
        { caseId, actor: staff('officer', 'dinas-baru'), body: { reason: 'not_ours' } },
        { ...all, catalogue: reform },
      );
    const lamp = { terms: terms('HB-01') };
    given(entered(lamp), routed('dishub', lamp), moved('dishub', 'dpupr', 2), passed(3))
      .when(returns)
      .then(
        routingFact('CaseReturned', {
          ...{ caseId, from: 'dinas-baru', reason: 'not_ours' },
          to: { unit: 'dishub', offer: 4, stage: 0, terms: terms('HB-01').stages[0] ?? road },
        }),
      );
    const toNobody = routingFact('CaseReturned', { caseId, from: 'dinas-baru', reason: 'not_ours' });
    const backAndForth = [entered(), routed(), moved('dpupr', 'dinas-baru', 2)];
    given(...backAndForth)
      .when(returns)
      .then(toNobody);
    expect(given(...backAndForth, toNobody).state).toMatchObject({ status: 'triage', triage: { reason: 'returned' } });
  });
  it('is not worked on in the name of the unit that ended', () => {
    const acknowledges =
      (unit: string): Rule =>
      (state, all) =>
        routingCommands.acknowledge(
          state,
          { caseId, actor: staff('x', unit), body: {} },
          { ...all, catalogue: reform },
        );
    given(entered(), routed()).when(acknowledges('dpupr')).thenRefused('NOT_RESPONSIBLE');
    given(entered(), routed(), passed()).when(acknowledges('dpupr')).thenRefused('OFFER_PASSED');
    given(entered(), routed(), passed())
      .when(acknowledges('dinas-baru'))
      .then(routingFact('HandOverAcknowledged', { caseId, unit: 'dinas-baru', offer: 2, how: 'receiver' }));
  });
});

it('whoever came after the unit that decided does not judge what it decided', () => {
  const { state } = given(entered());
  if (state.status === 'none') throw new Error('no case');
  const mayJudge = (code: string) => mayDecide(code, { file: state.file, decidedBy: 'upkp2' }, reform);
  expect([mayJudge('upkp2'), mayJudge('bag-organisasi'), mayJudge('inspektorat')]).toEqual([false, false, true]);
});

describe('what comes after a reform', () => {
  const transfer =
    (to: string, unit: string): Rule =>
    (state, all) =>
      routingCommands.transfer(
        state,
        { caseId, actor: staff('x', unit), body: { to, reason: 'other_task' } },
        { ...all, catalogue: reform },
      );
  it('a settled case resumes at the successor', () => {
    const [reopened] = recorded([resolutionFact('CaseReopened', { caseId, reason: 'upheld' })], 'foreign');
    if (reopened === undefined) throw new Error('no fact');
    const { state } = given(entered(), routed(), acknowledged(), settled);
    expect(passToSuccessor(state, { ...givenAt(), catalogue: reform })).toEqual([]);
    expect(routingReaction(state, reopened, { ...givenAt(), catalogue: reform })).toMatchObject([
      { type: 'CaseResumed', data: { unit: 'dinas-baru', offer: 2 } },
    ]);
  });
  it('nobody transfers to, or triages to, a unit that ended; the successor of the quality unit triages', () => {
    given(entered(), routed('dishub')).when(transfer('dpupr', 'dishub')).thenRefused('UNIT_UNKNOWN');
    const inTriage = [entered(), routingFact('CaseSentToTriage', { caseId, reason: 'no_rule' })];
    const triages =
      (unit: string, to: string): Rule =>
      (state, all) =>
        routingCommands.triage(
          state,
          { caseId, actor: staff('x', unit), body: { unit: to } },
          { ...all, catalogue: reform },
        );
    given(...inTriage)
      .when(triages('upkp2', 'dishub'))
      .thenRefused('NOT_RESPONSIBLE');
    given(...inTriage)
      .when(triages('bag-organisasi', 'dpupr'))
      .thenRefused('UNIT_UNKNOWN');
    given(...inTriage)
      .when(triages('bag-organisasi', 'dishub'))
      .then(
        routingFact('CaseRouted', {
          caseId,
          unit: 'dishub',
          offer: 1,
          stage: 0,
          terms: road,
          binding: true,
          by: 'triage',
        }),
      );
  });
  it('silence is told to the successor', () => {
    const { state } = given(entered(), routed(), passed());
    const rungs = routingDue(state, reform).filter(({ clock }) => clock === 'unassigned');
    expect(rungs).toHaveLength(3); // the successor, who answers for itself; the quality unit that lives; the secretary
  });
});

describe('a dispute that a unit was to decide which has ended', () => {
  const disputed = (to: string, decidedBy = 'dpupr'): Fact =>
    routingFact('DisputeRouted', { caseId, dispute: id('dispute'), decidedBy, to, by: 'policy', disputedAt: monday });
  const old = (decidedBy = 'dpupr') => [entered(), routed(), acknowledged(), settled, disputed('upkp2', decidedBy)];
  it('is for the successor to decide, once', () => {
    given(...old())
      .when(passes)
      .then(disputed('bag-organisasi'));
    given(...old(), disputed('bag-organisasi'))
      .when(passes)
      .thenNothing();
    const [before, after] = [old(), [...old(), disputed('bag-organisasi')]].map((facts) => given(...facts).state);
    expect(routingDue(after ?? { status: 'none' }, reform)).toEqual(routingDue(before ?? { status: 'none' }, reform));
  });
  it('and for another of the policy where the successor made the decision', () => {
    given(...old('bag-organisasi'))
      .when(passes)
      .then(
        routingFact('DisputeRouted', { ...(disputed('x', 'bag-organisasi').data as object), to: undefined } as never),
      );
  });
});
