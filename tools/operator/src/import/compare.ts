import type { Open311Request, Open311Update } from '../intake';
import type { Unexpressed } from './plan';
import type { ForeignRecord } from './records';

export interface Mismatch {
  readonly field: string;
  readonly record: string;
  readonly shown: string;
}

/** What Open311 should show of a record's notes: when, and in which words, in the order in which they were public. */
export interface ExpectedUpdate {
  readonly at: string;
  readonly words: string;
}

/** A record against what Open311 shows of its case; nothing left means that nobody could tell them apart by it. */
export function compare(
  record: ForeignRecord,
  updates: readonly ExpectedUpdate[],
  shown: { readonly request: Open311Request | undefined; readonly updates: readonly Open311Update[] },
): Mismatch[] {
  const { request } = shown;
  if (request === undefined) return [{ field: 'request', record: record.service_request_id, shown: 'nothing' }];
  const fields: readonly (readonly [string, unknown, unknown])[] = [
    ['service', record.service_code, request.service_code],
    ['requested', instant(record.requested_datetime), instant(request.requested_datetime)],
    ['status', record.status, request.status],
    ['agency', record.agency_responsible, request.agency_responsible ?? undefined],
    ['place', record.address, request.address ?? undefined],
    ['lat', record.lat, request.lat ?? undefined],
    ['long', record.long, request.long ?? undefined],
    ['updates', updates.length, shown.updates.length],
    ...updates.flatMap(({ at, words }, i) => {
      const update = shown.updates[i];
      return [
        [`update ${i + 1} time`, instant(at), instant(update?.updated_datetime)],
        [`update ${i + 1} words`, words, update?.description ?? undefined],
      ] as const;
    }),
  ];
  return fields
    .filter(([, there, here]) => there !== here)
    .map(([field, there, here]) => ({ field, record: String(there), shown: String(here) }));
}

function instant(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time);
}

export interface ComparedCase {
  readonly id: string;
  readonly service: string;
  readonly number: string | undefined;
  readonly updates: number;
  readonly mismatches: readonly Mismatch[];
}

export interface ImportResult {
  readonly requests: number;
  readonly notes: number;
  /** Commands carried out, filings included. */
  readonly events: number;
  readonly unexpressed: number;
  readonly mismatches: number;
  readonly seconds: number;
  readonly cases: readonly ComparedCase[];
  readonly notExpressed: readonly Unexpressed[];
  /** Fields that records have and a case here has no place for: not compared, so that nobody takes them for kept. */
  readonly leftOut: Readonly<Record<string, number>>;
}
