import Table from 'cli-table3';
import type { Command } from 'commander';
import { z } from 'zod';
import { Gateway, type Who } from '../gateway';
import type { Instance } from '../instance';
import { Tokens } from '../tokens';
import type { Output } from './output';

const unit = z.object({ code: z.string(), name: z.string() });
const errands = z.object({
  trips: z.number(),
  approved: z.number(),
  cases: z.number(),
  kilometres: z.number(),
  cost: z.number(),
  saved: z.number(),
});
const counts = z.object({
  cases: z.object({
    received: z.number(),
    onTime: z.number(),
    late: z.number(),
    open: z.number(),
    overdue: z.number(),
    withdrawn: z.number(),
  }),
  papers: z.object({ onTheWay: z.number(), missing: z.number() }),
  errands,
});
const reportOf = <S extends z.ZodRawShape>(shape: z.ZodObject<S>) =>
  z.object({ month: z.string(), unit, rows: z.array(shape.extend({ unit })), total: shape });
const shapes = { month: reportOf(counts), errands: reportOf(errands) };
export type MonthSheet = z.infer<typeof shapes.month>;
export type ErrandsReport = z.infer<typeof shapes.errands>;
type Counts = Pick<MonthSheet['rows'][number], 'cases' | 'papers' | 'errands'>;
type Errands = Counts['errands'];

/** The month's sheet for a terminal: a line for each unit, and the sum. */
export function monthTable({ month, unit: whose, rows, total }: MonthSheet): string {
  const table = tableWith(...['Received', 'On time', 'Late', 'Open', 'Withdrawn', 'Papers on the way'], ...errandHeads);
  for (const row of rows) table.push([row.unit.name, ...monthCells(row)]);
  table.push(['Together', ...monthCells(total)]);
  return `${whose.name}, ${month}\n${table.toString()}`;
}

export function errandsTable({ month, unit: whose, rows, total }: ErrandsReport): string {
  const table = tableWith(...errandHeads);
  for (const row of rows) table.push([row.unit.name, ...errandCells(row)]);
  table.push(['Together', ...errandCells(total)]);
  return `${whose.name}, ${month}\n${table.toString()}`;
}

const errandHeads = ['Trips', 'Cases carried', 'km', 'Cost, Rp', 'Ways saved'];
const tableWith = (...heads: string[]) =>
  new Table({ head: ['Unit', ...heads], style: { head: [], border: [] }, chars: noLines });
/** Between the rows: a district has seventeen villages, and the sheet should fit on a screen. */
const noLines = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };
const rupiah = new Intl.NumberFormat('id-ID');
const ofThem = (all: number, some: number, words: string): string =>
  some === 0 ? `${all}` : `${all} (${some} ${words})`;

function monthCells({ cases, papers, errands: carried }: Counts): string[] {
  const { received, onTime, late, open, overdue, withdrawn } = cases;
  return [
    ...[received, onTime, late].map(String),
    ofThem(open, overdue, 'overdue'),
    String(withdrawn),
    ofThem(papers.onTheWay, papers.missing, 'missing'),
    ...errandCells(carried),
  ];
}

function errandCells({ trips, approved, cases, kilometres, cost, saved }: Errands): string[] {
  const open = ofThem(trips, trips - approved, 'not approved');
  return [open, String(cases), String(kilometres), rupiah.format(cost), String(saved)];
}

interface Ask {
  readonly unit: string;
  readonly month: string;
  readonly as: string;
  readonly json?: boolean;
}

/** `report month` and `report errands`: what a head reads, with his own rights. */
export function reportCommands(parent: Command, of: { instance: () => Instance; out: Output }): void {
  const kinds = [
    ['month', 'the monthly sheet of a head: cases, papers on the way, errands', monthText],
    ['errands', 'errands with papers: trips, kilometres, cost, and ways saved', errandsText],
  ] as const;
  for (const [kind, says, text] of kinds)
    parent
      .command(kind)
      .description(says)
      .requiredOption('--unit <code>', 'the unit; those below it are in it')
      .requiredOption('--month <month>', 'such as 2026-03')
      .requiredOption('--as <person>', 'demo person who may read it, such as kec-tulis.head')
      .option('--json', 'the report as one line of JSON instead')
      .action(async (ask: Ask) => {
        const answer = await read(of.instance(), kind, ask);
        if (ask.json === true) of.out.json(answer);
        else of.out.line(text(answer));
      });
}

const monthText = (answer: unknown): string => monthTable(shapes.month.parse(answer));
const errandsText = (answer: unknown): string => errandsTable(shapes.errands.parse(answer));

async function read(instance: Instance, kind: 'month' | 'errands', { as, ...ask }: Ask): Promise<unknown> {
  return reportOn(new Gateway(instance, new Tokens(instance)), kind, { person: as }, ask);
}

/** The month's sheet as a head reads it. */
export async function monthSheet(gateway: Gateway, who: Who, ask: Pick<Ask, 'unit' | 'month'>): Promise<MonthSheet> {
  return shapes.month.parse(await reportOn(gateway, 'month', who, ask));
}

async function reportOn(
  gateway: Gateway,
  kind: 'month' | 'errands',
  who: Who,
  { unit: code, month }: Pick<Ask, 'unit' | 'month'>,
): Promise<unknown> {
  const query = new URLSearchParams({ month, unit: code });
  return (await gateway.get(who, `/reports/${kind}?${query.toString()}`)).json;
}
