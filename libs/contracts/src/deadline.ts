import { z } from 'zod';

const at = z.string().describe('ISO 8601, UTC');
const stage = z.number().int().optional().describe('Index into the stages, from 0; absent for a time of the whole');

/** What one step adds, and where the count stands after it. */
const counted = {
  adds: z
    .object({ unit: z.enum(['wd', 'd', 'min']), count: z.number() })
    .describe('Working days, calendar days, or minutes of office time'),
  daysOff: z
    .array(
      z.object({
        date: z.string(),
        why: z.enum(['weekend', 'national', 'joint', 'local']),
        name: z.string().optional().describe('As the calendar names it'),
      }),
    )
    .describe('Days that were passed over'),
  hours: z.array(z.object({ from: at, to: at })).describe('Office hours that were counted, where minutes are'),
  at,
};

/** One step on the way to a due date, as people and programs read it. Each goes on from where the one before stands. */
const deadlineStep = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('start'),
    why: z.enum(['desk', 'recorded', 'imported', 'handed_over', 'reopened']),
    at,
  }),
  z.object({
    what: z.literal('term'),
    why: z.enum(['stage', 'extension', 'supervision', 'reopened']),
    stage,
    time: z.string().describe('As the terms say it: 30min, 2h, 5wd, 30d'),
    ...counted,
  }),
  z.object({
    what: z.literal('stop'),
    why: z.array(z.enum(['question', 'fee', 'elsewhere'])).describe('Waited for an answer or a payment; with others'),
    from: at,
    until: at.describe('Until when it counts'),
    open: z.boolean().describe('It lasts; it is counted to its limit'),
    capped: z.boolean().describe('All stops of a case together count for 30 days: the rest counts for nothing'),
    ...counted,
  }),
]);

/** A due date with each step that led to it; the last one stands on it. */
export const explainedDue = z.object({
  dueAt: at,
  provisional: z.boolean().describe('Beyond the last day of the calendar: days off there are not known yet'),
  steps: z.array(deadlineStep),
});
export type ExplainedDueBody = z.infer<typeof explainedDue>;
