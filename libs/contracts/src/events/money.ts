import { z } from 'zod';
import { instant, staffId, term, unitCode } from '../values';
import { event } from './define';

const caseId = z.uuid();
/** Whole rupiah. */
const amount = z.number().int().min(1).max(1_000_000_000_000);
const line = z.string().max(60);
const billingCode = z.string().max(60);

export const paymentChannels = z.enum(['bank', 'qris', 'agent', 'cash']);
export const refundReasons = z.enum(['claim', 'cancelled', 'late', 'withdrawn', 'paid_twice']);

/** What a case costs, by a line of its pinned tariff, and what became of the money. */
export const moneyEvents = {
  FeeAssessed: event(
    'FeeAssessed',
    1,
    z.object({
      caseId,
      unit: unitCode,
      line,
      amount,
      billingCode,
      /** How long he has from when he is told; then he is reminded. */
      payBefore: term,
    }),
  ),
  FeeAssessmentCancelled: event(
    'FeeAssessmentCancelled',
    1,
    z.object({ caseId, unit: unitCode, fee: z.uuid(), reason: z.string().max(60) }),
  ),
  FeeReceived: event(
    'FeeReceived',
    1,
    z.object({
      caseId,
      /** Event id of FeeAssessed. */
      fee: z.uuid(),
      amount,
      /** The bank's reference is the receipt. */
      bankReference: z.string().max(80),
      channel: paymentChannels,
      paidAt: instant,
      /** False: too late, cancelled, withdrawn or paid before; a refund follows at once. */
      counts: z.boolean(),
    }),
  ),
  RefundRequested: event(
    'RefundRequested',
    1,
    z.object({
      caseId,
      /** Event id of FeeReceived. */
      payment: z.uuid(),
      amount,
      reason: refundReasons,
    }),
  ),
  RefundDecided: event(
    'RefundDecided',
    1,
    z.object({
      caseId,
      /** Event id of RefundRequested. */
      refund: z.uuid(),
      granted: z.boolean(),
      unit: unitCode,
      by: staffId,
    }),
  ),
  FeeRefunded: event(
    'FeeRefunded',
    1,
    z.object({ caseId, refund: z.uuid(), fee: z.uuid(), amount, bankReference: z.string().max(80), unit: unitCode }),
  ),
  RefundClaimReceived: event('RefundClaimReceived', 1, z.object({ caseId, claim: z.uuid() })),
} as const;
