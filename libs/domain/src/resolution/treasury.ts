import { Refusal, type Actor, type ResolutionFact, type StaffCommandBody } from '@garda/contracts';
import { checkOccurredAt } from '../shared/actor';
import type { Catalogue } from '../shared/catalogue';
import type { StaffAsk } from '../shared/commands';
import { citizensTermEnd, ms, termEnd } from '../shared/deadline';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import { silences } from '../shared/silences';
import { isOpenWork, type KnownResolutionCase, type ResolutionCase, type WorkCase } from './case';
import { isCharged, type Fee, type Refund } from './fees';
import { endedBySilence } from './start';

/** The program of the bank that tells of payments. */
const paymentChannel = 'payment_channel';
const [afterReminder] = silences.fee_not_paid.terms;

/** When the citizen is reminded of a bill: his term runs from when he was told, as for a question. */
export function reminderAt({ terms }: WorkCase['file'], fee: Fee, catalogue: Catalogue): string {
  return citizensTermEnd(catalogue.calendar(terms.calendar), fee, fee.payBefore);
}

/** When his silence on it becomes a decision. */
export function feeDueAt(file: WorkCase['file'], fee: Fee, catalogue: Catalogue): string {
  return termEnd(catalogue.calendar(file.terms.calendar), reminderAt(file, fee, catalogue), afterReminder);
}

/**
 * A payment, by the bank's own word or a treasurer who does not work on the case. One that comes too late, for a bill
 * that does not stand or a second time is recorded, and asked back for him at once. One that was made in time opens a
 * case again that was decided for want of it.
 */
export function confirmFee(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'confirm-fee'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = ofMoney(state, ask);
  const { actor, body } = ask;
  const program = actor.kind === 'program' && actor.id === paymentChannel;
  if (!program && !isTreasurer(known, actor, given.catalogue))
    throw new Refusal('NOT_A_PAYEE', 'the payment channel, or a treasurer who does not work on the case');
  const { billingCode, bankReference, channel, paidAt = given.now } = body;
  if (ms(paidAt) > ms(given.now)) throw new Refusal('RECEIVED_IN_FUTURE', 'nothing is paid in the future');
  const fee = known.money.fees.find((one) => one.billingCode === billingCode);
  if (fee === undefined) throw new Refusal('FEE_UNKNOWN', 'no bill of this case has the code');
  if (known.money.payments.some((one) => one.fee === fee.ref && one.bankReference === bankReference)) return [];
  const { caseId } = known.file;
  const { ref, amount } = fee;
  const inTime = ms(paidAt) <= ms(feeDueAt(known.file, fee, given.catalogue));
  const counts = fee.state === 'open' || (inTime && stillCounts(known, fee));
  const payment = given.nextId();
  const received = resolutionFact('FeeReceived', {
    ...{ caseId, fee: ref, amount, bankReference, channel, paidAt, counts },
  });
  if (!counts)
    return [received, resolutionFact('RefundRequested', { caseId, payment, amount, reason: reasonOf(known, fee) })];
  // While the decision is disputed, the dispute decides first.
  return fee.state === 'lapsed' && !isOpenWork(known) && known.status !== 'disputed'
    ? [received, resolutionFact('CaseReopened', { caseId, reason: 'answered' })]
    : [received];
}

/** A bill that lapsed: while the work goes on again, or was only ended for want of it, and nobody billed the line anew. */
function stillCounts(known: KnownResolutionCase, fee: Fee): boolean {
  return fee.state === 'lapsed' && !isCharged(known.money, fee.line) && (isOpenWork(known) || endedBySilence(known));
}

function reasonOf(known: KnownResolutionCase, fee: Fee) {
  const { state } = fee;
  if (state === 'paid' || (state === 'lapsed' && isCharged(known.money, fee.line))) return 'paid_twice';
  if (state === 'cancelled') return 'cancelled';
  const withdrawn = known.status === 'withdrawn' || ('reason' in known && known.reason === 'withdrawn');
  return withdrawn ? 'withdrawn' : 'late';
}

/** The treasury grants a refund or refuses it; whatever became of the case. */
export function decideRefund(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'decide-refund'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = ofMoney(state, ask);
  const { id: by, unit } = treasurer(known, ask.actor, given.catalogue);
  const { refund, granted } = ask.body;
  if (refundOf(known, refund).state !== 'requested') throw new Refusal('REFUND_DECIDED', 'the refund is decided');
  const { caseId } = known.file;
  return [resolutionFact('RefundDecided', { caseId, refund, granted, unit, by })];
}

/** A granted refund was paid. */
export function refundFee(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'refund-fee'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = ofMoney(state, ask);
  const { unit } = treasurer(known, ask.actor, given.catalogue);
  const { refund, bankReference } = ask.body;
  const { state: now, amount, payment } = refundOf(known, refund);
  const fee = known.money.payments.find(({ ref }) => ref === payment)?.fee;
  if (now !== 'granted' || fee === undefined) throw new Refusal('REFUND_NOT_GRANTED', `the refund is ${now}`);
  const { caseId } = known.file;
  return [resolutionFact('FeeRefunded', { caseId, refund, fee, amount, bankReference, unit })];
}

function ofMoney(
  state: ResolutionCase,
  { actor, body }: StaffAsk<{ readonly occurredAt?: string | undefined }>,
): KnownResolutionCase {
  checkOccurredAt(actor, body.occurredAt);
  if (state.status === 'none') throw new Refusal('CASE_NOT_FOUND', 'resolution has no such case');
  return state;
}

type Staff = Extract<Actor, { kind: 'staff' }>;

function isTreasurer(known: KnownResolutionCase, actor: Actor, catalogue: Catalogue): actor is Staff {
  return catalogue.isOfKind(actor, 'treasury') && actor.kind === 'staff' && !known.workers.includes(actor.id);
}

function treasurer(known: KnownResolutionCase, actor: Actor, catalogue: Catalogue): Staff {
  if (!isTreasurer(known, actor, catalogue))
    throw new Refusal('NOT_A_PAYEE', 'a treasurer who does not work on the case');
  return actor;
}

function refundOf({ money }: KnownResolutionCase, ref: string): Refund {
  const found = money.refunds.find((refund) => refund.ref === ref);
  if (found === undefined) throw new Refusal('REFUND_UNKNOWN', 'the case has no such refund');
  return found;
}
