import { isProvisional, type Catalogue } from '@garda/domain';
import { decodeCursor, pageOf, type Page } from '@garda/service';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { tasksOf } from '../case-file/tasks';
import { Reference } from '../reference';
import { Judge } from '../rights/judge';
import type { Principal } from '../rights/may-do';
import { Inbox, type InboxRow } from './inbox';
import { inboxPlace, type InboxItem, type InboxPlace, type InboxQuery } from './inbox.query';
import { readingScope, type ReadingScope } from './scope';

export class GetInbox extends Query<Page<InboxItem> & { now: string }> {
  constructor(
    readonly who: Principal,
    readonly ask: InboxQuery,
  ) {
    super();
  }
}

/** Rank 0: overdue and with nobody; 1: overdue; 2: still in time. Within a rank the oldest due date first. */
const ranked = `
  select f.case_id as "caseId", f.number, f.standard, f.kind, f.status, f.routing_status as "routingStatus",
    f.responsible_unit as unit, f.officer, f.due_at as "dueAt", f.stage_due_at as "stageDueAt",
    f.desk_tasks as "deskTasks", f.work_tasks as "workTasks",
    case when f.next_due_at < $1::timestamptz then case when f.officer is null then 0 else 1 end else 2 end as rank,
    coalesce(f.next_due_at, 'infinity')::text as due
  from read.case_file f`;

const inOrder = `order by r.rank, r.due::timestamptz, r."caseId"`;

/** The inbox: a query over the case file, in the order in which an office should work. */
@QueryHandler(GetInbox)
export class GetInboxHandler implements IQueryHandler<GetInbox> {
  constructor(
    private readonly source: Inbox,
    private readonly judge: Judge,
    private readonly reference: Reference,
  ) {}

  async execute({ who: asking, ask }: GetInbox): Promise<Page<InboxItem> & { now: string }> {
    const who = await this.judge.today(asking);
    const from = decodeCursor(inboxPlace, ask.cursor);
    const now = from?.now ?? (await this.source.clock.now());
    const scope = readingScope(who, this.judge);
    const rows = await this.source.read(queryOf(who, ask, scope, { now, from }));
    const page = pageOf(rows, ask.limit, ({ rank, due, caseId }): InboxPlace => ({ now, rank, due, caseId }));
    const items = await this.reference.withEdition(() =>
      page.items.map((row) => itemOf(row, scope, this.reference.catalogue)),
    );
    return { ...page, items, now };
  }
}

function queryOf(
  who: Principal,
  ask: InboxQuery,
  scope: ReadingScope,
  at: { now: string; from: InboxPlace | undefined },
): { sql: string; values: readonly unknown[] } {
  const values: unknown[] = [at.now];
  const value = (one: unknown): string => `$${values.push(one)}`;
  const where = [
    'f.intake_version is not null', // a row that another context made waits for intake's section
    `f.kind <> 'levy'`,
    `(f.reported_unit is null or f.reported_unit <> all(${value(scope.never)}::text[]))`,
    scopeOf(scope, ask, value),
    ...filtersOf(who, ask, value),
  ];
  const { from } = at;
  const after =
    from === undefined
      ? ''
      : `where (r.rank, r.due::timestamptz, r."caseId") > (${value(from.rank)}, ${value(from.due)}::timestamptz, ${value(from.caseId)}::uuid)`;
  return {
    sql: `with page as materialized (
        select * from (${ranked} where ${where.join(' and ')}) r ${after}
        ${inOrder} limit ${value(ask.limit + 1)})
      select r.*, (select f.routing_state #>> '{file,terms,calendar}' from read.case_file_v4 f
        where f.case_id = r."caseId") as calendar
      from page r ${inOrder}`,
    values,
  };
}

/** By the unit that has the case, while it is open; by a task, always. A task opens no case that its unit may not read. */
function scopeOf(scope: ReadingScope, ask: InboxQuery, value: (one: unknown) => string): string {
  const status = ask.status === undefined ? 'f.is_open' : 'true'; // a status that is asked for is a filter
  const mine = `${value(scope.tasks)}::text[]`;
  const task = `(f.desk_task_units && ${mine} or f.work_task_units && ${mine})`;
  if (scope.units === 'all') return ask.tasks ? task : `(${status} or ${task})`;
  const units = `${value(scope.units)}::text[]`;
  const here = ask.related ? `f.related_units && ${units}` : `f.responsible_unit = any(${units})`;
  const readable = `${task} and f.related_units && ${units}`;
  return ask.tasks ? `(${readable})` : `(${status} and ${here} or ${readable})`;
}

/** His own cases, and those of whom he stands in for today. */
function officersOf(who: Principal): readonly string[] {
  return who.kind === 'staff' ? [who.id, ...(who.standsInFor ?? [])] : [who.id];
}

function filtersOf(who: Principal, ask: InboxQuery, value: (one: unknown) => string): readonly string[] {
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

function itemOf(row: InboxRow, scope: ReadingScope, catalogue: Catalogue): InboxItem {
  const { caseId, number, standard, kind, status, routingStatus, unit, officer, rank } = row;
  const times = { dueAt: row.dueAt?.toISOString() ?? null, stageDueAt: row.stageDueAt?.toISOString() ?? null };
  return {
    caseId,
    number,
    standard,
    kind,
    status,
    routingStatus,
    unit,
    officer,
    ...times,
    provisional: isProvisionalRow(row, catalogue),
    overdue: rank < 2,
    tasks: tasksOf(row.deskTasks, row.workTasks).filter((task) => scope.tasks.includes(task.unit)),
  };
}

function isProvisionalRow({ calendar, dueAt, stageDueAt }: InboxRow, catalogue: Catalogue): boolean {
  const dates = [dueAt, stageDueAt].flatMap((due) => due?.toISOString() ?? []);
  return calendar !== null && dates.some((due) => isProvisional(catalogue.calendar(calendar), due));
}
