import { catalogue, rows } from '../../test/catalogue';
import {
  acknowledged,
  accepted,
  asked,
  assigned,
  caseId,
  desk,
  entered,
  familyCard,
  heard,
  known,
  noWork,
  resolved,
  routed,
  submitted,
  terms,
} from '../../test/facts';
import { hears } from '../../test/asked';
import { at, givenAt, id, monday, specFor, type Fact } from '../../test/spec';
import { Catalogue, ReferenceMissing } from '../shared/catalogue';
import { resolutionFact, routingFact } from '../shared/facts';
import { NotKnownYet } from '../shared/fold';
import { routingFold } from './evolve';
import { routingReaction } from './reactions';

const given = specFor(routingFold);
const hear = hears(routingReaction);
const triage = (reason: 'no_area' | 'reported_unit' | 'suggests_outside' | 'no_rule', suggestion?: { refer: string }) =>
  routingFact('CaseSentToTriage', { caseId, reason, suggestion });

describe('a submitted case', () => {
  it('enters and goes to the unit that the policy names', () =>
    given().when(hear(submitted())).then(entered(), routed()));
  it('is held at once by the unit at whose desk it was handed in', () =>
    given()
      .when(hear(submitted(familyCard)))
      .then(entered(familyCard), routed('desa-a', familyCard), acknowledged('desa-a', 'filed_here')));
  it('goes to triage where the policy needs an area it lacks', () => {
    const more = { ...familyCard, area: undefined };
    given()
      .when(hear(submitted(more)))
      .then(entered(more), triage('no_area'));
  });
  it('goes to triage where an outside body is suggested', () => {
    const more = { terms: terms('HB-01'), attributes: { road_class: 'national' } };
    given()
      .when(hear(submitted(more)))
      .then(entered(more), triage('suggests_outside', { refer: 'x-bptd' }));
  });
  it('goes to triage rather than to the unit it reports, or to one above it in line', () => {
    for (const reportedUnit of ['upkp2', 'triage-team']) {
      const more = { terms: terms('UM-01'), reportedUnit };
      const expected = reportedUnit === 'upkp2' ? triage('reported_unit') : routed('upkp2', more);
      given()
        .when(hear(submitted(more)))
        .then(entered(more), expected);
    }
  });
  it('goes to triage where no rule fits', () => {
    const [policy] = rows.policies;
    if (policy === undefined) throw new Error('no policy');
    const without = new Catalogue({ ...rows, policies: [{ ...policy, rules: [{ when: { kind: 'levy' } }] }] });
    given()
      .when((state) => routingReaction(state, heard(submitted()), { ...givenAt(), catalogue: without }))
      .then(entered(), triage('no_rule'));
  });
  it('enters once', () => given(entered(), routed()).when(hear(submitted())).thenNothing());
  it('waits for editions and units that are not seen yet', () => {
    for (const part of ['policies', 'calendars', 'units'] as const) {
      const poor = new Catalogue({ ...rows, [part]: [] });
      expect(() => routingReaction({ status: 'none' }, heard(submitted()), { ...givenAt(), catalogue: poor })).toThrow(
        ReferenceMissing,
      );
    }
  });
});

describe('facts of the work', () => {
  it('wait for the case to enter', () =>
    expect(() => routingReaction({ status: 'none' }, heard(assigned()), givenAt())).toThrow(NotKnownYet));
  it('an officer acknowledges by taking it', () =>
    given(entered(), routed())
      .when(hear(assigned()))
      .then(
        routingFact('OfficerNoted', { caseId, offer: 1, unit: 'dpupr', officer: 'officer' }),
        acknowledged('dpupr', 'officer_assigned'),
      ));
  it('but not twice, and only for the present offer', () => {
    const noted = (offer: number) => routingFact('OfficerNoted', { caseId, offer, unit: 'dpupr', officer: 'officer' });
    given(entered(), routed(), acknowledged()).when(hear(assigned())).then(noted(1));
    given(entered(), routed())
      .when(hear(assigned('officer', 'dpupr', 'taken', 7)))
      .then(noted(7));
    expect(given(entered(), routed(), noted(7)).state).toMatchObject({ status: 'offered', place: { officer: null } });
  });
  const told = (wait?: 'question') => resolutionFact('CitizenTold', { caseId, about: id('q'), at: monday, wait });
  const began = routingFact('WaitBegan', { caseId, for: 'question', ref: id('q'), at: monday });
  const ended = (when: string) => routingFact('WaitEnded', { caseId, for: 'question', ref: id('q'), at: when });
  const later = '2026-02-04T02:00:00.000Z';
  const answer = resolutionFact('AnswerReceived', {
    ...{ caseId, answer: id('a'), request: id('q'), items: [], answeredAt: later },
  });

  it('the clock stops when the citizen is told of an open question, and for no other news', () => {
    given(entered(), routed())
      .when(hear(told('question')))
      .then(began);
    given(entered(), routed()).when(hear(told())).thenNothing();
  });
  it('it goes on with the answer, from the time of the answer', () =>
    given(entered(), routed(), began).when(hear(answer)).then(ended(later)));
  it('an answer that no wait knows ends none', () => given(entered(), routed()).when(hear(answer)).thenNothing());
  it('it goes on when the question is withdrawn', () =>
    given(entered(), routed(), began)
      .when(hear(resolutionFact('InformationRequestWithdrawn', { caseId, request: id('q') }), later))
      .then(ended(later)));

  const work = { how: 'decided' as const, unit: 'dpupr', at: later };
  const settled = (outcome: string) => routingFact('WorkSettled', { caseId, outcome, ...work });
  it('a decision settles it', () => given(entered(), routed()).when(hear(resolved(), later)).then(settled('remedied')));
  it('silence of the citizen ends the wait and settles it', () =>
    given(entered(), routed(), began)
      .when(hear(resolved('no_answer'), later))
      .then(ended(later), settled('no_answer')));
  it('a rejection settles it', () =>
    given(entered(), routed())
      .when(hear(resolutionFact('CaseRejected', { caseId, unit: 'dpupr', reason: 'abusive' }), later))
      .then(settled('rejected')));
  const withdrawal = (result: 'stands' | 'too_late') =>
    resolutionFact('WithdrawalReceived', { caseId, withdrawal: id('w'), result });
  const withdrawn = routingFact('WorkSettled', { caseId, ...work, how: 'withdrawn', outcome: 'withdrawn' });
  it('a withdrawal that stands settles it and ends its waits', () => {
    given(entered(), routed(), began)
      .when(hear(withdrawal('stands'), later))
      .then(withdrawn);
    expect(given(entered(), routed(), began, withdrawn).state).toMatchObject({
      status: 'settled',
      waits: [{ ref: id('q'), until: later }],
    });
    given(entered(), routed())
      .when(hear(withdrawal('too_late')))
      .thenNothing();
  });
  const reopened = resolutionFact('CaseReopened', { caseId, reason: 'answered' });
  it('a reopened case goes back to its unit, with the time of its stage anew', () =>
    given(entered(), routed(), settled('no_answer'))
      .when(hear(reopened))
      .then(routingFact('CaseResumed', { caseId, unit: 'dpupr', offer: 2, stage: 0, time: '14wd' })));
  it('to triage where no unit had it', () => {
    const none = routingFact('WorkSettled', { caseId, ...work, outcome: 'no_answer', unit: undefined });
    const resumed = routingFact('CaseResumed', { caseId, offer: 1, stage: 0, time: '14wd' });
    given(entered(), triage('no_area'), none).when(hear(reopened)).then(resumed);
    expect(given(entered(), triage('no_area'), none, resumed).state).toMatchObject({ status: 'triage', place: null });
  });
  it('a closed case is let go', () =>
    given(entered(), routed(), settled('remedied'))
      .when(hear(resolutionFact('CaseClosed', { caseId, reason: 'silence' })))
      .then(routingFact('CaseReleased', { caseId, reason: 'silence' })));
  it('other facts of the work do not concern it', () => {
    for (const facts of [[], [entered(), routed()]])
      for (const fact of [known(), noWork, accepted(), asked()])
        given(...facts)
          .when(hear(fact))
          .thenNothing();
  });
});

describe('stages', () => {
  const completed = (stage: number, unit = 'desa-a') => resolutionFact('StageCompleted', { caseId, unit, stage });
  const at2 = '2026-02-03T02:00:00.000Z';
  const start = [entered(familyCard), routed('desa-a', familyCard), acknowledged('desa-a', 'filed_here')];
  const stageTerms = terms('DK-01', 'village').stages;
  const handedOver = (stage: number, from: string, unit: string) => {
    const one = stageTerms[stage];
    if (one === undefined) throw new Error('no stage');
    return routingFact('StageHandedOver', { caseId, from, unit, offer: stage + 1, stage, terms: one });
  };

  it('the next unit of the pinned terms gets the case', () => {
    given(...start)
      .when(hear(completed(0), at2))
      .then(handedOver(1, 'desa-a', 'kec-01'));
    given(...start, handedOver(1, 'desa-a', 'kec-01'))
      .when(hear(completed(1, 'kec-01'), at2))
      .then(handedOver(2, 'kec-01', 'disdukcapil'));
  });
  it('a stage that routing has left, or a case that is settled, moves nothing', () => {
    given(...start, handedOver(1, 'desa-a', 'kec-01'))
      .when(hear(completed(0)))
      .thenNothing();
    const over = routingFact('WorkSettled', { caseId, how: 'withdrawn', outcome: 'withdrawn', at: at2 });
    given(...start, over)
      .when(hear(completed(0)))
      .thenNothing();
  });
  it('a stage whose unit nobody may choose goes to triage, and from there on', () => {
    const more = { ...familyCard, filedBy: desk, reportedUnit: 'kec-01' };
    const sent = routingFact('CaseSentToTriage', { caseId, reason: 'reported_unit', stage: 1 });
    given(entered(more), routed('desa-a', more))
      .when(hear(completed(0)))
      .then(sent);
    const after = given(entered(more), routed('desa-a', more), at(at2, sent));
    expect(after.state).toMatchObject({ status: 'triage', stage: 1, place: null, past: ['desa-a'] });
  });
  it('each offer has a number and a start of its own', () => {
    const state = given(...start, at(at2, handedOver(1, 'desa-a', 'kec-01'))).state;
    expect(state).toMatchObject({
      status: 'offered',
      stage: 1,
      offers: 2,
      past: ['desa-a'],
      place: { unit: 'kec-01', offer: 2, stageFrom: at2, acknowledged: false, officer: null },
    });
    expect(catalogue.unit('kec-01')?.tier).toBe('district');
  });
});

describe('the officer whom the office names', () => {
  const officerOf = (...facts: readonly Fact[]) => {
    const { state } = given(...facts);
    return state.status === 'none' ? undefined : state.place?.officer;
  };
  const noted = (officer: string, offer: number, unit = 'dpupr') =>
    routingFact('OfficerNoted', { caseId, offer, unit, officer });
  const settled = routingFact('WorkSettled', {
    caseId,
    how: 'decided',
    outcome: 'no_answer',
    unit: 'dpupr',
    at: monday,
  });
  const resumed = routingFact('CaseResumed', { caseId, unit: 'dpupr', offer: 2, stage: 0, time: '14wd' });

  it('stays through a decision that did not hold', () =>
    expect(officerOf(entered(), routed(), noted('first', 1), settled, resumed)).toBe('first'));
  it('counts when the office named him before it heard of the new offer of the same unit', () =>
    expect(officerOf(entered(), routed(), noted('first', 1), settled, resumed, noted('second', 1))).toBe('second'));
  it('does not count when the case has been with another unit since', () => {
    const elsewhere = routed('dishub', {}, true, 2);
    const back = routed('dpupr', {}, true, 3);
    expect(officerOf(entered(), routed(), elsewhere, noted('late', 1))).toBeNull();
    expect(officerOf(entered(), routed(), elsewhere, back, noted('late', 1))).toBeNull();
    expect(officerOf(entered(), routed(), elsewhere, back, noted('new', 3))).toBe('new');
  });
});
