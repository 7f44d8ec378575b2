import type { DeclaredMoney } from '@garda/contracts';
import { caseId, submitted, terms, words } from '../../test/facts';
import { catalogue } from '../../test/catalogue';
import { id, monday, recorded, specFor, type Fact } from '../../test/spec';
import { intakeFact } from '../shared/facts';
import { foldAll, type Given } from '../shared/fold';
import type { IntakeCase } from './case';
import { intakeFold } from './evolve';
import { declaredFold, declarePayment, type Declared } from './declared';

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
    given()
      .when(declare({ line: 'KAKUS-1' }, caseOf(submitted())))
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
