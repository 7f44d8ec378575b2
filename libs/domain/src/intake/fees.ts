import { Refusal, type IntakeData, type IntakeFact, type RecordedResolutionFact, type Sealed } from '@garda/contracts';
import { intakeFact } from '../shared/facts';
import type { IntakeCase, SubmittedCase } from './case';
import { checkNotErased, isErased } from './erasure';
import { submittedCase } from './submitted';

type Noted = IntakeData<'FeeNoted'>;

/** What resolution's fact does to a bill, as a note; undefined where it does nothing. */
export function feeNoted({ file: { caseId } }: SubmittedCase, fact: RecordedResolutionFact): Noted | undefined {
  const base = { caseId, ref: fact.eventId, at: fact.recordedAt };
  switch (fact.type) {
    case 'FeeAssessed': {
      const { line, amount, billingCode, payBefore } = fact.data;
      return { ...base, state: 'assessed', fee: fact.eventId, line, amount, billingCode, payBefore };
    }
    case 'FeeReceived':
      return { ...base, state: 'received', fee: fact.data.fee, amount: fact.data.amount };
    case 'FeeAssessmentCancelled':
      return { ...base, state: 'cancelled', fee: fact.data.fee };
    case 'FeeRefunded':
      return { ...base, state: 'refunded', fee: fact.data.fee, amount: fact.data.amount };
    default:
      return undefined;
  }
}

/** The code holder asks his money back, once, after the decision or the withdrawal; the treasury decides. */
export function claimRefund(state: IntakeCase, command: { readonly sealed: readonly Sealed[] }): readonly IntakeFact[] {
  const known = submittedCase(state);
  checkNotErased(known);
  const refusal = noClaim(known);
  if (refusal !== undefined) throw refusal;
  return [intakeFact('RefundClaimed', { caseId: known.file.caseId, sealed: [...command.sealed] })];
}

export function canClaim(known: SubmittedCase): boolean {
  return !isErased(known) && noClaim(known) === undefined;
}

/** Why no refund may be asked for now. */
function noClaim({ status, fees, claimed }: SubmittedCase): Refusal | undefined {
  if (status !== 'decided' && status !== 'closed' && status !== 'withdrawn')
    return new Refusal('NOT_DECIDED', `the case is ${status}`);
  if (!fees.some(({ paid }) => paid > 0)) return new Refusal('NO_FEE_RECEIVED', 'no payment is known');
  return claimed ? new Refusal('REFUND_CLAIMED', 'a refund was claimed') : undefined;
}
