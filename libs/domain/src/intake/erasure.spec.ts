import type { ErasureBar, StaffCommandBody } from '@garda/contracts';
import { rows, units } from '../../test/catalogue';
import { applicant, caseId, citizen, staff, submitted, terms, words } from '../../test/facts';
import { at, givenAt, id, monday, specFor, type Fact } from '../../test/spec';
import { Catalogue } from '../shared/catalogue';
import { intakeFact } from '../shared/facts';
import type { IntakeCase } from './case';
import { intakeFold } from './evolve';
import { intakeCommands } from './commands';
import { provideInformation } from './citizen';
import { disputeDecision } from './disputes';
import { fireIntake, intakeDue } from './due';
import { requestErasure } from './erasure';
import { attachEvidence } from './evidence';
import { claimRefund } from './fees';
import { reissueCode } from './staff';
import { intakeTasks } from './tasks';

const given = specFor(intakeFold);
const quality = staff('q', 'upkp2');
const note = (state: string, fact: string, more: object = {}) =>
  at(monday, intakeFact('CaseProgressNoted', { caseId, ref: id(fact), fact, state, at: monday, ...more } as never));
const fee = (state: 'assessed' | 'received' | 'refunded') =>
  intakeFact('FeeNoted', { caseId, ref: id(state), at: monday, state, fee: id('fee'), amount: 50_000 });

const request = id('request');
const asked = at(monday, intakeFact('ErasureRequested', { caseId }), request);
const decided = note('decided', 'CaseResolved', { outcome: 'granted' });
const closed = [submitted(), decided, note('closed', 'CaseClosed')];
const refused = (code: ErasureBar, unit = 'upkp2') => intakeFact('ErasureRefused', { caseId, request, unit, code });
const erasedBy = (unit: string) =>
  intakeFact('PersonalDataErased', { caseId, request, unit, subjects: [applicant.subject] });
const erased = erasedBy('upkp2');

const decide =
  (body: StaffCommandBody<'decide-erasure'>, actor = quality) =>
  (state: IntakeCase, now: ReturnType<typeof givenAt>) =>
    intakeCommands['decide-erasure'](state, { caseId, actor, body }, now);
const refuse = (code?: ErasureBar, actor = quality) => decide({ result: 'refused', code }, actor);
const erase = decide({ result: 'erased' });

describe('whoever wants to be forgotten', () => {
  it('asks, whatever the case, and again only once he was refused', () => {
    given(submitted()).when(requestErasure).then(asked);
    given(submitted(), asked).when(requestErasure).thenRefused('ERASURE_ASKED');
    given(submitted(), asked, refused('case_open')).when(requestErasure).then(asked);
    given(...closed, asked, erased)
      .when(requestErasure)
      .thenRefused('PERSONAL_DATA_ERASED');
    given().when(requestErasure).thenRefused('CASE_NOT_FOUND');
  });

  it('is answered by the quality unit, by nobody else, and never unasked', () => {
    given(...closed, asked)
      .when(erase)
      .then(erased);
    for (const actor of [staff('o', 'dpupr'), citizen])
      given(...closed, asked)
        .when(decide({ result: 'erased' }, actor))
        .thenRefused('NOT_RESPONSIBLE');
    given(...closed)
      .when(erase)
      .thenRefused('NO_ERASURE_ASKED');
    given(...closed, asked, erased)
      .when(erase)
      .thenRefused('NO_ERASURE_ASKED');
    given(submitted(), asked, refused('case_open')).when(refuse('case_open')).thenRefused('NO_ERASURE_ASKED');
    given(submitted({ reportedUnit: 'upkp2' }), ...closed.slice(1), asked)
      .when(erase)
      .thenRefused('UNIT_JUDGES_ITSELF');
    given().when(erase).thenRefused('CASE_NOT_FOUND');
  });

  it.each<[string, string | undefined, 'complaint' | 'levy', decider: string]>([
    ['a case about the quality unit: by whoever stands in for it', 'upkp2', 'complaint', 'inspektorat'],
    ['a case about its superior: by the quality unit', 'setda', 'complaint', 'upkp2'],
    ['a levy report: by the inspectorate', 'dpupr', 'levy', 'inspektorat'],
    ['a levy report about the inspectorate: by whoever stands in for it', 'inspektorat', 'levy', 'setda'],
  ])('is answered of %s', (_, reportedUnit, kind, decider) => {
    const about = submitted({ reportedUnit, terms: { ...terms('PU-01'), kind } });
    const policies = rows.policies.map((policy) => ({
      ...policy,
      conflict: { ...policy.conflict, quality: 'oversight' },
    }));
    const catalogue = new Catalogue({ ...rows, policies });
    expect(intakeTasks(given(about, asked).state, catalogue).map(({ unit }) => unit)).toEqual([decider]);
    const own = kind === 'levy' ? 'inspektorat' : 'upkp2';
    for (const unit of ['upkp2', 'inspektorat', 'setda', 'dpupr']) {
      const decides = given(about, ...closed.slice(1), asked).when((state, now) =>
        decide({ result: 'erased' }, staff('o', unit))(state, { ...now, catalogue }),
      );
      if (unit === decider) decides.then(erasedBy(unit));
      else decides.thenRefused(unit === own ? 'UNIT_JUDGES_ITSELF' : 'NOT_RESPONSIBLE');
    }
  });

  it('is answered by nobody where only a body outside stands in', () => {
    const policies = rows.policies.map((policy) => ({ ...policy, conflict: { quality: 'x-ombudsman' } }));
    const { state } = given(submitted({ reportedUnit: 'upkp2' }), asked);
    expect(intakeTasks(state, new Catalogue({ ...rows, policies }))).toEqual([]);
  });

  const paid = [submitted(), fee('assessed'), fee('received'), decided, note('closed', 'CaseClosed')];
  const claim = intakeFact('RefundClaimed', { caseId, sealed: [] });
  const claimed = [...paid, claim];
  const begun = note('news', 'RefundRequested');
  const granted = note('news', 'RefundDecided', { outcome: 'granted' });
  const notGranted = note('news', 'RefundDecided', { outcome: 'refused' });
  const paidBack = [note('news', 'FeeRefunded'), fee('refunded')];
  const supervised = note('extended', 'SupervisionFound', { longer: { kind: 'supervision', stage: 0, time: '60wd' } });
  const disputed = [decided, intakeFact('ResolutionDisputed', { caseId, decision: id('CaseResolved'), sealed: [] })];
  const stands = note('disputed', 'DisputeReceived');
  const reopened = note('reopened', 'CaseReopened');
  const notHis = note('decided', 'CaseResolved', { outcome: 'refused' });
  const levy = submitted({ terms: { ...terms('PU-01'), kind: 'levy' } });

  it.each<[string, readonly Fact[], readonly ErasureBar[]]>([
    ['received', [submitted()], ['case_open']],
    ['decided', [submitted(), decided], ['case_open']],
    ['withdrawn, papers still away', [submitted(), note('withdrawn', 'WithdrawalReceived')], ['case_open']],
    ['closed', closed, []],
    ['reopened', [...closed, reopened], ['case_open']],
    ['objected to', [submitted(), ...disputed], ['case_open', 'inquiry_runs']],
    ['objected to, and the objection stands', [submitted(), ...disputed, stands], ['case_open', 'inquiry_runs']],
    [
      'objected to, and closed before that was heard',
      [...closed.slice(0, 1), ...disputed, ...closed.slice(2)],
      ['inquiry_runs'],
    ],
    [
      'objected to, and reopened before that was heard',
      [submitted(), ...disputed, reopened],
      ['case_open', 'inquiry_runs'],
    ],
    ['under supervision', [submitted(), supervised], ['case_open', 'inquiry_runs']],
    ['under supervision, and over', [submitted(), supervised, ...closed.slice(1)], []],
    ['a report of a levy', [levy], ['case_open', 'inquiry_runs']],
    ['paid', paid, []],
    ['a refund asked for', claimed, ['money_unsettled']],
    ['a refund begun', [...claimed, begun], ['money_unsettled']],
    [
      'a refund begun, of a case that was refused',
      [...claimed, begun, notHis, ...closed.slice(2)],
      ['money_unsettled'],
    ],
    [
      'a refund asked for, after another was paid out',
      [...paid, begun, granted, ...paidBack, fee('received'), claim],
      ['money_unsettled'],
    ],
    ['a refund granted', [...claimed, begun, granted], ['money_unsettled']],
    ['a refund not granted', [...claimed, begun, notGranted], []],
    ['a refund paid out', [...claimed, begun, granted, ...paidBack], []],
  ])('%s: neither erased against what holds, nor refused for what does not', (_, facts, bars) => {
    const all: readonly ErasureBar[] = ['case_open', 'money_unsettled', 'inquiry_runs'];
    const by = facts[0] === levy ? staff('i', 'inspektorat') : quality;
    for (const code of all) {
      const refusing = given(...facts, asked).when(refuse(code, by));
      if (bars.includes(code)) refusing.then(refused(code, by.kind === 'staff' ? by.unit : undefined));
      else refusing.thenRefused('REASON_DOES_NOT_HOLD');
    }
    given(...facts, asked)
      .when(refuse(undefined, by))
      .thenRefused('REASON_DOES_NOT_HOLD');
    const erasing = given(...facts, asked).when(decide({ result: 'erased' }, by));
    if (bars.length === 0) erasing.then(erased);
    else erasing.thenRefused('ERASURE_BARRED');
  });
});

describe('whoever was forgotten', () => {
  const gone = [...closed, asked, erased];
  it('can say nothing more, and nothing of him is opened', () => {
    const sealed = [words];
    const rules: readonly ((state: IntakeCase, now: ReturnType<typeof givenAt>) => readonly unknown[])[] = [
      (state) => provideInformation(state, { items: [], sealed }),
      (state) => attachEvidence(state, { sha256: 'a'.repeat(64), mediaType: 'image/png', sealed }),
      (state, now) => disputeDecision(state, { sealed }, now),
      (state) => claimRefund(state, { sealed }),
      (state, now) => intakeCommands.disclose(state, { caseId, actor: quality, body: { purpose: 'verify' } }, now),
      (state) => reissueCode(state, { caseId, actor: quality, body: { slip: '012345678' }, codeHash: 'h' }),
    ];
    for (const rule of rules)
      given(...gone)
        .when(rule as Parameters<ReturnType<typeof given>['when']>[0])
        .thenRefused('PERSONAL_DATA_ERASED');
  });

  it('is told by the page, as whoever was refused is', () => {
    for (const answer of [refused('case_open'), erased]) {
      const { state } = given(submitted(), asked, at(monday, answer, id('answer')));
      const news = [{ ref: id('answer'), at: monday, told: null, toldAt: null, failed: [] }];
      expect(state).toMatchObject({ news });
    }
    const erasure = { ref: request, at: monday, version: 2, told: [] };
    expect(given(submitted(), asked).state).toMatchObject({ erasure: { ...erasure, state: 'asked', code: null } });
    expect(given(submitted(), asked, refused('case_open')).state).toMatchObject({
      erasure: { ...erasure, state: 'refused', code: 'case_open' },
    });
    expect(given(submitted(), asked, erased).state).toMatchObject({
      erasure: { ...erasure, state: 'erased', code: null },
    });
  });
});

describe('a request that nobody answers', () => {
  const hours = (n: number) => new Date(Date.parse(monday) + n * 3_600_000).toISOString();
  const clocks = (...facts: readonly Fact[]) => intakeDue(given(...facts).state, givenAt().catalogue);
  const due = (rung: number) => ({ clock: 'erasure', startedVersion: 2, rung, dueAt: hours(72 * rung) });
  const duty = (rung: number, unit: string) =>
    intakeFact('DutyDue', { caseId, duty: 'erasure_undecided', rung, ref: request, unit });

  it('is told of to the quality unit after 3 × 24 hours, then to the secretary; each once', () => {
    expect(clocks(submitted(), asked)).toEqual([due(1), due(2)]);
    const fires = (facts: readonly Fact[], rung: number, now: string) =>
      given(...facts).when((state, all) => fireIntake(state, due(rung), all), now);
    fires([submitted(), asked], 1, hours(71)).thenNothing();
    fires([submitted(), asked], 1, hours(72)).then(duty(1, 'upkp2'));
    const first = [submitted(), asked, at(hours(72), duty(1, 'upkp2'))];
    fires(first, 1, hours(80)).thenNothing();
    fires(first, 2, hours(144)).then(duty(2, 'setda'));
    expect(clocks(...first, at(hours(144), duty(2, 'setda')))).toEqual([]);
    expect(given(...first).state).toMatchObject({ news: [], mandates: [] });
  });

  it('runs no more once it is answered, and is told to nobody whom the case is about', () => {
    expect(clocks(submitted(), asked, refused('case_open'))).toEqual([]);
    expect(clocks(...closed, asked, erased)).toEqual([]);
    expect(clocks(submitted({ reportedUnit: 'upkp2' }), asked)).toEqual([]); // nobody stands in, and the secretary is above it
  });

  it('is told to the secretary alone, and is nobody’s task, where there is no quality unit', () => {
    const { state } = given(submitted(), asked);
    const without = new Catalogue({ ...rows, units: units.filter(({ kind }) => kind !== 'quality') });
    expect(intakeDue(state, without)).toEqual([due(2)]);
    expect(intakeTasks(state, without)).toEqual([]);
    expect(intakeDue(state, new Catalogue({ ...rows, units: [] }))).toEqual([]);
  });

  it('is a task of the quality unit from the start', () => {
    const tasks = (...facts: readonly Fact[]) => intakeTasks(given(...facts).state, givenAt().catalogue);
    expect(tasks(submitted(), asked)).toEqual([{ what: 'decide_erasure', unit: 'upkp2', since: monday }]);
    expect(tasks(submitted(), asked, refused('case_open'))).toEqual([]);
    expect(tasks(submitted({ reportedUnit: 'upkp2' }), asked)).toEqual([]); // nobody stands in
  });
});
