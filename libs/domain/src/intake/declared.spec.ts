import type { DeclaredMoney } from '@garda/contracts';
import { caseId, submitted, terms, words } from '../../test/facts';
import { catalogue } from '../../test/catalogue';
import { at, id, monday, recorded, specFor, type Fact } from '../../test/spec';
import { intakeFact } from '../shared/facts';
import { foldAll, type Given } from '../shared/fold';
import type { IntakeCase } from './case';
import { intakeFold } from './evolve';
import { declaredFold, declarePayment, type Declared } from './declared';
import { againstAssessed } from './watched';

const given = specFor(declaredFold);
const caseOf = (...facts: readonly Fact[]): IntakeCase => foldAll(intakeFold, recorded(facts));
const septic = caseOf(submitted({ terms: terms('LH-02') }));
const money: DeclaredMoney = { amount: 50_000, to: 'village', forWhat: 'thanks', paidOn: '2026-02-02', receipt: false };
const declare =
  (more: Partial<DeclaredMoney> = {}, about: IntakeCase = septic) =>
  (state: Declared, { now }: Given) =>
    declarePayment(state, { ...money, ...more, sealed: [words] }, { about, now, catalogue });
const declared = (more: Partial<DeclaredMoney> = {}) =>
  intakeFact('PaymentDeclared', { caseId, ...money, ...more, sealed: [words] });

describe('a declared payment', () => {
  it('is the word of the code holder, in a stream of its own, as often as there is one', () => {
    given().when(declare()).then(declared());
    given(declared())
      .when(declare({ amount: 1, line: 'CAP-1' }))
      .then(declared({ amount: 1, line: 'CAP-1' }));
    given()
      .when(declare({ amount: 1_000_000_000 }))
      .then(declared({ amount: 1_000_000_000 }));
  });

  it('may be told in any state of the case, also when it is closed', () => {
    const closed = intakeFact('CaseProgressNoted', {
      ...{ caseId, state: 'closed', fact: 'CaseClosed', ref: id('c'), at: monday },
    });
    given()
      .when(declare({}, caseOf(submitted(), closed)))
      .then(declared());
  });

  it('is told up to the same day two years after receipt, in the office', () => {
    // 08:00 in Jakarta on 2 February 2026; the last day ends there at 17:00 UTC.
    given().when(declare(), '2028-02-02T16:59:59.000Z').then(declared());
    given().when(declare(), '2028-02-02T17:00:00.000Z').thenRefused('DECLARED_TOO_LATE');
  });

  it('is an amount that somebody can have paid, by now', () => {
    for (const amount of [0, -1, 1_000_000_001]) given().when(declare({ amount })).thenRefused('DECLARED_AMOUNT_WRONG');
    given()
      .when(declare({ paidOn: '2026-02-03' }))
      .thenRefused('PAID_IN_FUTURE');
    // It is the third there already.
    given()
      .when(declare({ paidOn: '2026-02-03' }), '2026-02-02T17:00:00.000Z')
      .then(declared({ paidOn: '2026-02-03' }));
  });

  it('names only a line that the pinned terms have, and a case that there is', () => {
    given()
      .when(declare({ line: 'OLD-1' }))
      .thenRefused('TARIFF_LINE_UNKNOWN');
    given().when(declare({}, caseOf())).thenRefused('CASE_NOT_FOUND');
  });

  it('is told fifty times of one case, and no more', () => {
    const many = (count: number) => Array.from({ length: count }, () => declared());
    given(...many(49))
      .when(declare())
      .then(declared());
    given(...many(50))
      .when(declare())
      .thenRefused('TOO_MANY_DECLARED');
  });

  it('stands in no other stream, and no other fact in its own', () => {
    expect(() => caseOf(submitted(), declared())).toThrow('no rule knows the fact PaymentDeclared');
    expect(() => foldAll(declaredFold, recorded([submitted()]))).toThrow('no rule knows the fact CaseSubmitted');
  });
});

describe('declared against assessed', () => {
  const fee = (line: string, amount: number, state: 'assessed' | 'received' | 'cancelled', ref = line): Fact =>
    at(monday, intakeFact('FeeNoted', { caseId, state, fee: id(ref), ref: id(ref + state), at: monday, amount, line }));
  const compare = (said: readonly Partial<DeclaredMoney>[], ...facts: readonly Fact[]) => {
    const state = caseOf(submitted({ terms: terms('LH-02') }), ...facts);
    if (state.status === 'none') throw new Error('no case');
    return againstAssessed(
      state,
      said.map((one) => ({ ...money, ...one })),
    );
  };

  it('is watched above the ceiling of a line, whatever was assessed', () => {
    const cap = (...amounts: number[]) =>
      compare(
        amounts.map((amount) => ({ amount, line: 'CAP-1' })),
        fee('CAP-1', 100_000, 'assessed'),
      );
    expect(cap(60_000, 40_000)).toEqual({
      ...{ declared: 100_000, assessed: 100_000, received: 0, watched: false },
      lines: [{ line: 'CAP-1', declared: 100_000, assessed: 100_000, received: 0, ceiling: 100_000, watched: [] }],
    });
    expect(cap(60_000, 40_001)).toMatchObject({ watched: true, lines: [{ watched: ['above_ceiling'] }] });
  });

  it('is watched above what was assessed, where the line has no ceiling; a cancelled bill allows nothing', () => {
    const said = [{ amount: 150_000, line: 'KAKUS-1' }];
    const bill = fee('KAKUS-1', 150_000, 'assessed');
    expect(compare(said, bill, fee('KAKUS-1', 150_000, 'received'))).toMatchObject({
      ...{ assessed: 150_000, received: 150_000, watched: false },
    });
    expect(compare([{ ...said[0], amount: 150_001 }], bill)).toMatchObject({
      lines: [{ watched: ['above_assessed'] }],
    });
    expect(compare(said, bill, fee('KAKUS-1', 150_000, 'cancelled'))).toMatchObject({ assessed: 0, watched: true });
    expect(compare(said)).toMatchObject({ watched: true });
  });

  it('is watched where no line was named, unless it went to a body outside', () => {
    expect(compare([{}])).toMatchObject({ watched: true, lines: [{ line: null, watched: ['no_tariff'] }] });
    expect(compare([{ to: 'outside' }])).toMatchObject({ declared: 50_000, watched: false });
    expect(compare([{ to: 'outside' }, {}])).toMatchObject({ watched: true });
    expect(compare([])).toEqual({ declared: 0, assessed: 0, received: 0, watched: false, lines: [] });
  });

  it('takes a fee for that of the only line there is', () => {
    const [only] = (terms('LH-02').tariff ?? []).filter(({ line }) => line === 'CAP-1');
    if (only === undefined) throw new Error('no line');
    const state = caseOf(submitted({ terms: { ...terms('LH-02'), tariff: [only] } }));
    if (state.status === 'none') throw new Error('no case');
    const of = (forWhat: DeclaredMoney['forWhat']) => againstAssessed(state, [{ ...money, forWhat }]).lines;
    expect(of('fee')).toMatchObject([{ line: 'CAP-1', watched: [] }]);
    expect(of('faster')).toMatchObject([{ line: null, watched: ['no_tariff'] }]);
    // Of several lines none is guessed.
    expect(compare([{ forWhat: 'fee' }]).lines).toMatchObject([{ line: null }]);
  });

  it('has the lines in their order, and what none was named for last', () => {
    const { lines } = compare([{}, { line: 'KAKUS-1' }, { line: 'CAP-1' }]);
    expect(lines.map(({ line }) => line)).toEqual(['CAP-1', 'KAKUS-1', null]);
  });
});
