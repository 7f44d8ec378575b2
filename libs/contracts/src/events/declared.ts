import { z } from 'zod';
import { day, sealedSchema } from '../values';
import { event } from './define';

/** Whom the money went to: by the part he plays, never by a name. */
export const declaredTo = z.enum(['village', 'district', 'agency', 'treasury', 'go_between', 'outside', 'other']);
/** What it was paid for, as he was told. */
export const declaredFor = z.enum(['fee', 'faster', 'thanks', 'transport', 'copies', 'penalty', 'other']);

/** What a citizen says that he paid. Whole rupiah; what amount is believed, the rule says. */
export const declaredMoney = z.object({
  amount: z.number().int(),
  to: declaredTo,
  forWhat: declaredFor,
  /** The line of the tariff that was named to him, if one was. */
  line: z.string().max(60).optional(),
  paidOn: day,
  /** Whether he was given a receipt. */
  receipt: z.boolean(),
});
export type DeclaredMoney = z.infer<typeof declaredMoney>;

/**
 * Facts of intake's restricted log, stream `declared-…` of a case (rule 3). They never stand in the open log: nothing
 * that the handling unit can read moves when one arrives.
 */
export const declaredEvents = {
  PaymentDeclared: event(
    'PaymentDeclared',
    1,
    declaredMoney.extend({
      caseId: z.uuid(),
      /** His own words, sealed to himself. */
      sealed: z.array(sealedSchema).max(1),
    }),
  ),
} as const;
