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
  // Paid twice, one of them paid back.
  expect(states(noted('received'), noted('received'), noted('refunded'))).toEqual(['received']);
});

describe('asking the money back', () => {
  it('is for whoever paid, after the decision, the closing or the withdrawal', () => {
    for (const end of [
      decided,
      progress('closed', 'CaseClosed', id('c')),
      progress('withdrawn', 'WithdrawalReceived', id('w')),
    ])
      given(...paid, end)
        .when(claim)
        .then(intakeFact('RefundClaimed', { caseId, sealed: [words] }));
    given(...paid)
      .when(claim)
      .thenRefused('NOT_DECIDED');
    given(submitted(), noted('assessed'), decided).when(claim).thenRefused('NO_FEE_RECEIVED');
    given().when(claim).thenRefused('CASE_NOT_FOUND');
  });
  it('is done once', () => {
    const claimed = intakeFact('RefundClaimed', { caseId, sealed: [] });
    given(...paid, decided, claimed)
      .when(claim)
      .thenRefused('REFUND_CLAIMED');
    const may = (...facts: readonly Fact[]) => {
      const { state } = given(...facts);
      return state.status !== 'none' && canClaim(state);
    };
    expect([may(...paid), may(...paid, decided), may(...paid, decided, claimed)]).toEqual([false, true, false]);
  });
});
