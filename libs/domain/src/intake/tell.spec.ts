import { caseId, citizen, familyCard, staff, submitted } from '../../test/facts';
import { at, givenAt, id, monday, specFor, type Fact } from '../../test/spec';
import { intakeFact } from '../shared/facts';
import type { IntakeCase } from './case';
import { intakeFold } from './evolve';
import { intakeCommands } from './commands';
import { intakeTasks } from './tasks';

const given = specFor(intakeFold);
const clerk = staff('clerk', 'desa-a');
const note = (n: string) =>
  at(
    monday,
    intakeFact('CaseProgressNoted', { caseId, ref: id(n), fact: 'ProgressReported', state: 'news', at: monday }),
  );
const notified = (n: string, channel: 'desk' | 'page' | 'file' | 'http', ok = true) =>
  intakeFact('CitizenNotified', { caseId, about: id(n), channel, ok });
const tell =
  (actor = clerk, body: { about?: string } = {}) =>
  (state: IntakeCase, now: ReturnType<typeof givenAt>) =>
    intakeCommands['tell-citizen'](state, { caseId, actor, body }, now);

describe('a desk tells the citizen', () => {
  it('everything that is new, or one piece of it; what he knows is not told again', () => {
    given(submitted(familyCard), note('a'), note('b')).when(tell()).then(notified('a', 'desk'), notified('b', 'desk'));
    given(submitted(familyCard), note('a'), note('b'))
      .when(tell(clerk, { about: id('b') }))
      .then(notified('b', 'desk'));
    given(submitted(familyCard), note('a'), notified('a', 'page'), note('b')).when(tell()).then(notified('b', 'desk'));
    given(submitted(familyCard), note('a'), notified('a', 'http', false))
      .when(tell())
      .then(notified('a', 'desk'));
  });

  it('nothing that is no news to him', () => {
    given(submitted(familyCard)).when(tell()).thenRefused('NOTHING_TO_TELL');
    given(submitted(familyCard), note('a'), notified('a', 'desk')).when(tell()).thenRefused('NOTHING_TO_TELL');
    given(submitted(familyCard), note('a'))
      .when(tell(clerk, { about: id('x') }))
      .thenRefused('NOTHING_TO_TELL');
  });

  it('only where it can know who he is, and never in a case about itself', () => {
    const quality = staff('q', 'upkp2');
    given(submitted({ identity: 'none' }), note('a'))
      .when(tell(quality))
      .thenRefused('CITIZEN_NOT_KNOWN');
    given(submitted({ identity: 'withheld' }), note('a'))
      .when(tell())
      .thenRefused('CITIZEN_NOT_KNOWN');
    given(submitted({ identity: 'withheld' }), note('a'))
      .when(tell(quality))
      .then(notified('a', 'desk'));
    given(submitted(familyCard), note('a')).when(tell(citizen)).thenRefused('NOT_RESPONSIBLE');
    given(submitted({ reportedUnit: 'desa-a' }), note('a'))
      .when(tell())
      .thenRefused('UNIT_JUDGES_ITSELF');
    given().when(tell()).thenRefused('CASE_NOT_FOUND');
  });
});

describe('the task to tell him', () => {
  const tasks = (...facts: readonly Fact[]) => intakeTasks(given(...facts).state, givenAt(monday).catalogue);
  const task = [{ what: 'tell_citizen', unit: 'desa-a', since: monday }];

  it('is the filing desk’s while he has left no address, until he is told, whoever tells him', () => {
    expect(tasks(submitted(familyCard))).toEqual([]);
    expect(tasks(submitted(familyCard), note('a'))).toEqual(task);
    for (const channel of ['desk', 'page'] as const)
      expect(tasks(submitted(familyCard), note('a'), notified('a', channel))).toEqual([]);
    expect(tasks(submitted(familyCard), note('a'), notified('a', 'page'), note('b'))).toEqual(task);
  });

  it('is there too where his address took no message', () => {
    const reachable = submitted({ ...familyCard, tellBy: 'http' });
    expect(tasks(reachable, note('a'))).toEqual([]);
    expect(tasks(reachable, note('a'), notified('a', 'http', false))).toEqual(task);
  });

  it('is nobody’s for whoever came to no desk, gave no name, complains about the desk, or was forgotten', () => {
    expect(tasks(submitted(), note('a'))).toEqual([]);
    expect(tasks(submitted({ ...familyCard, identity: 'withheld' }), note('a'))).toEqual([]);
    expect(tasks(submitted({ ...familyCard, reportedUnit: 'desa-a' }), note('a'))).toEqual([]);
    const request = intakeFact('ErasureRequested', { caseId });
    const erased = intakeFact('PersonalDataErased', { caseId, request: id('e'), unit: 'upkp2', subjects: [id('he')] });
    expect(tasks(submitted(familyCard), note('a'), request, erased)).toEqual([]);
    expect(intakeTasks({ status: 'none' }, givenAt(monday).catalogue)).toEqual([]);
  });
});
