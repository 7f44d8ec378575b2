import { rows } from '../../test/catalogue';
import { caseId, desk, importer, staff, submitted, terms, words } from '../../test/facts';
import { afterReform } from '../../test/reform';
import { at, id, monday, specFor } from '../../test/spec';
import { Catalogue } from '../shared/catalogue';
import { intakeFact } from '../shared/facts';
import { intakeFold } from './evolve';
import { provideInformation, rateService, withdrawCase } from './citizen';
import { intakeCommands } from './commands';
import { noteNotification, untold } from './notify';

const given = specFor(intakeFold);
const note = (
  state: 'news' | 'working' | 'waiting' | 'decided' | 'reopened' | 'closed' | 'withdrawn' | 'too_late',
  fact: string,
  more = {},
) => intakeFact('CaseProgressNoted', { caseId, state, ref: id('foreign'), fact, at: monday, ...more });

const decision = note('decided', 'CaseResolved', { outcome: 'remedied', ref: id('d') });
const question = note('waiting', 'InformationRequested', { ref: id('q'), items: ['photo'] });

describe('the code holder', () => {
  const provide = (request?: string) => (state: Parameters<typeof provideInformation>[0]) =>
    provideInformation(state, { request, items: ['photo'], sealed: [words] });
  const provided = (request?: string) =>
    intakeFact('InformationProvided', { caseId, request, items: ['photo'], sealed: [words] });
  it('answers the open question, or adds', () => {
    given(submitted(), question)
      .when(provide(id('q')))
      .then(provided(id('q')));
    for (const facts of [[decision], [question]])
      given(submitted(), ...facts)
        .when(provide())
        .then(provided());
    given(submitted(), question)
      .when(provide(id('other')))
      .thenRefused('REQUEST_NOT_OPEN');
    given(submitted(), question, note('working', 'AnswerReceived'))
      .when(provide(id('q')))
      .thenRefused('REQUEST_NOT_OPEN');
    given(submitted(), note('closed', 'CaseClosed')).when(provide()).thenRefused('CASE_NOT_OPEN');
    given(submitted(), note('withdrawn', 'WithdrawalReceived')).when(provide()).thenRefused('CASE_NOT_OPEN');
    given().when(provide()).thenRefused('CASE_NOT_FOUND');
  });
  it('who answers in words attaches nothing', () => {
    const { state } = given(submitted(), at(monday, provided(), id('a')));
    expect(state).toMatchObject({ answers: [id('a')] });
    expect('evidence' in state && state.evidence).toHaveLength(0);
  });
  const withdraw = (state: Parameters<typeof withdrawCase>[0]) => withdrawCase(state, { sealed: [words] });
  const withdrawn = intakeFact('CaseWithdrawn', { caseId, sealed: [words] });
  it('withdraws while it is open, one answer at a time', () => {
    given(submitted(), question).when(withdraw).then(withdrawn);
    given(submitted(), withdrawn).when(withdraw).thenRefused('WITHDRAWAL_PENDING');
    given(submitted(), withdrawn, note('too_late', 'WithdrawalReceived')).when(withdraw).then(withdrawn);
    given(submitted(), decision).when(withdraw).thenRefused('CASE_NOT_OPEN');
    given().when(withdraw).thenRefused('CASE_NOT_FOUND');
  });
  const rate = (state: Parameters<typeof rateService>[0]) =>
    rateService(state, { stars: 5, satisfied: true, sealed: [words] });
  const rated = intakeFact('ServiceRated', { caseId, decision: id('d'), stars: 5, satisfied: true, sealed: [words] });
  it('rates a decision once; a new one again', () => {
    given(submitted(), decision).when(rate).then(rated);
    given(submitted(), decision, rated).when(rate).thenRefused('ALREADY_RATED');
    given(submitted()).when(rate).thenRefused('NOT_DECIDED');
    given(submitted(), decision, note('closed', 'CaseClosed')).when(rate).thenRefused('NOT_DECIDED');
    const anew = note('decided', 'CaseResolved', { ref: id('d2') });
    expect(given(submitted(), decision, rated, note('reopened', 'CaseReopened'), anew).state).toMatchObject({
      decision: { rated: null },
    });
  });
});

describe('being told', () => {
  const notify =
    (ok: boolean, channel: 'file' | 'page' = 'file', about = id('q')) =>
    (state: Parameters<typeof noteNotification>[0]) =>
      noteNotification(state, { about, channel, ok });
  const notified = (ok: boolean, channel: 'file' | 'page' = 'file') =>
    intakeFact('CitizenNotified', { caseId, about: id('q'), channel, ok });
  it('is recorded once; a failure leaves it to be told', () => {
    given(submitted(), question).when(notify(true)).then(notified(true));
    given(submitted(), question, notified(true)).when(notify(true, 'page')).thenNothing();
    given(submitted(), question, notified(false)).when(notify(false)).thenNothing();
    for (const channel of ['file', 'page'] as const)
      given(submitted(), question, notified(false)).when(notify(true, channel)).then(notified(true, channel));
    given(submitted(), question, notified(false)).when(notify(false, 'page')).then(notified(false, 'page'));
    given(submitted()).when(notify(true)).thenNothing();
    expect(untold(given(submitted(), question, notified(false)).state)).toEqual([id('q')]);
    expect(untold(given(submitted(), question, notified(true)).state)).toEqual([]);
    expect(untold({ status: 'none' })).toEqual([]);
  });
});

describe('words for everybody', () => {
  const publish =
    (
      actor = staff('o', 'dpupr'),
      body: { text: string; place?: string; occurredAt?: string } = { text: 'mended' },
    ): Parameters<ReturnType<typeof given>['when']>[0] =>
    (state, all) =>
      intakeCommands['publish-summary'](state, { caseId, actor, body }, all);
  const published = (unit: string) => intakeFact('PublicSummaryPublished', { caseId, unit, text: 'mended' });
  const withUnit = [submitted(), note('news', 'WorkReceived', { unit: 'dpupr' })];
  it('come from the unit that has the case, the quality unit, or the importer for it', () => {
    given(...withUnit)
      .when(publish())
      .then(published('dpupr'));
    given(...withUnit)
      .when(publish(staff('q', 'upkp2')))
      .then(published('upkp2'));
    given(submitted())
      .when(publish(importer, { text: 'mended', occurredAt: monday }))
      .then(published('dpupr'));
    given(...withUnit)
      .when(publish(staff('o', 'dishub')))
      .thenRefused('NOT_RESPONSIBLE');
    given(...withUnit)
      .when(publish({ kind: 'program', id: 'open311' }))
      .thenRefused('NOT_RESPONSIBLE');
    const nobody = new Catalogue({ ...rows, units: [] });
    given(submitted())
      .when((state, all) => publish(importer)(state, { ...all, catalogue: nobody }))
      .thenRefused('NOT_RESPONSIBLE');
  });
  it('never about what is private or lies at no place, nor by the reported unit', () => {
    given(submitted({ content: 'private' }))
      .when(publish())
      .thenRefused('WOULD_PUBLISH_PRIVATE');
    given(submitted({ terms: terms('UM-01') }))
      .when(publish())
      .thenRefused('NOTHING_PUBLIC');
    given(submitted({ reportedUnit: 'dpupr' }))
      .when(publish())
      .thenRefused('UNIT_JUDGES_ITSELF');
    given(...withUnit)
      .when(publish(staff('o', 'dpupr'), { text: 'x', occurredAt: monday }))
      .thenRefused('OCCURRED_AT_NOT_ALLOWED');
    given().when(publish()).thenRefused('CASE_NOT_FOUND');
  });
  it('the last words for the place stay until there are new ones', () => {
    const words1 = intakeFact('PublicSummaryPublished', { caseId, unit: 'dpupr', text: 'a', place: 'Main Road' });
    expect(given(...withUnit, words1, published('dpupr')).state).toMatchObject({
      summary: { text: 'mended', place: 'Main Road' },
    });
  });
});

describe('opening what a citizen wrote', () => {
  const disclose =
    (actor = staff('o', 'dpupr')): Parameters<ReturnType<typeof given>['when']>[0] =>
    (state, all) =>
      intakeCommands.disclose(state, { caseId, actor, body: { purpose: 'decide' } }, all);
  const disclosed = (to: string, unit: string, day = '2026-02-02') =>
    intakeFact('PersonalDataDisclosed', { caseId, to, unit, purpose: 'decide', day });
  const withUnit = [submitted(), note('news', 'WorkReceived', { unit: 'dpupr' })];
  it('is recorded once a person, case and day of the office', () => {
    given(...withUnit)
      .when(disclose())
      .then(disclosed('o', 'dpupr'));
    given(...withUnit, disclosed('o', 'dpupr'))
      .when(disclose())
      .thenNothing();
    given(...withUnit, disclosed('o', 'dpupr'))
      .when(disclose(staff('p', 'dpupr')))
      .then(disclosed('p', 'dpupr'));
    // 17:30 in UTC is already tomorrow in Jakarta.
    given(...withUnit, disclosed('o', 'dpupr'))
      .when(disclose(), '2026-02-02T17:30:00.000Z')
      .then(disclosed('o', 'dpupr', '2026-02-03'));
  });
  it('is for who works on it or filed it, and for the quality unit and the inspectorate', () => {
    given(submitted({ filedBy: desk }))
      .when(disclose(staff('v', 'desa-a')))
      .then(disclosed('v', 'desa-a'));
    given(...withUnit)
      .when(disclose(staff('o', 'dishub')))
      .thenRefused('NOT_RESPONSIBLE');
    given(...withUnit)
      .when(disclose(importer))
      .thenRefused('NOT_RESPONSIBLE');
    given(submitted({ reportedUnit: 'dpupr' }))
      .when(disclose())
      .thenRefused('UNIT_JUDGES_ITSELF');
    given().when(disclose()).thenRefused('CASE_NOT_FOUND');
  });
  it('is for the unit that came after one that worked on it, and for that one no more', () => {
    const reform = afterReform(['dpupr', 'dinas-baru']);
    const at = (unit: string) =>
      given(...withUnit).when((state, all) => disclose(staff('o', unit))(state, { ...all, catalogue: reform }));
    at('dinas-baru').then(disclosed('o', 'dinas-baru'));
    at('dpupr').thenRefused('NOT_RESPONSIBLE');
  });
  it('a withheld identity only for those', () => {
    const withheld = [submitted({ identity: 'withheld' }), note('news', 'WorkReceived', { unit: 'dpupr' })];
    given(...withheld)
      .when(disclose())
      .thenRefused('NOT_RESPONSIBLE');
    given(...withheld)
      .when(disclose(staff('i', 'inspektorat')))
      .then(disclosed('i', 'inspektorat'));
  });
});
