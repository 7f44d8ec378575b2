import { decodeCursor, pageOf, type Page } from '@garda/service';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Judge } from '../rights/judge';
import type { Principal } from '../rights/may-do';
import { fileViews } from '../case-file/file-views';
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

/** Takes a value of a query and answers its place there. */
export type Place = (value: unknown) => string;

/** Which cases a list is of: a view of case files, and which of them its reader may see. */
export interface Listing {
  readonly view: string;
  scope(value: Place): readonly string[];
}

/** Rank 0: overdue and with nobody; 1: overdue; 2: still in time. Within a rank the oldest due date first. */
const ranked = (view: string): string => `
  select f.case_id as "caseId", f.number, f.standard, f.kind, f.status, f.routing_status as "routingStatus",
    f.responsible_unit as unit, f.officer, f.due_at as "dueAt", f.stage_due_at as "stageDueAt",
    case when f.next_due_at < $1::timestamptz then case when f.officer is null then 0 else 1 end else 2 end as rank,
    coalesce(f.next_due_at, 'infinity')::text as due
  from read.${view} f`;

/** The inbox: a query over the case file, in the order in which an office should work. */
@QueryHandler(GetInbox)
export class GetInboxHandler implements IQueryHandler<GetInbox> {
  constructor(
    private readonly source: Inbox,
    private readonly judge: Judge,
  ) {}

  async execute({ who, ask }: GetInbox): Promise<Page<InboxItem> & { now: string }> {
    const scope = readingScope(who, this.judge);
    const view = fileViews.open.file;
    return pageOfCases(this.source, who, ask, { view, scope: (value) => openScope(scope, ask, value) });
  }
}

/** A page of a list, most urgent first. */
export async function pageOfCases(
  source: Inbox,
  who: Principal,
  ask: InboxQuery,
  listing: Listing,
): Promise<Page<InboxItem> & { now: string }> {
  const from = decodeCursor(inboxPlace, ask.cursor);
  const now = from?.now ?? (await source.clock.now());
  const rows = await source.read(queryOf(who, ask, listing, { now, from }));
  const page = pageOf(rows, ask.limit, ({ rank, due, caseId }): InboxPlace => ({ now, rank, due, caseId }));
  return { ...page, items: page.items.map(itemOf), now };
}

function queryOf(
  who: Principal,
  ask: InboxQuery,
  { view, scope }: Listing,
  at: { now: string; from: InboxPlace | undefined },
): { sql: string; values: readonly unknown[] } {
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
    sql: `select * from (${ranked(view)} where ${where.join(' and ')}) r ${after}
      order by r.rank, r.due::timestamptz, r."caseId" limit ${value(ask.limit + 1)}`,
    values,
  };
}

function openScope(scope: ReadingScope, ask: InboxQuery, value: Place): readonly string[] {
  return [
    `f.kind <> 'levy'`,
    `(f.reported_unit is null or f.reported_unit <> all(${value(scope.never)}::text[]))`,
    ...scopeOf(scope, ask.related, value),
  ];
}

function scopeOf(scope: ReadingScope, related: boolean, value: Place): readonly string[] {
  if (scope.units === 'all') return [];
  const units = `${value(scope.units)}::text[]`;
  return [related ? `f.related_units && ${units}` : `f.responsible_unit = any(${units})`];
}

function filtersOf(who: Principal, ask: InboxQuery, value: Place): readonly string[] {
  const filters = [ask.status === undefined ? 'f.is_open' : `f.status = ${value(ask.status)}`];
  if (ask.assigned === 'me') filters.push(`f.officer = ${value(who.id)}`);
  if (ask.assigned === 'none') filters.push('f.officer is null');
  if (ask.unit !== undefined) filters.push(`f.responsible_unit = ${value(ask.unit)}`);
  if (ask.standard !== undefined) filters.push(`f.standard = ${value(ask.standard)}`);
  if (ask.kind !== undefined) filters.push(`f.kind = ${value(ask.kind)}`);
  if (ask.overdue !== undefined)
    filters.push(`${ask.overdue ? '' : 'not '}coalesce(f.next_due_at < $1::timestamptz, false)`);
  if (ask.triage !== undefined) filters.push(`(f.routing_status = 'triage') is ${ask.triage ? '' : 'not '}true`);
  return filters;
}

function itemOf(row: InboxRow): InboxItem {
  const { caseId, number, standard, kind, status, routingStatus, unit, officer, rank } = row;
  const times = { dueAt: row.dueAt?.toISOString() ?? null, stageDueAt: row.stageDueAt?.toISOString() ?? null };
  return { caseId, number, standard, kind, status, routingStatus, unit, officer, ...times, overdue: rank < 2 };
}
