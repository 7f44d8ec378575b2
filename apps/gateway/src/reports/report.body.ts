import { z } from 'zod';

/** What a report can be asked for: one month of the office's zone, one unit with those below it. */
export const reportQuery = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .describe('Such as 2026-03'),
  unit: z.string().min(1).max(60),
});
export type ReportQuery = z.infer<typeof reportQuery>;

const count = z.number().int();
const unit = z.object({ code: z.string(), name: z.string() });

/** Cases received in the month, each in one of `onTime`, `late`, `open` or `withdrawn`; `overdue` are of the open ones. */
const cases = z.object({
  received: count.describe('Cases received in the month that this unit filed, has or had'),
  onTime: count.describe('Decided, and not after the due date'),
  late: count.describe('Decided after the due date'),
  open: count.describe('Not decided yet'),
  overdue: count.describe('Of the open ones those whose due date has passed'),
  withdrawn: count.describe('Over without a decision'),
});
const papers = z.object({
  onTheWay: count.describe('Papers that this unit sent and nobody has acknowledged, now'),
  missing: count.describe('Papers that this unit sent and the receiver missed, now'),
});
const errands = z.object({
  trips: count,
  approved: count.describe('Of the trips those that a head has approved'),
  cases: count.describe('Cases whose papers were carried'),
  kilometres: count,
  cost: count.describe('Whole rupiah, from the own travel budget'),
  saved: count.describe('Cases that went on from this unit without papers: nobody had to carry them'),
});
export type CaseCounts = z.infer<typeof cases>;
export type PaperCounts = z.infer<typeof papers>;
export type ErrandCounts = z.infer<typeof errands>;

/** A report: a row for each unit, and what they add up to, in which no case is counted twice. */
const report = <S extends z.ZodRawShape>(counts: z.ZodObject<S>) =>
  z.object({
    month: z.string(),
    unit,
    rows: z.array(z.object({ unit, ...counts.shape })),
    total: counts,
  });

export const errandsReport = report(errands);
export const monthSheet = report(z.object({ cases, papers, errands }));
export type ErrandsReport = z.infer<typeof errandsReport>;
export type MonthSheet = z.infer<typeof monthSheet>;
