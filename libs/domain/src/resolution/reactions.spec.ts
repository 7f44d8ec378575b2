import {
  accepted,
  asked,
  assigned,
  caseId,
  entered,
  familyCard,
  heard,
  known,
  noWork,
  otherCase,
  resolved,
  routed,
  submitted,
  terms,
  work,
} from '../../test/facts';
import { hears } from '../../test/asked';
import { at, givenAt, id, monday, specFor } from '../../test/spec';
import { intakeFact, resolutionFact, routingFact } from '../shared/facts';
import { NotKnownYet, UnknownFactError } from '../shared/fold';
import { resolutionFold } from './evolve';
import { resolutionReaction } from './reactions';

const given = specFor(resolutionFold);
const hear = hears(resolutionReaction);

describe('routing', () => {
  it('makes a case known, once', () => {
    given().when(hear(entered())).then(known());
    given(known()).when(hear(entered())).thenNothing();
  });
  it('brings the work of a stage', () => given(known()).when(hear(routed())).then(work()));
  it('gives it to the officer who filed it, where his own unit has the first stage', () =>
    given(known(familyCard))
      .when(hear(routed('desa-a', familyCard)))
      .then(work('desa-a', 0, familyCard), assigned('village-officer', 'desa-a', 'filed_here')));
  it('but not to him on a later stage, nor in another unit', () => {
    const stage = familyCard.terms?.stages[1];
    if (stage === undefined) throw new Error('no stage');
    const handed = routingFact('StageHandedOver', {
      caseId,
      from: 'desa-a',
      unit: 'kec-01',
      offer: 2,
      stage: 1,
      terms: stage,
    });
    given(known(familyCard), work('desa-a', 0, familyCard))
      .when(hear(handed))
      .then(work('kec-01', 1, familyCard, 2));
    given(known(familyCard))
      .when(hear(routed('kel-b', familyCard)))
      .then(work('kel-b', 0, familyCard));
  });
  it('brings it to another unit, and back to the one before or to nobody', () => {
    const stage = terms('PU-01').stages[0];
    if (stage === undefined) throw new Error('no stage');
    const to = { unit: 'dishub', offer: 2, stage: 0, terms: stage };
    given(known(), work())
      .when(hear(routingFact('CaseTransferred', { caseId, from: 'dpupr', reason: 'other_task', ...to })))
      .then(work('dishub', 0, {}, 2));
    const back = (to?: { unit: string; offer: number; stage: number; terms: typeof stage }) =>
      routingFact('CaseReturned', { caseId, from: 'dishub', to, reason: 'not_ours' });
    given(known(), work())
      .when(hear(back(to)))
      .then(work('dishub', 0, {}, 2));
    given(known(), work()).when(hear(back())).then(noWork);
  });
  it('brings it back to the desk that filed it, and to its officer', () => {
    const stage = familyCard.terms?.stages[0];
    if (stage === undefined) throw new Error('no stage');
    const to = { unit: 'desa-a', offer: 3, stage: 0, terms: stage };
    given(known(familyCard), work('kec-01', 1, familyCard, 2))
      .when(hear(routingFact('CaseReturned', { caseId, from: 'kec-01', to, reason: 'stage_incomplete' })))
      .then(work('desa-a', 0, familyCard, 3), assigned('village-officer', 'desa-a', 'filed_here', 3));
  });
  it('takes it back to triage', () => {
    given(known(), work())
      .when(hear(routingFact('CaseSentToTriage', { caseId, reason: 'no_rule' })))
      .then(noWork);
    expect(given(known(), work(), assigned(), noWork).state).toMatchObject({
      status: 'known',
      work: null,
      officer: null,
    });
  });
  it('brings it again when the case is resumed', () => {
    const resumed = (unit?: string) => routingFact('CaseResumed', { caseId, unit, offer: 2, stage: 0, time: '14wd' });
    given(known(), work())
      .when(hear(resumed('dpupr')))
      .then(work('dpupr', 0, {}, 2));
    given(known(), work()).when(hear(resumed())).then(noWork);
  });
  it('marks whom a case follows, for the follower only', () => {
    const ids = { caseId, leader: otherCase, follower: caseId, link: 1 };
    const follows = (leader: string | null) => resolutionFact('FollowsNoted', { caseId, leader, link: ids.link });
    given(known())
      .when(hear(routingFact('DuplicateLinked', ids)))
      .then(follows(otherCase));
    const unlink = routingFact('DuplicateUnlinked', ids);
    given(known(), follows(otherCase)).when(hear(unlink)).then(follows(null));
    given(known()).when(hear(unlink)).thenNothing();
    const leads = routingFact('DuplicateLinked', { caseId, leader: caseId, follower: otherCase, link: 1 });
    given(known()).when(hear(leads)).thenNothing();
  });
  it('has facts of its own that concern nobody here', () =>
    given()
      .when(hear(routingFact('CaseReleased', { caseId, reason: 'silence' })))
      .thenNothing());
});

describe('moot work', () => {
  const moot = work('kec-01', 0, {}, 2);
  it.each([
    ['decided', [resolved()]],
    ['withdrawn', [resolutionFact('WithdrawalReceived', { caseId, withdrawal: id('w'), result: 'stands' })]],
    ['closed', [resolved(), resolutionFact('CaseClosed', { caseId, reason: 'silence' })]],
  ])('a case that is %s stays so', (status, end) => {
    const state = given(known(), work(), assigned(), accepted(), ...end, moot).state;
    expect(state).toMatchObject({ status, work: { unit: 'kec-01' }, officer: null });
  });
  it('waiting stays waiting, and the answer finds the unit that has it then', () => {
    const open = [known(), work(), assigned(), accepted(), at(monday, asked(), id('q'))];
    const answer = resolutionFact('AnswerReceived', {
      ...{ caseId, answer: id('a'), request: id('q'), items: [], answeredAt: monday },
    });
    expect(given(...open, moot).state.status).toBe('waiting');
    expect(given(...open, moot, answer).state.status).toBe('pending');
    expect(given(...open, noWork, answer).state.status).toBe('known');
    expect(given(...open, work(), answer).state.status).toBe('working');
  });
  it('working stays working for the same unit and stage', () =>
    expect(given(known(), work(), assigned(), accepted(), work()).state).toMatchObject({
      status: 'working',
      officer: 'officer',
    }));
});

describe('the citizen', () => {
  const open = [known(), work(), assigned(), accepted(), at(monday, asked(), id('q'))];
  const answer = (request?: string) =>
    intakeFact('InformationProvided', { caseId, request, items: ['photo'], sealed: [] });
  const received = (request?: string, answeredAt = monday) =>
    resolutionFact('AnswerReceived', { caseId, answer: id('foreign'), request, items: ['photo'], answeredAt });
  const told = (about: string, wait?: 'question', when = monday) =>
    resolutionFact('CitizenTold', { caseId, about, at: when, wait });
  const notified = (about: string, ok = true) => intakeFact('CitizenNotified', { caseId, about, channel: 'page', ok });

  it('is waited for until the case is known here', () => {
    for (const fact of [answer(), notified(id('x')), intakeFact('CaseWithdrawn', { caseId, sealed: [] })])
      expect(() => resolutionReaction({ status: 'none' }, heard(fact), givenAt())).toThrow(NotKnownYet);
    given().when(hear(submitted())).thenNothing();
  });
  it('is told, once; of an open question so that the clock stops', () => {
    given(...open)
      .when(hear(notified(id('q'))))
      .then(told(id('q'), 'question'));
    given(...open, told(id('q'), 'question'))
      .when(hear(notified(id('q'))))
      .thenNothing();
    given(...open)
      .when(hear(notified(id('other'))))
      .then(told(id('other')));
    given(...open)
      .when(hear(notified(id('q'), false)))
      .thenNothing();
    given(...open, received(id('q')))
      .when(hear(notified(id('q'))))
      .then(told(id('q')));
  });
  it('answers the open question, or adds to the file', () => {
    given(...open)
      .when(hear(answer(id('q'))))
      .then(received(id('q')));
    expect(given(...open, received(id('q'))).state).toMatchObject({
      status: 'working',
      questions: [{ state: 'answered' }],
    });
    given(...open)
      .when(hear(answer()))
      .then(received());
    expect(given(...open, received()).state).toMatchObject({ status: 'waiting', answers: [id('foreign')] });
  });

  const lapse = '2026-04-20T02:00:00.000Z';
  const silent = [...open, told(id('q'), 'question'), at(lapse, resolved('no_answer'), id('d'))];
  const inTime = '2026-03-04T02:00:00.000Z';
  const reopened = resolutionFact('CaseReopened', { caseId, reason: 'answered' });
  it('loses nothing by an answer that was in time and is heard after the silence', () => {
    given(...silent)
      .when(hear(answer(id('q')), inTime))
      .then(received(id('q'), inTime), reopened);
    const closed = resolutionFact('CaseClosed', { caseId, reason: 'silence' });
    given(...silent, closed)
      .when(hear(answer(id('q')), inTime))
      .then(received(id('q'), inTime), reopened);
    expect(given(...silent, received(id('q'), inTime), reopened).state).toMatchObject({
      status: 'pending',
      officer: 'officer',
      accepted: false,
      reopened: 1,
    });
  });
  it('one after the term is only added', () => {
    const late = '2026-04-01T02:00:00.000Z';
    given(...silent)
      .when(hear(answer(id('q')), late))
      .then(received(id('q'), late));
  });
  it('withdraws before the decision, or too late', () => {
    const withdrawn = intakeFact('CaseWithdrawn', { caseId, sealed: [] });
    const result = (how: 'stands' | 'too_late' | 'goes_on') =>
      resolutionFact('WithdrawalReceived', { caseId, withdrawal: id('foreign'), result: how });
    given(known()).when(hear(withdrawn)).then(result('stands'));
    given(...open)
      .when(hear(withdrawn))
      .then(result('stands'));
    given(...open, resolved())
      .when(hear(withdrawn))
      .then(result('too_late'));
    const levy = { terms: { ...terms('UM-01'), kind: 'levy' as const } };
    given(known(levy)).when(hear(withdrawn)).then(result('goes_on'));
    expect(given(...open, result('stands')).state).toMatchObject({
      status: 'withdrawn',
      questions: [{ state: 'withdrawn' }],
    });
    expect(given(...open, result('too_late')).state.status).toBe('waiting');
  });
  it('says whether he is satisfied with the present decision', () => {
    const rated = intakeFact('ServiceRated', { caseId, decision: id('d'), stars: 5, satisfied: true, sealed: [] });
    const noted = (decision: string) => resolutionFact('SatisfactionReceived', { caseId, decision, satisfied: true });
    given(...silent)
      .when(hear(rated))
      .then(noted(id('d')));
    expect(given(...silent, at(lapse, noted(id('d')))).state).toMatchObject({ decision: { satisfied: lapse } });
    expect(given(...silent, noted(id('old'))).state).toMatchObject({ decision: { satisfied: null } });
  });
});

describe('the fold', () => {
  it('stops at a fact it does not know', () => {
    expect(() => given(known(), { type: 'CaseEaten', schemaVersion: 1, data: {} })).toThrow(UnknownFactError);
    expect(() => given(work())).toThrow(UnknownFactError);
  });
  it('is a plain JSON value', () => {
    const state = given(known(), work(), assigned(), accepted(), asked(), resolved()).state;
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});
