import { z } from 'zod';
import { paymentChannels } from '../events/money';
import { instant, term } from '../values';
import { command, occurredAt } from './define';

/** Commands about fees, payments and refunds. */
export const moneyCommands = {
  'assess-fee': command(
    'resolution',
    'fee.assess',
    'Assess a fee by a line of the pinned tariff',
    z.object({
      line: z.string().trim().min(1).max(60),
      amount: z.number().int().min(1).max(1_000_000_000_000),
      billingCode: z.string().trim().min(1).max(60),
      payBefore: term.default('10wd'),
      occurredAt,
    }),
  ),
  'cancel-fee': command(
    'resolution',
    'fee.assess',
    'Cancel an assessed fee; what was paid goes back',
    z.object({ billingCode: z.string().trim().min(1).max(60), reason: z.string().trim().min(1).max(60), occurredAt }),
  ),
  'confirm-fee': command(
    'resolution',
    'fee.confirm',
    'Confirm that a fee was received, by the bank’s reference',
    z.object({
      billingCode: z.string().trim().min(1).max(60),
      bankReference: z.string().trim().min(1).max(80),
      channel: paymentChannels,
      /** When it was paid, by the bank's record; left out: now. */
      paidAt: instant.optional(),
      occurredAt,
    }),
  ),
  'decide-refund': command(
    'resolution',
    'refund.decide',
    'Grant or refuse a refund',
    z.object({ refund: z.uuid(), granted: z.boolean(), occurredAt }),
  ),
  'refund-fee': command(
    'resolution',
    'fee.refund',
    'Say that a granted refund was paid',
    z.object({ refund: z.uuid(), bankReference: z.string().trim().min(1).max(80), occurredAt }),
  ),
} as const;
