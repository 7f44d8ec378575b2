import type { ErasureBar, StaffCommandBody } from '@garda/contracts';
import { rows, units } from '../../test/catalogue';
import { applicant, caseId, staff, submitted, terms } from '../../test/facts';
import { at, givenAt, id, monday, specFor, type Fact } from '../../test/spec';
import { Catalogue } from '../shared/catalogue';
import { intakeFact } from '../shared/facts';
import { intakeCommands } from './commands';
import { fireIntake, intakeDue } from './due';
import { intakeFold } from './evolve';
import { intakeTasks } from './tasks';

const given = specFor(intakeFold);
const kept = { terms: { ...terms('DS-02'), retention: '5y' } };
const note = (state: string, fact: string, when = monday, more: object = {}) =>
  at(when, intakeFact('CaseProgressNoted', { caseId, ref: id(fact), fact, state, at: when, ...more } as never));
const decided = note('decided', 'CaseResolved', monday, { outcome: 'granted' });
const closed = [submitted(kept), decided, note('closed', 'CaseClosed')];
const days = (from: string, n: number) => new Date(Date.parse(from) + n * 86_400_000).toISOString();
/** Five years after `monday`, and thirty days before. */
const ends = monday.replace(/^\d+/, (year) => String(Number(year) + 5));
const listedAt = days(ends, -30);

const list = id('list');
const duty = (unit = 'upkp2') => intakeFact('DutyDue', { caseId, duty: 'retention_ends', rung: 1, ref: caseId, unit });
const listed = at(listedAt, duty(), list);
const forgottenBy = (unit = 'upkp2', request = list) =>
  intakeFact('PersonalDataErased', { caseId, request, unit, subjects: [applicant.subject] });
const keptOn = intakeFact('ErasureRefused', { caseId, request: list, unit: 'upkp2', code: 'inquiry_runs' });

const key = (rung: number, startedVersion = 3) => ({ clock: 'retention', startedVersion, rung });
const clocks = (...facts: readonly Fact[]) => intakeDue(given(...facts).state, givenAt().catalogue);
const fires = (facts: readonly Fact[], which: ReturnType<typeof key>, now: string) =>
  given(...facts).when((state, all) => fireIntake(state, which, all), now);
const answers = (facts: readonly Fact[], body: StaffCommandBody<'decide-erasure'>, actor = staff('q', 'upkp2')) =>
  given(...facts).when((state, all) => intakeCommands['decide-erasure'](state, { caseId, actor, body }, all));
const tasks = (...facts: readonly Fact[]) => intakeTasks(given(...facts).state, givenAt().catalogue);

describe('the end of the time of keeping', () => {
  it('is told thirty days before to whoever decides about erasing, whose task it is; then the clock erases', () => {
    expect(clocks(...closed)).toEqual([{ ...key(1), dueAt: listedAt }]);
    fires(closed, key(1), days(listedAt, -1)).thenNothing();
    fires(closed, key(1), listedAt).then(duty());
    expect(clocks(...closed, listed)).toEqual([{ ...key(2), dueAt: ends }]);
    expect(tasks(...closed, listed)).toEqual([{ what: 'retention_ends', unit: 'upkp2', since: listedAt }]);
    fires([...closed, listed], key(2), days(ends, -1)).thenNothing();
    fires([...closed, listed], key(2), ends).then(forgottenBy());
  });

  it('never comes sooner than thirty days after it was told, however late that was', () => {
    const late = at(days(ends, 100), duty(), list);
    expect(clocks(...closed, late)).toEqual([{ ...key(2), dueAt: days(ends, 130) }]);
  });

  it('never comes sooner than it was promised, however early that was told', () => {
    const early = at(days(ends, -90), duty(), list); // when those days were more
    expect(clocks(...closed, early)).toEqual([{ ...key(2), dueAt: ends }]);
  });

  it('is the same as being forgotten on request: once, for ever, and nothing of him is told anew', () => {
    const gone = [...closed, listed, at(ends, forgottenBy(), id('gone'))];
    expect(given(...gone).state).toMatchObject({
      erasure: { ref: list, at: ends, version: 5, state: 'erased', code: null, told: [] },
      news: [{ ref: id('CaseResolved') }, { ref: id('CaseClosed') }, { ref: id('gone') }],
    });
    expect(clocks(...gone)).toHaveLength(0);
    expect(tasks(...gone)).toHaveLength(0);
    for (const result of ['erased', 'refused'] as const)
      answers(gone, { result, code: 'inquiry_runs' }).thenRefused('NO_ERASURE_ASKED');
    given(...gone)
      .when((state, all) =>
        intakeCommands.disclose(state, { caseId, actor: staff('q', 'upkp2'), body: { purpose: 'verify' } }, all),
      )
      .thenRefused('PERSONAL_DATA_ERASED');
  });

  it('answers an open request by the way', () => {
    const asked = at(monday, intakeFact('ErasureRequested', { caseId }), id('asked'));
    const { state } = given(...closed, asked, listed, forgottenBy());
    expect(state).toMatchObject({ erasure: { ref: id('asked'), state: 'erased' } });
    expect(intakeDue(state, givenAt().catalogue)).toHaveLength(0);
    answers([...closed, asked, listed], { result: 'erased' }).then(forgottenBy('upkp2', id('asked')));
    answers([...closed, asked, listed], { result: 'refused', code: 'inquiry_runs' }).thenRefused(
      'REASON_DOES_NOT_HOLD',
    );
  });

  it('comes for no case that is open, again open, or that promised nothing about it', () => {
    expect(clocks(...closed.slice(0, 2))).toHaveLength(0);
    expect(clocks(...closed, note('reopened', 'CaseReopened'))).toHaveLength(0);
    expect(clocks(submitted(), ...closed.slice(1))).toHaveLength(0);
    const again = days(monday, 40);
    const twice = [...closed, note('reopened', 'CaseReopened'), decided, note('closed', 'CaseClosed', again)];
    expect(clocks(...twice)).toEqual([{ ...key(1, 6), dueAt: days(again.replace('2026', '2031'), -30) }]);
    expect(clocks(...closed, note('news', 'ProductDelivered', again))).toEqual(clocks(...closed));
  });

  it('is counted to the day after, where the year has no 29 February', () => {
    const leap = '2028-02-29T03:00:00.000Z';
    const facts = [submitted(kept), decided, note('closed', 'CaseClosed', leap)];
    expect(clocks(...facts)).toEqual([{ ...key(1), dueAt: days('2033-03-01T03:00:00.000Z', -30) }]);
  });

  it('waits for what bars erasing, and is told anew to nobody', () => {
    const begun = note('news', 'RefundRequested');
    const over = note('news', 'RefundDecided', days(ends, 10), { outcome: 'refused' });
    expect(clocks(...closed, begun)).toHaveLength(0);
    expect(clocks(...closed, listed, begun)).toHaveLength(0);
    fires([...closed, listed, begun], key(2), ends).thenNothing();
    expect(clocks(...closed, listed, begun, over)).toEqual([{ ...key(2), dueAt: ends }]);
  });

  it('is nobody’s where nobody may decide', () => {
    const without = new Catalogue({ ...rows, units: units.filter(({ kind }) => kind !== 'quality') });
    const { state } = given(...closed, listed);
    expect(intakeDue(state, without)).toHaveLength(0);
    expect(intakeTasks(state, without)).toHaveLength(0);
    const itself = submitted({ ...kept, reportedUnit: 'upkp2' });
    expect(clocks(itself, ...closed.slice(1))).toHaveLength(0); // nobody stands in
  });

  it('is the inspectorate’s of a levy report', () => {
    const levy = submitted({ terms: { ...kept.terms, kind: 'levy' } });
    fires([levy, ...closed.slice(1)], key(1), listedAt).then(duty('inspektorat'));
    const seen = at(listedAt, duty('inspektorat'), list);
    fires([levy, ...closed.slice(1), seen], key(2), ends).then(forgottenBy('inspektorat'));
  });
});

describe('what is on the list', () => {
  const onList = [...closed, listed];

  it('is kept on for an inquiry that the unit knows of, a year; then it is asked again', () => {
    answers(onList, { result: 'refused', code: 'inquiry_runs' }).then(keptOn);
    const held = [...onList, at(days(ends, -5), keptOn, id('held'))];
    const yearOn = days(ends, -5).replace('2031', '2032');
    expect(clocks(...held)).toEqual([{ ...key(1, 5), dueAt: days(yearOn, -30) }]);
    expect(tasks(...held)).toHaveLength(0);
    expect(given(...held).state).toMatchObject({ erasure: null, news: { length: 3 } });
    answers(held, { result: 'refused', code: 'inquiry_runs' }).thenRefused('NO_ERASURE_ASKED');
    const again = at(days(yearOn, -30), duty(), id('again'));
    fires(held, key(1, 5), days(yearOn, -30)).then(duty());
    fires([...held, again], key(2, 5), yearOn).then(forgottenBy('upkp2', id('again')));
  });

  it.each<ErasureBar | undefined>(['case_open', 'money_unsettled', undefined])('is not kept on for %s', (code) => {
    answers(onList, { result: 'refused', code }).thenRefused('REASON_DOES_NOT_HOLD');
  });

  it('is erased by the clock alone, and kept on by nobody else', () => {
    answers(onList, { result: 'erased' }).thenRefused('NO_ERASURE_ASKED');
    answers(onList, { result: 'refused', code: 'inquiry_runs' }, staff('o', 'dpupr')).thenRefused('NOT_RESPONSIBLE');
    answers(closed, { result: 'refused', code: 'inquiry_runs' }).thenRefused('NO_ERASURE_ASKED');
  });
});
