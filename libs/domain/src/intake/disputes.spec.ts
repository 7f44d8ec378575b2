import { catalogue } from '../../test/catalogue';
import { caseId, heard, submitted, words } from '../../test/facts';
import { at, givenAt, id, monday, specFor, type Fact } from '../../test/spec';
import { intakeFact, resolutionFact } from '../shared/facts';
import type { IntakeCase } from './case';
import { intakeFold } from './evolve';
import { disputableUntil, disputeDecision, mayDispute } from './disputes';
import { intakeReaction } from './reactions';

const given = specFor(intakeFold);
type State =
  'decided' | 'disputed' | 'final' | 'closed' | 'reopened' | 'dispute_moot' | 'withdrawn' | 'news' | 'working';
const note = (state: State, fact: string, more = {}) =>
  intakeFact('CaseProgressNoted', { caseId, state, ref: id('foreign'), fact, at: monday, ...more });
const end = (day: string) => `2026-02-${day}T09:00:00.000Z`;

const decision = note('decided', 'CaseResolved', { outcome: 'remedied', ref: id('d') });
const toldOf = (news: string) =>
  at(monday, intakeFact('CitizenNotified', { caseId, about: id(news), channel: 'page', ok: true }));
const told = toldOf('d');
const decided: readonly Fact[] = [submitted(), decision, told];
const closed = note('closed', 'CaseClosed', { ref: id('c') });
const disputed = intakeFact('ResolutionDisputed', { caseId, decision: id('d'), sealed: [words] });
const stands = note('disputed', 'DisputeReceived', { ref: id('s') });
const moot = note('dispute_moot', 'DisputeReceived', { ref: id('s') });
const dispute: Parameters<ReturnType<typeof given>['when']>[0] = (state, all) =>
  disputeDecision(state, { sealed: [words] }, all);
const statusOf = (...facts: readonly Fact[]) => given(...decided, ...facts).state.status;

describe('an objection', () => {
  it('is to a decision, closed or not', () => {
    given(...decided)
      .when(dispute)
      .then(disputed);
    given(...decided, closed)
      .when(dispute)
      .then(disputed);
    expect(statusOf(disputed)).toBe('disputed');
  });
  it('within the window, which runs from when he was told', () => {
    given(...decided)
      .when(dispute, end('16'))
      .then(disputed);
    given(...decided)
      .when(dispute, '2026-02-16T09:00:00.001Z')
      .thenRefused('DISPUTE_TOO_LATE');
    given(submitted(), decision).when(dispute, '2026-02-27T02:00:00.000Z').then(disputed); // nobody told him
    const [before, toldLater] = [note('news', 'ProgressReported'), at('2026-02-03T02:00:00.000Z', told)];
    given(submitted(), before, toldOf('foreign'), decision, toldLater).when(dispute, end('17')).then(disputed);
  });
  it('not while there is no decision, or the case was withdrawn', () => {
    given(submitted()).when(dispute).thenRefused('NOT_DECIDED');
    given(...decided, note('reopened', 'CaseReopened'))
      .when(dispute)
      .thenRefused('NOT_DECIDED');
    given(...decided, note('withdrawn', 'WithdrawalReceived'), closed)
      .when(dispute)
      .thenRefused('NOT_DECIDED');
    given().when(dispute).thenRefused('CASE_NOT_FOUND');
  });
  it('one at a time', () => {
    given(...decided, disputed)
      .when(dispute)
      .thenRefused('DISPUTE_PENDING');
    given(...decided, disputed, closed)
      .when(dispute)
      .thenRefused('DISPUTE_PENDING');
    given(...decided, disputed, stands)
      .when(dispute)
      .thenRefused('DISPUTE_PENDING');
  });
  it('never to a final decision', () => {
    const final = [disputed, stands, note('final', 'DisputeDecided')];
    given(...decided, ...final)
      .when(dispute)
      .thenRefused('DECISION_FINAL');
    given(...decided, ...final, closed)
      .when(dispute)
      .thenRefused('DECISION_FINAL');
  });
  it('at most two that stood', () => {
    const again = [disputed, stands, note('reopened', 'CaseReopened'), decision];
    given(...decided, ...again)
      .when(dispute)
      .then(disputed);
    given(...decided, ...again, ...again)
      .when(dispute)
      .thenRefused('TOO_MANY_DISPUTES');
    const never = [disputed, moot, disputed, moot];
    given(...decided, ...never)
      .when(dispute)
      .then(disputed);
  });
});

describe('what resolution answers', () => {
  it('moot: where it stood before, or where it went meanwhile', () => {
    expect(statusOf(disputed, moot)).toBe('decided');
    expect(statusOf(closed, disputed, moot)).toBe('closed');
    expect(statusOf(disputed, note('reopened', 'CaseReopened'), moot)).toBe('working');
  });
  it('stands: disputed, even after it was closed meanwhile', () =>
    expect(statusOf(disputed, closed, stands)).toBe('disputed'));
  it('who decides the dispute has not got the case', () => {
    const withUnit = note('news', 'WorkReceived', { unit: 'dpupr' });
    const named = note('disputed', 'WorkReceived', { unit: 'upkp2' });
    expect(given(...decided, withUnit, disputed, stands, named).state).toMatchObject({ unit: 'dpupr', disputes: 1 });
  });

  const hear =
    (fact: Parameters<typeof heard>[0]): Parameters<ReturnType<typeof given>['when']>[0] =>
    (state) =>
      intakeReaction(state, heard(fact));
  const received = (result: 'stands' | 'moot') =>
    resolutionFact('DisputeReceived', {
      ...{ caseId, dispute: id('s'), decision: id('d'), result, disputedAt: monday },
    });
  const verdict = (result: 'upheld' | 'dismissed') =>
    resolutionFact('DisputeDecided', { caseId, dispute: id('s'), unit: 'upkp2', result, remedies: [], words });
  const work = resolutionFact('WorkReceived', { caseId, kind: 'dispute', unit: 'upkp2', dispute: id('s') });
  const reopened = resolutionFact('CaseReopened', { caseId, reason: 'ex_officio', unit: 'upkp2', words });
  it.each([
    ['that it stands', received('stands'), note('disputed', 'DisputeReceived')],
    ['that it does not', received('moot'), note('dispute_moot', 'DisputeReceived')],
    ['who decides it', work, note('disputed', 'WorkReceived', { unit: 'upkp2' })],
    ['that it is upheld', verdict('upheld'), note('news', 'DisputeDecided', { unit: 'upkp2', words })],
    ['that it is dismissed', verdict('dismissed'), note('final', 'DisputeDecided', { unit: 'upkp2', words })],
    ['that the case is open again', reopened, note('reopened', 'CaseReopened', { words, reopened: 'ex_officio' })],
  ])('is told to him: %s', (_, fact, expected) =>
    given(...decided, disputed)
      .when(hear(fact))
      .then(expected),
  );
});

describe('a referral outside', () => {
  const referral = { body: 'x-bptd', reference: 'R-1', followUpOn: '2026-02-16' };
  const decide = resolutionFact('CaseResolved', { caseId, outcome: 'referred_outside', by: 'upkp2', referral });
  const outside = note('decided', 'CaseResolved', { outcome: 'referred_outside', referral });
  it('is told to him with the body, its reference and the day to follow up', () => {
    given(submitted())
      .when((state) => intakeReaction(state, heard(decide)))
      .then(outside);
    expect(given(submitted(), outside).state).toMatchObject({ decision: { referral } });
  });
  it('and what is heard from there is news', () =>
    given(submitted(), outside)
      .when((state) =>
        intakeReaction(
          state,
          heard(resolutionFact('OutsideNoted', { caseId, body: 'x-bptd', state: 'none', ref: id('r') })),
        ),
      )
      .then(note('news', 'OutsideNoted', { outcome: 'none' })));
});

describe('what he may do', () => {
  const known = (...facts: readonly Fact[]) => given(...facts).state as Exclude<IntakeCase, { status: 'none' }>;
  it('says until when, also where this very moment tells him', () => {
    expect(disputableUntil(known(...decided), catalogue)).toBe(end('16'));
    expect(disputableUntil(known(submitted(), decision), catalogue, '2026-02-03T02:00:00.000Z')).toBe(end('17'));
    expect(disputableUntil(known(submitted()), catalogue)).toBeUndefined();
  });
  it('is to object where he would not be refused', () => {
    const may = (now?: string, ...facts: readonly Fact[]) => mayDispute(known(...decided, ...facts), givenAt(now));
    expect([may(), may(end('16')), may(monday, closed), may(monday, disputed, moot)]).toEqual([true, true, true, true]);
    expect(may('2026-02-16T09:00:00.001Z')).toBe(false);
    expect(mayDispute(known(submitted()), givenAt())).toBe(false);
    for (const facts of [[disputed], [disputed, stands], [disputed, stands, note('final', 'DisputeDecided'), closed]])
      expect(may(monday, ...facts)).toBe(false);
  });
  it('is nothing once he was forgotten', () => {
    const [asked, of] = [intakeFact('ErasureRequested', { caseId }), { caseId, request: id('e'), unit: 'upkp2' }];
    const refused = intakeFact('ErasureRefused', { ...of, code: 'case_open' });
    const erased = intakeFact('PersonalDataErased', { ...of, subjects: [words.subject] });
    expect(mayDispute(known(...decided, closed, asked, refused), givenAt())).toBe(true);
    expect(mayDispute(known(...decided, closed, asked, erased), givenAt())).toBe(false);
  });
});
