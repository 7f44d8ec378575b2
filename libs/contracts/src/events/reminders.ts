import { z } from 'zod';
import { instant, unitCode } from '../values';
import { event } from './define';

/** Silences of the work that somebody is told of (domain, B.6). */
export const rungs = [
  'papers_not_acknowledged',
  'papers_not_sent_on',
  'papers_missing',
  'papers_not_fetched',
  'completeness_check',
  'fee_not_paid',
  'refund_not_decided',
  'refund_not_paid',
  'product_not_collected',
] as const;
export const rung = z.enum(rungs);
export type Rung = z.infer<typeof rung>;

/** A silence that was told of, once: of this start of its clock no second time. */
export const reminderEvents = {
  ReminderDue: event(
    'ReminderDue',
    1,
    z.object({
      caseId: z.uuid(),
      rung,
      /** From 1; what is told twice has a second step. */
      step: z.number().int().min(1).max(8),
      /** Version of the fact that started the clock. */
      startedVersion: z.number().int().min(1),
      /** The units whose heads are told now; none where it is the citizen. */
      to: z.array(unitCode).max(80),
      dueAt: instant,
    }),
  ),
} as const;
