import type { IntakeData } from '@garda/contracts';
import { caseId, submitted, words } from '../../test/facts';
import { id, monday, specFor, type Fact } from '../../test/spec';
import { intakeFact } from '../shared/facts';
import type { IntakeCase } from './case';
import { intakeFold } from './evolve';
import { billState } from './fee';
import { canClaim, claimRefund } from './fees';

const given = specFor(intakeFold);
const fee = id('fee');
const noted = (state: IntakeData<'FeeNoted'>['state']) =>
  intakeFact('FeeNoted', { caseId, state, fee, ref: id(state), at: monday, amount: 150_000, line: 'KAKUS-1' });
const other = (state: 'assessed' | 'cancelled') =>
  intakeFact('FeeNoted', { caseId, state, fee: id('another'), ref: id(state), at: monday, amount: 1, line: 'CAP-1' });
const progress = (state: IntakeData<'CaseProgressNoted'>['state'], fact: string, ref: string) =>
  intakeFact('CaseProgressNoted', { caseId, state, fact, ref, at: monday });
const decided = progress('decided', 'CaseResolved', id('decision'));
const paid = [submitted(), noted('assessed'), noted('received')];
const claim = (state: IntakeCase) => claimRefund(state, { sealed: [words] });

it('a bill stands where what was told of it left it', () => {
  const states = (...facts: readonly Fact[]) => {
    const { state } = given(submitted(), noted('assessed'), ...facts);
    return state.status === 'none' ? [] : state.fees.map(billState);
  };
  expect(states()).toEqual(['assessed']);
  expect(states(noted('received'))).toEqual(['received']);
  expect(states(noted('received'), noted('cancelled'))).toEqual(['cancelled']);
  expect(states(noted('received'), noted('cancelled'), noted('refunded'))).toEqual(['refunded']);
  const others = [other('assessed'), other('cancelled')];
  expect(states(noted('received'), ...others)).toEqual(['received', 'cancelled']);
  // Paid twice, one of them paid back.
  expect(states(noted('received'), noted('received'), noted('refunded'))).toEqual(['received']);
});

describe('asking the money back', () => {
  const claimed = intakeFact('RefundClaimed', { caseId, sealed: [words] });
  it('is for whoever paid, after the decision, the closing or the withdrawal', () => {
    for (const end of [
      decided,
      progress('closed', 'CaseClosed', id('c')),
      progress('withdrawn', 'WithdrawalReceived', id('w')),
    ])
      given(...paid, end)
        .when(claim)
        .then(claimed);
    given(...paid, other('assessed'), decided)
      .when(claim)
      .then(claimed);
    given(...paid)
      .when(claim)
      .thenRefused('NOT_DECIDED');
    given(submitted(), noted('assessed'), decided).when(claim).thenRefused('NO_FEE_RECEIVED');
    given().when(claim).thenRefused('CASE_NOT_FOUND');
  });
  it('is done once', () => {
    given(...paid, decided, claimed)
      .when(claim)
      .thenRefused('REFUND_CLAIMED');
    const may = (...facts: readonly Fact[]) => {
      const { state } = given(...facts);
      return state.status !== 'none' && canClaim(state);
    };
    expect([may(...paid), may(...paid, decided), may(...paid, decided, claimed)]).toEqual([false, true, false]);
    expect(may(submitted(), noted('assessed'), decided)).toBe(false);
    const erased = intakeFact('PersonalDataErased', { caseId, request: id('e'), unit: 'upkp2', subjects: [] });
    expect(may(...paid, decided, intakeFact('ErasureRequested', { caseId }), erased)).toBe(false);
  });
});
