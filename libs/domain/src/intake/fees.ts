import { Refusal, type IntakeData, type IntakeFact, type RecordedResolutionFact, type Sealed } from '@garda/contracts';
import { intakeFact } from '../shared/facts';
import type { IntakeCase, SubmittedCase } from './case';
import { submittedCase } from './submitted';

/** A bill as the citizen is told of it. */
export interface CitizenFee {
  /** Event id of resolution's FeeAssessed. */
  readonly ref: string;
  readonly line: string;
  readonly amount: number;
  readonly billingCode: string;
  readonly payBefore: string | null;
  readonly cancelled: boolean;
  /** Payments that came for it and did not go back, and those that did. */
  readonly paid: number;
  readonly refunded: number;
}

type Noted = IntakeData<'FeeNoted'>;

/** Where a bill stands: what is with the office counts, then what the office said. */
export function billState({ cancelled, paid, refunded }: CitizenFee): Noted['state'] {
  if (paid === 0 && refunded > 0) return 'refunded';
  if (cancelled) return 'cancelled';
  return paid > 0 ? 'received' : 'assessed';
}

export function feesAfter(fees: readonly CitizenFee[], noted: Noted): readonly CitizenFee[] {
  const { fee: ref, state, line = '', amount = 0, billingCode = '', payBefore = null } = noted;
  if (state === 'assessed')
    return [...fees, { ref, line, amount, billingCode, payBefore, cancelled: false, paid: 0, refunded: 0 }];
  return fees.map((fee) => (fee.ref === ref ? changed(fee, state) : fee));
}

function changed(fee: CitizenFee, state: Noted['state']): CitizenFee {
  switch (state) {
    case 'received':
      return { ...fee, paid: fee.paid + 1 };
    case 'refunded':
      return { ...fee, paid: fee.paid - 1, refunded: fee.refunded + 1 };
    case 'cancelled':
      return { ...fee, cancelled: true };
    case 'assessed':
      return fee;
  }
}

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
  if (!mayClaim(known)) throw new Refusal('NOT_DECIDED', `the case is ${known.status}`);
  if (!known.fees.some(({ paid }) => paid > 0)) throw new Refusal('NO_FEE_RECEIVED', 'no payment is known');
  if (known.claimed) throw new Refusal('REFUND_CLAIMED', 'a refund was claimed');
  return [intakeFact('RefundClaimed', { caseId: known.file.caseId, sealed: [...command.sealed] })];
}

/** Whether the case stands where a refund may be asked for. */
function mayClaim({ status }: SubmittedCase): boolean {
  return status === 'decided' || status === 'closed' || status === 'withdrawn';
}

export function canClaim(known: SubmittedCase): boolean {
  return mayClaim(known) && known.fees.some(({ paid }) => paid > 0) && !known.claimed;
}
