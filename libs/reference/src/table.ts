import type { RecordedEvent } from '@garda/contracts';

/** One row of reference data: an edition of a standard, a unit, a calendar or the policy. */
export interface ReferenceRow {
  readonly kind: 'standard' | 'unit' | 'calendar' | 'policy';
  readonly code: string;
  readonly version: string;
  readonly data: unknown;
}

/** Editions are only ever added: a case keeps the terms it was filed under. */
export const createReferenceTable = `
  create table if not exists read.reference_v1 (
    kind    text not null,
    code    text not null,
    version text not null,
    data    json not null,
    primary key (kind, code, version));
  create or replace view read.reference as select * from read.reference_v1;`;

const insertRows = `
  insert into read.reference_v1 (kind, code, version, data)
  select * from unnest($1::text[], $2::text[], $3::text[], $4::json[])
  on conflict do nothing`;

type Contained = Partial<{
  standard: { code: string; version: number };
  unit: { code: string; version: number };
  calendar: { version: string };
  policy: { version: number };
}>;

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
  return undefined;
}

interface Queryable {
  query(sql: string, values: unknown[]): Promise<unknown>;
}

/** Adds what a batch of intake's facts says about the catalogue. Repeats change nothing. */
export async function addReferenceRows(client: Queryable, batch: readonly RecordedEvent[]): Promise<number> {
  const rows = batch.map(referenceRowOf).filter((row) => row !== undefined);
  if (rows.length === 0) return 0;
  await client.query(insertRows, [
    rows.map((row) => row.kind),
    rows.map((row) => row.code),
    rows.map((row) => row.version),
    rows.map((row) => JSON.stringify(row.data)),
  ]);
  return rows.length;
}
