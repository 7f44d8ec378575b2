import type { EventMeta, RecordedEvent } from '@garda/contracts';

/** A time as every reader sees it: ISO 8601 in UTC with microseconds, formatted by the server. */
export const isoUtc = (column: string): string =>
  `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The case clock, in SQL: the server's time, moved in demo and tests. */
export const caseNow = isoUtc('(clock_timestamp() + (select ahead from clock.case_clock))');

/**
 * The columns of an event for `select`, with `e` as the table's alias. Order by `e.position` or `e.version`, never by
 * the bare name: the alias would win and sort as text.
 */
export const eventColumns = `e.position::text as position, e.stream_id, e.version::text as version, e.event_id, e.type,
  e.schema_version, e.data::text as data, e.meta::text as meta, ${isoUtc('e.occurred_at')} as occurred_at,
  ${isoUtc('e.recorded_at')} as recorded_at, e.key_hash`;

/** A row of `eventColumns`. `data` and `meta` are the stored bytes. */
export interface EventRow {
  readonly position: string;
  readonly stream_id: string;
  readonly version: string;
  readonly event_id: string;
  readonly type: string;
  readonly schema_version: number;
  readonly data: string;
  readonly meta: string;
  readonly occurred_at: string;
  readonly recorded_at: string;
  readonly key_hash: number;
}

export function toRecordedEvent(row: EventRow): RecordedEvent {
  return {
    position: BigInt(row.position),
    streamId: row.stream_id,
    version: Number(row.version),
    eventId: row.event_id,
    type: row.type,
    schemaVersion: row.schema_version,
    data: JSON.parse(row.data) as unknown,
    meta: JSON.parse(row.meta) as EventMeta,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    keyHash: row.key_hash,
  };
}
