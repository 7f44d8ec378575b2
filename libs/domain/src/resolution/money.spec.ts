import { accepted, assigned, caseId, heard, known, resolved, terms, work } from '../../test/facts';
import { withdrawn } from '../../test/disputes';
import { at, id, monday, specFor, type Fact } from '../../test/spec';
import { intakeFact, resolutionFact } from '../shared/facts';
import { resolutionFold } from './evolve';
import { resolutionReaction } from './reactions';

const given = specFor(resolutionFold);
const unit = 'dishub';
const of = { terms: terms('LH-02'), content: 'private' as const };
const [lamp, cable] = [id('bill for the lamp'), id('bill for the cable')];
const tuesday = '2026-02-03T02:00:00.000Z';
const assessed = (line: string, amount: number, billingCode: string) =>
  resolutionFact('FeeAssessed', { caseId, unit, line, amount, billingCode, payBefore: '10wd' });
const owing = [
  ...[known(of), work(unit, 0, of), assigned('officer', unit), accepted('officer', unit)],
  at(monday, assessed('KAKUS-1', 150_000, 'b1'), lamp),
  at(monday, assessed('CAP-1', 90_000, 'b2'), cable),
];
const paid = (fee: string, amount: number) =>
  resolutionFact('FeeReceived', {
    ...{ caseId, fee, amount, bankReference: `r ${amount}`, channel: 'qris', paidAt: monday, counts: true },
  });
const told = (about: string, when: string) => resolutionFact('CitizenTold', { caseId, about, at: when, wait: 'fee' });
const fees = (...facts: readonly Fact[]) => {
  const { state } = given(...facts);
  return 'money' in state ? state.money.fees.map((fee) => ({ state: fee.state, told: fee.told })) : [];
};
const open = { state: 'open', told: null };

describe('of two bills of one case', () => {
  it('only the one that was paid or cancelled is not owed any more', () => {
    expect(fees(...owing, paid(cable, 90_000))).toEqual([open, { ...open, state: 'paid' }]);
    const cancelled = resolutionFact('FeeAssessmentCancelled', { caseId, unit, fee: cable, reason: 'by mistake' });
    expect(fees(...owing, cancelled)).toEqual([open, { ...open, state: 'cancelled' }]);
  });
  it('the one that was paid stays paid when the other lapses with the decision', () =>
    expect(fees(...owing, paid(lamp, 150_000), resolved('no_answer', unit)).map(({ state }) => state)).toEqual([
      'paid',
      'lapsed',
    ]));
  it('each has the time at which the citizen was told of it, and the first time counts', () => {
    expect(fees(...owing, told(cable, monday))).toEqual([open, { ...open, told: monday }]);
    const both = [...owing, told(cable, monday), told(lamp, tuesday)];
    expect(fees(...both)).toEqual([
      { ...open, told: tuesday },
      { ...open, told: monday },
    ]);
    expect(fees(...both, told(cable, tuesday))).toEqual(fees(...both));
  });
});

describe('of two payments of one case', () => {
  const [one, other] = [id('payment for the lamp'), id('payment for the cable')];
  const both = [...owing, at(monday, paid(lamp, 150_000), one), at(monday, paid(cable, 90_000), other), withdrawn];
  const asksBack = (payment: string, amount: number) =>
    resolutionFact('RefundRequested', { caseId, payment, amount, reason: 'claim' });
  const [first, second] = [id('first refund'), id('second refund')];
  const asked = [...both, at(monday, asksBack(one, 150_000), first), at(monday, asksBack(other, 90_000), second)];
  const decided = (refund: string, granted: boolean) =>
    resolutionFact('RefundDecided', { caseId, refund, granted, unit: 'bpkpad', by: 'treasurer' });
  const back = (refund: string, fee: string, amount: number) =>
    resolutionFact('FeeRefunded', { caseId, refund, fee, amount, bankReference: 'back', unit: 'bpkpad' });
  const refunds = (...facts: readonly Fact[]) => {
    const { state } = given(...facts);
    return 'money' in state ? state.money.refunds.map((refund) => refund.state) : [];
  };

  it('a claim asks for what was not asked back before', () =>
    given(...both, asksBack(one, 150_000))
      .when((state, all) =>
        resolutionReaction(state, heard(intakeFact('RefundClaimed', { caseId, sealed: [] }), id('claim')), all),
      )
      .then(resolutionFact('RefundClaimReceived', { caseId, claim: id('claim') }), asksBack(other, 90_000)));
  it('each is granted or refused, and paid back, for itself', () => {
    expect(refunds(...asked, decided(second, true))).toEqual(['requested', 'granted']);
    expect(refunds(...asked, decided(second, true), decided(first, false))).toEqual(['refused', 'granted']);
    const all = [...asked, decided(second, true), decided(first, false), back(second, cable, 90_000)];
    expect(refunds(...all)).toEqual(['refused', 'paid']);
  });
});
