import { caseId, citizen, importer, staff, submit, submitted } from '../../test/facts';
import { afterReform } from '../../test/reform';
import { at, givenAt, id, monday, specFor } from '../../test/spec';
import { intakeFact } from '../shared/facts';
import { UnknownFactError, type Given } from '../shared/fold';
import { intakeFold } from './evolve';
import { checkSlip, issueSlips, revokeSlip, slipBookFold, type SlipBook } from './slips';
import { reissueCode } from './staff';
import { submitCase } from './submit';

const given = specFor(slipBookFold);
const book = id('book');
const numbers = ['012345678', '0123456AB'];
const issued = at(monday, intakeFact('SlipBookIssued', { book, unit: 'desa-a', numbers }));
const revoked = intakeFact('SlipRevoked', { book, unit: 'desa-a', number: '0123456AB', reason: 'lost' });
const camat = staff('camat', 'kec-01');
const clerk = staff('clerk', 'desa-a');

describe('a book of slips', () => {
  const issue =
    (actor = camat, unit = 'desa-a') =>
    (state: SlipBook, now: ReturnType<typeof givenAt>) =>
      issueSlips(state, { actor, book, unit, numbers }, now);

  it('is issued by the district to its villages, and by the quality unit to anybody', () => {
    for (const actor of [camat, staff('q', 'upkp2')]) given().when(issue(actor)).then(issued);
    given()
      .when(issue(staff('x', 'dishub')))
      .thenRefused('NOT_RESPONSIBLE');
    given().when(issue(citizen)).thenRefused('NOT_RESPONSIBLE');
    given().when(issue(camat, 'nowhere')).thenRefused('UNIT_UNKNOWN');
    given(issued).when(issue()).thenRefused('CASE_EXISTS');
  });

  it('loses a slip once', () => {
    const revoke =
      (number = '0123456AB', actor = camat) =>
      (state: SlipBook, now: ReturnType<typeof givenAt>) =>
        revokeSlip(state, { actor, number, reason: 'lost' }, now);
    given(issued).when(revoke()).then(revoked);
    given(issued, revoked).when(revoke()).then();
    given(issued).when(revoke('0123456ZZ')).thenRefused('SLIP_UNKNOWN');
    given().when(revoke()).thenRefused('SLIP_UNKNOWN');
    given(issued)
      .when(revoke('0123456AB', staff('x', 'dishub')))
      .thenRefused('NOT_RESPONSIBLE');
  });

  it('holds what was given out, and what was lost of it, and nothing else', () => {
    const open = { status: 'issued', book, unit: 'desa-a', numbers, revoked: [], issuedAt: monday };
    expect(given(issued).state).toEqual(open);
    expect(given(issued, revoked).state).toEqual({ ...open, revoked: ['0123456AB'] });
    for (const facts of [[revoked], [issued, submitted()]]) expect(() => given(...facts)).toThrow(UnknownFactError);
  });

  it('serves the desk that came after the one it is for, and no new book is for a desk that ended', () => {
    const catalogue = afterReform(['desa-a', 'desa-c']);
    const uses = (unit: string) => (state: SlipBook) => {
      checkSlip(state, { actor: staff('clerk', unit), number: '012345678' }, { catalogue });
      return [];
    };
    given(issued).when(uses('desa-c')).then();
    given(issued).when(uses('desa-a')).thenRefused('SLIP_UNKNOWN');
    given()
      .when((state) =>
        issueSlips(state, { actor: staff('camat', 'kec-01'), book, unit: 'desa-a', numbers }, { catalogue }),
      )
      .thenRefused('UNIT_UNKNOWN');
  });
  it('serves the desk it is for, and no slip before it was given out or after it was revoked', () => {
    const use =
      (number: string, more: Partial<Parameters<typeof checkSlip>[1]> = {}) =>
      (state: SlipBook, all: Pick<Given, 'catalogue'>) => {
        checkSlip(state, { actor: clerk, number, ...more }, all);
        return [];
      };
    given(issued).when(use('012345678')).then();
    given(issued)
      .when(use('012345678', { receivedAt: monday }))
      .then();
    given(issued)
      .when(use('012345678', { receivedAt: '2026-02-01T01:00:00.000Z' }))
      .thenRefused('SLIP_TOO_EARLY');
    given(issued, revoked).when(use('0123456AB')).thenRefused('SLIP_REVOKED');
    given(issued, revoked).when(use('012345678')).then();
    given().when(use('012345678')).thenRefused('SLIP_UNKNOWN');
    given(issued).when(use('0123456ZZ')).thenRefused('SLIP_UNKNOWN');
    given(issued)
      .when(use('012345678', { actor: camat }))
      .thenRefused('SLIP_UNKNOWN');
    given(issued)
      .when(use('012345678', { actor: importer }))
      .thenRefused('SLIP_NEEDS_DESK');
  });
});

describe('a case with a slip', () => {
  const slip = { number: '012345678', line: 1 };
  const letter = { standard: 'DS-02', content: 'private' as const, objectPlace: {}, area: '33.25.01.2001' };
  const hand = (now: string, receivedAt?: string) =>
    submitCase({ status: 'none' }, submit(letter, { actor: clerk, slip, receivedAt }), givenAt(now))[0]?.data;

  it('counts from the date on the slip, and is flagged when it is typed late', () => {
    expect(hand('2026-02-03T01:00:00.000Z', monday)).toMatchObject({
      receivedAt: monday,
      slip: { ...slip, late: false },
    });
    // Three working days end with Thursday's office.
    expect(hand('2026-02-05T09:00:00.000Z', monday)).toMatchObject({ slip: { ...slip, late: false } });
    expect(hand('2026-02-05T09:00:00.001Z', monday)).toMatchObject({ slip: { ...slip, late: true } });
    expect(hand('2026-02-10T01:00:00.000Z', monday)).toMatchObject({
      receivedAt: monday,
      slip: { ...slip, late: true },
    });
    expect(() => hand(monday, '2026-02-03T01:00:00.000Z')).toThrow(
      expect.objectContaining({ code: 'RECEIVED_IN_FUTURE' }),
    );
  });
});

describe('a lost code', () => {
  const spec = specFor(intakeFold);
  const codeHash = 'b'.repeat(64);
  const reissue =
    (actor = camat) =>
    (state: Parameters<typeof reissueCode>[0]) =>
      reissueCode(state, { caseId, actor, body: { slip: '012345678' }, codeHash });

  it('is replaced for a named person at a desk', () => {
    const fact = intakeFact('TrackingCodeReissued', { caseId, unit: 'kec-01', slip: '012345678', codeHash });
    spec(submitted()).when(reissue()).then(fact);
    expect(spec(submitted({ codeHash: 'a'.repeat(64) }), fact).state).toMatchObject({ codeHash });
  });

  it('is lost for whoever gave no name, and nobody replaces it from afar', () => {
    spec(submitted({ identity: 'withheld' }))
      .when(reissue())
      .thenRefused('CODE_NEEDS_NAMED');
    spec(submitted()).when(reissue(citizen)).thenRefused('SLIP_NEEDS_DESK');
    spec().when(reissue()).thenRefused('CASE_NOT_FOUND');
  });
});
