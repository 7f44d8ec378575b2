import { pageQuery } from '@garda/service';
import { z } from 'zod';
import { taskBody } from '../case-file/case-file.body';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/**
 * What an inbox can be asked for. Without filters: every open case whose unit is in the reader's scope, and every case,
 * open or not, where one of these units has something to do.
 */
export const inboxQuery = pageQuery.extend({
  assigned: z.enum(['me', 'none', 'any']).default('any'),
  unit: z.string().max(60).optional(),
  standard: z.string().max(40).optional(),
  kind: z.string().max(20).optional(),
  status: z
    .enum(['known', 'pending', 'working', 'waiting', 'handed', 'decided', 'disputed', 'final', 'withdrawn', 'closed'])
    .optional()
    .describe('Also shows cases that are no longer open'),
  overdue: flag.optional(),
  triage: flag.optional(),
  tasks: flag.default(false).describe('Only cases with a task for the reader’s units'),
  related: flag.default(false).describe('Also cases that the unit filed or had a stage of'),
});
export type InboxQuery = z.infer<typeof inboxQuery>;

export const inboxItem = z.object({
  caseId: z.uuid(),
  number: z.string(),
  standard: z.string(),
  kind: z.string(),
  status: z.string(),
  routingStatus: z.string().nullable(),
  unit: z.string().nullable(),
  officer: z.string().nullable(),
  dueAt: z.string().nullable(),
  stageDueAt: z.string().nullable(),
  provisional: z.boolean().describe('A due date lies beyond the last day of its calendar, and may still move'),
  overdue: z.boolean(),
  tasks: z.array(taskBody).describe('What the reader’s units are to do there'),
});
export const inboxPage = z.object({ now: z.string(), items: z.array(inboxItem) });
export type InboxItem = z.infer<typeof inboxItem>;

/** Where a page ended. `now` stays that of the first page, so that no case changes its place between two pages. */
export const inboxPlace = z.object({
  now: z.iso.datetime(),
  rank: z.number().int(),
  due: z.string(),
  caseId: z.uuid(),
});
export type InboxPlace = z.infer<typeof inboxPlace>;
