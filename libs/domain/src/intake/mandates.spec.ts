import type { Actor } from '@garda/contracts';
import fc from 'fast-check';
import { rows } from '../../test/catalogue';
import { applicant, caseId, citizen, heard, known, staff, submitted, words } from '../../test/facts';
import { at, givenAt, id, monday, recorded, specFor } from '../../test/spec';
import { resolutionFold } from '../resolution/evolve';
import { resolutionReaction } from '../resolution/reactions';
import { foldAll } from '../shared/fold';
import { Catalogue } from '../shared/catalogue';
import { intakeFact, resolutionFact } from '../shared/facts';
import type { IntakeCase } from './case';
import { intakeFold } from './evolve';
import { intakeCommands } from './commands';
import { confirmedUnit, openMandate } from './mandate';
import { fireIntake, intakeDue } from './due';
import { confirmMandate, mandateEndsAt, revokeMandate } from './mandates';
import { noteNotification } from './notify';
import { intakeTasks } from './tasks';

const given = specFor(intakeFold);
const clerk = staff('clerk', 'desa-a');
const quality = staff('quality', 'upkp2');
const mandate = id('m');
const recordedFact = intakeFact('MandateRecorded', { caseId, unit: 'desa-a', carrier: 'clerk', term: '30wd' });
const begun = at(monday, recordedFact, mandate);
const confirmed = intakeFact('MandateConfirmed', { caseId, mandate });
const ended = (reason: 'fulfilled' | 'expired' | 'revoked' | 'replaced') =>
  intakeFact('MandateEnded', { caseId, mandate, reason });
const warned = intakeFact('DutyDue', { caseId, duty: 'mandate_ends', rung: 1, ref: mandate, unit: 'desa-a' });

type Name = 'record-mandate' | 'change-carrier' | 'end-mandate' | 'provide-information';
const command =
  (name: Name, actor: Actor = clerk, body: object = {}) =>
  (state: IntakeCase, now: ReturnType<typeof givenAt>) =>
    (intakeCommands[name] as (...of: unknown[]) => ReturnType<typeof confirmMandate>)(
      state,
      { caseId, actor, body, sealedWords: words },
      now,
    );

describe('a mandate', () => {
  it('is written down by the desk that takes it, or by the quality unit', () => {
    given(submitted())
      .when(command('record-mandate', clerk, { carrier: 'clerk' }))
      .then(recordedFact);
    given(submitted())
      .when(command('record-mandate', quality, { carrier: 'clerk', unit: 'desa-a' }))
      .then(recordedFact);
    given(submitted())
      .when(command('record-mandate', clerk, { carrier: 'x', unit: 'dishub' }))
      .thenRefused('NOT_RESPONSIBLE');
    given(submitted())
      .when(command('record-mandate', citizen, { carrier: 'x' }))
      .thenRefused('NOT_RESPONSIBLE');
    given(submitted())
      .when(command('record-mandate', quality, { carrier: 'x', unit: 'nowhere' }))
      .thenRefused('UNIT_UNKNOWN');
    given()
      .when(command('record-mandate', clerk, { carrier: 'x' }))
      .thenRefused('CASE_NOT_FOUND');
  });

  it('is never given to the unit that the case is about', () => {
    given(submitted({ reportedUnit: 'desa-a' }))
      .when(command('record-mandate', quality, { carrier: 'clerk', unit: 'desa-a' }))
      .thenRefused('UNIT_IS_REPORTED');
    given(submitted({ reportedUnit: 'desa-a' }))
      .when(command('record-mandate', clerk, { carrier: 'clerk' }))
      .thenRefused('UNIT_JUDGES_ITSELF');
  });

  it('ends the one before it', () => {
    given(submitted(), begun)
      .when(command('record-mandate', clerk, { carrier: 'clerk' }))
      .then(ended('replaced'), recordedFact);
  });

  it('is confirmed once, by the code holder, by its name', () => {
    const confirm =
      (ref = mandate) =>
      (state: IntakeCase) =>
        confirmMandate(state, { mandate: ref });
    given(submitted(), begun).when(confirm()).then(confirmed);
    given(submitted(), begun, confirmed).when(confirm()).thenRefused('MANDATE_CONFIRMED');
    given(submitted(), begun)
      .when(confirm(id('other')))
      .thenRefused('MANDATE_MISSING');
    given(submitted(), begun, ended('expired')).when(confirm()).thenRefused('MANDATE_MISSING');
  });

  it('is taken back by the code holder at any time', () => {
    const revoke = (state: IntakeCase) => revokeMandate(state, { mandate });
    for (const facts of [[], [confirmed], [confirmed, warned]])
      given(submitted(), begun, ...facts)
        .when(revoke)
        .then(ended('revoked'));
    given(submitted(), begun, ended('fulfilled')).when(revoke).thenRefused('MANDATE_MISSING');
  });

  it('is carried by another when its unit says so', () => {
    const changed = intakeFact('MandateCarrierChanged', { caseId, mandate, carrier: 'other' });
    given(submitted(), begun)
      .when(command('change-carrier', clerk, { carrier: 'other' }))
      .then(changed);
    given(submitted(), begun)
      .when(command('change-carrier', clerk, { carrier: 'clerk' }))
      .then();
    given(submitted(), begun)
      .when(command('change-carrier', quality, { carrier: 'other' }))
      .thenRefused('NOT_RESPONSIBLE');
    given(submitted())
      .when(command('change-carrier', clerk, { carrier: 'other' }))
      .thenRefused('MANDATE_MISSING');
  });

  it('is ended by its unit or the quality unit when it is fulfilled', () => {
    for (const actor of [clerk, quality])
      given(submitted(), begun).when(command('end-mandate', actor)).then(ended('fulfilled'));
    given(submitted(), begun)
      .when(command('end-mandate', staff('x', 'dishub')))
      .thenRefused('NOT_RESPONSIBLE');
    given(submitted()).when(command('end-mandate')).thenRefused('MANDATE_MISSING');
  });

  it('lets its unit answer for the citizen only once he has confirmed it', () => {
    const answer = command('provide-information', clerk, { items: ['photo'], words: 'x' });
    const provided = intakeFact('InformationProvided', { caseId, items: ['photo'], sealed: [words] });
    given(submitted(), begun, confirmed).when(answer).then(provided);
    given(submitted(), begun).when(answer).thenRefused('MANDATE_MISSING');
    given(submitted(), begun, confirmed, ended('revoked')).when(answer).thenRefused('MANDATE_MISSING');
    given(submitted(), begun, confirmed)
      .when(command('provide-information', quality, { items: [], words: 'x' }))
      .thenRefused('MANDATE_MISSING');
    given(submitted())
      .when(command('provide-information', citizen, { items: [], words: 'x' }))
      .thenRefused('MANDATE_MISSING');
  });
});

describe('the clock of a mandate', () => {
  const catalogue = new Catalogue(rows);
  const state = (...facts: Parameters<typeof recorded>[0]) =>
    foldAll(intakeFold, recorded([submitted(), begun, ...facts]));
  const due = (of: IntakeCase) => intakeDue(of, catalogue).map(({ rung, dueAt }) => [rung, dueAt] as const);
  const rung = (n: number) => ({ clock: 'mandate', startedVersion: 2, rung: n });

  it('warns three working days before its end and then ends it; each once', () => {
    const [warning, end] = due(state());
    expect([warning?.[0], end?.[0]]).toEqual([1, 2]);
    const spec = given(submitted(), begun);
    spec.when((of, now) => fireIntake(of, rung(1), now), warning?.[1]).then(warned);
    spec.when((of, now) => fireIntake(of, rung(2), now), warning?.[1]).then();
    given(submitted(), begun, warned)
      .when((of, now) => fireIntake(of, rung(1), now), end?.[1])
      .then();
    given(submitted(), begun, warned)
      .when((of, now) => fireIntake(of, rung(2), now), end?.[1])
      .then(ended('expired'));
    expect(due(state(warned))).toEqual([end]);
    expect(due(state(ended('revoked')))).toEqual([]);
    expect(due({ status: 'none' })).toEqual([]);
  });

  it('is a task of the desk from the warning until the mandate is over', () => {
    const [warning] = due(state());
    const task = [{ what: 'mandate_ends', unit: 'desa-a', since: warning?.[1] }];
    expect(intakeTasks(state(), catalogue)).toEqual([]);
    expect(intakeTasks(state(warned), catalogue)).toEqual(task);
    expect(intakeTasks(state(confirmed, warned), catalogue)).toEqual(task);
    expect(intakeTasks(state(warned, ended('fulfilled')), catalogue)).toEqual([]);
  });

  it('tells the citizen what it did, and nothing of what he did himself', () => {
    const news = (...facts: Parameters<typeof recorded>[0]) => {
      const of = state(...facts);
      return of.status === 'none' ? [] : of.news.map(({ ref }) => ref);
    };
    expect(news(at(monday, warned, id('w')), at(monday, ended('expired'), id('e')))).toEqual([id('w'), id('e')]);
    expect(news(confirmed, ended('revoked'))).toEqual([]);
    expect(state(at(monday, warned, id('w')))).toMatchObject({
      news: [{ ref: id('w'), at: monday, told: null, toldAt: null, failed: [] }],
    });
    given(submitted(), begun, at(monday, warned, id('w')))
      .when((of) => noteNotification(of, { about: id('w'), channel: 'page', ok: true }))
      .then(intakeFact('CitizenNotified', { caseId, about: id('w'), channel: 'page', ok: true }));
  });

  it('is the same whatever happens beside it, and warns before it ends', () => {
    const beside = [confirmed, intakeFact('MandateCarrierChanged', { caseId, mandate, carrier: 'z' })];
    fc.assert(
      fc.property(fc.subarray(beside), fc.integer({ min: 1, max: 60 }), (facts, days) => {
        const own = at(
          monday,
          intakeFact('MandateRecorded', { caseId, unit: 'desa-a', carrier: 'c', term: `${days}wd` }),
          mandate,
        );
        const of = foldAll(intakeFold, recorded([submitted(), own, ...facts]));
        const [warning, end] = due(of);
        expect(Date.parse(warning?.[1] ?? '')).toBeLessThanOrEqual(Date.parse(end?.[1] ?? ''));
        const open = of.status === 'none' ? undefined : openMandate(of);
        if (of.status !== 'none' && open !== undefined) expect(end?.[1]).toBe(mandateEndsAt(of.file, open, catalogue));
      }),
    );
  });
});

describe('resolution', () => {
  const work = specFor(resolutionFold);
  const noted = (state: 'recorded' | 'confirmed' | 'ended', carrier = 'clerk') =>
    resolutionFact('MandateNoted', { caseId, mandate, state, unit: 'desa-a', carrier });
  const hear = (fact: Parameters<typeof heard>[0], ref = id('foreign')) => ({
    by: (state: Parameters<typeof resolutionReaction>[0], now: ReturnType<typeof givenAt>) =>
      resolutionReaction(state, heard(fact, ref), now),
  });

  it('takes over who acts for the citizen', () => {
    work(known()).when(hear(recordedFact, mandate).by).then(noted('recorded'));
    work(known(), noted('recorded')).when(hear(confirmed).by).then(noted('confirmed'));
    const changed = intakeFact('MandateCarrierChanged', { caseId, mandate, carrier: 'other' });
    work(known(), noted('confirmed')).when(hear(changed).by).then(noted('confirmed', 'other'));
    work(known(), noted('confirmed'))
      .when(hear(ended('expired')).by)
      .then(noted('ended'));
    work(known()).when(hear(confirmed).by).then();
  });
});

it('each mandate is told of as it stands', () => {
  const next = { ...begun, eventId: id('next') };
  const as = { unit: 'desa-a', carrier: 'clerk', term: '30wd', at: monday, ended: null, warned: false };
  const mandatesAfter = (...facts: Parameters<typeof recorded>[0]) => {
    const { state } = given(submitted(), begun, ...facts);
    return state.status === 'none' ? [] : state.mandates;
  };
  expect(mandatesAfter()).toEqual([{ ...as, ref: mandate, version: 2, state: 'recorded' }]);
  const changed = intakeFact('MandateCarrierChanged', { caseId, mandate: id('next'), carrier: 'other' });
  expect(mandatesAfter(ended('replaced'), next, changed)).toEqual([
    { ...as, ref: mandate, version: 2, state: 'ended', ended: 'replaced' },
    { ...as, ref: id('next'), version: 4, state: 'recorded', carrier: 'other' },
  ]);
});

it('a citizen has one mandate at most, and only a confirmed one counts', () => {
  const state = foldAll(intakeFold, recorded([submitted({ sealTo: [applicant] }), begun]));
  if (state.status === 'none') throw new Error('no case');
  expect([openMandate(state)?.ref, confirmedUnit(state)]).toEqual([mandate, undefined]);
});
