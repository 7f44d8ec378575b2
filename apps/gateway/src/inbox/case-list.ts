import { isProvisional, type Catalogue } from '@garda/domain';
import { decodeCursor, pageOf, type Page } from '@garda/service';
import type { LineName } from '@garda/contracts';
import { fileViews } from '../case-file/file-views';
import { tasksOf } from '../case-file/tasks';
import type { Reference } from '../reference';
import type { Principal } from '../rights/may-do';
import type { Inbox, InboxRow } from './inbox';
import { inboxPlace, type InboxItem, type InboxPlace, type InboxQuery } from './inbox.query';

export type CasePage = Page<InboxItem> & { readonly now: string };

/** Takes a value of a query and answers its place there. */
export type Place = (value: unknown) => string;

/** Which cases a list is of: those of a line, which of them its reader may see, and of which units he sees the tasks. */
export interface Listing {
  readonly line: LineName;
  readonly tasks: readonly string[];
  /** Conditions on a case file `f`; open cases only, unless a status is asked for. */
  scope(value: Place): readonly string[];
}

/** The condition that one of these units has something to do about a case file `f`. */
export function hasTask(units: readonly string[], value: Place): string {
  const theirs = `${value(units)}::text[]`;
  return `(f.desk_task_units && ${theirs} or f.work_task_units && ${theirs})`;
}

/** Rank 0: overdue and with nobody; 1: overdue; 2: still in time. Within a rank the oldest due date first. */
const ranked = (view: string): string => `
  select f.case_id as "caseId", f.number, f.standard, f.kind, f.status, f.routing_status as "routingStatus",
    f.responsible_unit as unit, f.officer, f.due_at as "dueAt", f.stage_due_at as "stageDueAt",
    f.desk_tasks as "deskTasks", f.work_tasks as "workTasks",
    case when f.next_due_at < $1::timestamptz then case when f.officer is null then 0 else 1 end else 2 end as rank,
    coalesce(f.next_due_at, 'infinity')::text as due
  from read.${view} f`;

const inOrder = `order by r.rank, r.due::timestamptz, r."caseId"`;

/** A page of a list, most urgent first. */
export async function pageOfCases(
  { source, reference }: { source: Inbox; reference: Reference },
  who: Principal,
  ask: InboxQuery,
  listing: Listing,
): Promise<CasePage> {
  const from = decodeCursor(inboxPlace, ask.cursor);
  const now = from?.now ?? (await source.clock.now());
  const rows = await source.read(queryOf(who, ask, listing, { now, from }));
  const page = pageOf(rows, ask.limit, ({ rank, due, caseId }): InboxPlace => ({ now, rank, due, caseId }));
  const items = await reference.withEdition(() =>
    page.items.map((row) => itemOf(row, listing.tasks, reference.catalogue)),
  );
  return { ...page, items, now };
}

function queryOf(
  who: Principal,
  ask: InboxQuery,
  { line, scope }: Listing,
  at: { now: string; from: InboxPlace | undefined },
): { sql: string; values: readonly unknown[] } {
  const { file, fileTable } = fileViews[line];
  const values: unknown[] = [at.now];
  const value: Place = (one) => `$${values.push(one)}`;
  // A row that another context made waits for intake's section.
  const where = ['f.intake_version is not null', ...scope(value), ...filtersOf(who, ask, value)];
  const { from } = at;
  const after =
    from === undefined
      ? ''
      : `where (r.rank, r.due::timestamptz, r."caseId") > (${value(from.rank)}, ${value(from.due)}::timestamptz, ${value(from.caseId)}::uuid)`;
  return {
    sql: `with page as materialized (
        select * from (${ranked(file)} where ${where.join(' and ')}) r ${after}
        ${inOrder} limit ${value(ask.limit + 1)})
      select r.*, (select f.routing_state #>> '{file,terms,calendar}' from read.${fileTable} f
        where f.case_id = r."caseId") as calendar
      from page r ${inOrder}`,
    values,
  };
}

/** His own cases, and those of whom he stands in for today. */
function officersOf(who: Principal): readonly string[] {
  return who.kind === 'staff' ? [who.id, ...(who.standsInFor ?? [])] : [who.id];
}

function filtersOf(who: Principal, ask: InboxQuery, value: Place): readonly string[] {
  const filters = ask.status === undefined ? [] : [`f.status = ${value(ask.status)}`];
  if (ask.assigned === 'me') filters.push(`f.officer = any(${value(officersOf(who))}::text[])`);
  if (ask.assigned === 'none') filters.push('f.officer is null');
  if (ask.unit !== undefined) filters.push(`f.responsible_unit = ${value(ask.unit)}`);
  if (ask.standard !== undefined) filters.push(`f.standard = ${value(ask.standard)}`);
  if (ask.kind !== undefined) filters.push(`f.kind = ${value(ask.kind)}`);
  if (ask.overdue !== undefined)
    filters.push(`${ask.overdue ? '' : 'not '}coalesce(f.next_due_at < $1::timestamptz, false)`);
  if (ask.triage !== undefined) filters.push(`(f.routing_status = 'triage') is ${ask.triage ? '' : 'not '}true`);
  return filters;
}

function itemOf(row: InboxRow, tasks: readonly string[], catalogue: Catalogue): InboxItem {
  const { caseId, number, standard, kind, status, routingStatus, unit, officer, rank } = row;
  const times = { dueAt: row.dueAt?.toISOString() ?? null, stageDueAt: row.stageDueAt?.toISOString() ?? null };
  return {
    ...{ caseId, number, standard, kind, status, routingStatus, unit, officer, ...times },
    provisional: isProvisionalRow(row, catalogue),
    overdue: rank < 2,
    tasks: tasksOf(row.deskTasks, row.workTasks).filter((task) => tasks.includes(task.unit)),
  };
}

function isProvisionalRow({ calendar, dueAt, stageDueAt }: InboxRow, catalogue: Catalogue): boolean {
  const dates = [dueAt, stageDueAt].flatMap((due) => due?.toISOString() ?? []);
  return calendar !== null && dates.some((due) => isProvisional(catalogue.calendar(calendar), due));
}
