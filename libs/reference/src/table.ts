import type { RecordedEvent } from '@garda/contracts';
import { ensureView, tableName } from '@garda/projection';
import type { PoolClient } from 'pg';

/** One row of reference data: an edition of a standard, a unit, a calendar or the policy; a unit's end; a stand-in. */
export interface ReferenceRow {
  readonly kind: 'standard' | 'unit' | 'calendar' | 'policy' | 'ending' | 'standin';
  readonly code: string;
  readonly version: string;
  readonly data: unknown;
}

/** The table of services that read the catalogue from intake's topic. */
export const referenceTable = tableName('reference', 1);

/** Editions are only ever added: a case keeps the terms it was filed under. */
export const referenceTableSql = (table: string): string => `
  create table if not exists ${table} (
    kind    text not null,
    code    text not null,
    version text not null,
    data    json not null,
    primary key (kind, code, version))`;

/** Makes what is read, unless it is there: in intake a later build may be the one that the view shows. */
export async function ensureReference(client: PoolClient): Promise<void> {
  await client.query(`select pg_advisory_xact_lock(hashtext('read.reference'))`); // replicas that start at once take turns
  const { rowCount } = await client.query(`select 1 where to_regclass('read.reference') is not null`);
  if (rowCount !== 0) return;
  await client.query(referenceTableSql(referenceTable));
  await ensureView(client, 'reference', 1);
}

const insertRows = (table: string): string => `
  insert into ${table} (kind, code, version, data)
  select * from unnest($1::text[], $2::text[], $3::text[], $4::json[])
  on conflict do nothing`;

type Contained = Partial<{
  standard: { code: string; version: number };
  unit: { code: string; version: number };
  calendar: { version: string };
  policy: { version: number };
}>;

type Ended = { readonly unit: string };

/** The row a catalogue event adds; `undefined` for every other fact of intake. */
export function referenceRowOf(event: RecordedEvent): ReferenceRow | undefined {
  const data = event.data as Contained;
  if (event.type === 'StandardPublished' && data.standard)
    return { kind: 'standard', code: data.standard.code, version: String(data.standard.version), data: data.standard };
  if (event.type === 'UnitPublished' && data.unit)
    return { kind: 'unit', code: data.unit.code, version: String(data.unit.version), data: data.unit };
  if (event.type === 'CalendarPublished' && data.calendar)
    return { kind: 'calendar', code: 'calendar', version: data.calendar.version, data: data.calendar };
  if (event.type === 'PolicyPublished' && data.policy)
    return { kind: 'policy', code: 'policy', version: String(data.policy.version), data: data.policy };
  if (event.type === 'UnitEnded')
    return { kind: 'ending', code: (event.data as Ended).unit, version: '1', data: event.data };
  // The last one named on a stream counts: its version in the stream is that of the edition.
  if (event.type === 'StandInNamed')
    return { kind: 'standin', code: event.streamId, version: String(event.version), data: event.data };
  return undefined;
}

interface Queryable {
  query(sql: string, values: unknown[]): Promise<unknown>;
}

/** Adds what a batch of intake's facts says about the catalogue. Repeats change nothing. */
export async function addReferenceRows(
  client: Queryable,
  batch: readonly RecordedEvent[],
  table: string,
): Promise<number> {
  const rows = batch.map(referenceRowOf).filter((row) => row !== undefined);
  if (rows.length === 0) return 0;
  await client.query(insertRows(table), [
    rows.map((row) => row.kind),
    rows.map((row) => row.code),
    rows.map((row) => row.version),
    rows.map((row) => JSON.stringify(row.data)),
  ]);
  return rows.length;
}
