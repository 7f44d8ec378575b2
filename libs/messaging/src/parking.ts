import { isoUtc } from '@garda/event-store';
import type { Pool, PoolClient } from 'pg';
import type { Place } from './cursor';
import { decodeParts, type TopicRecord } from './record';

/** A key of which records wait. `attempts` 0: it waits for an earlier fact and is drained unasked. */
export interface ParkedKey {
  readonly consumer: string;
  readonly topic: string;
  readonly key: string;
  readonly firstSeq: bigint;
  readonly rows: number;
  readonly attempts: number;
  /** Why the first row waits, as a code: never a text, since texts carry data. */
  readonly errorCode: string | null;
  readonly parkedAt: string;
  readonly retryRequestedAt: string | null;
}

/** A held record with what was noted about it. */
export interface ParkedRow {
  readonly record: TopicRecord;
  readonly attempts: number;
  readonly retryRequested: boolean;
}

/** The first record of a key with its cause, or followers (`cause` undefined) that queue behind it. */
export async function insertParked(
  client: PoolClient,
  place: Place,
  records: readonly TopicRecord[],
  cause?: { errorCode: string; attempts: number },
): Promise<void> {
  await client.query(
    `insert into consume.parked (consumer, topic, partition, seq, key, record, headers, attempts, error_code)
      select $1, $2, $3, r.seq, r.key, r.record, r.headers::json, $8, $9
      from unnest($4::bigint[], $5::text[], $6::bytea[], $7::text[]) as r(seq, key, record, headers)`,
    [
      place.consumer,
      place.topic,
      place.partition,
      records.map((r) => r.seq),
      records.map((r) => r.key),
      records.map((r) => r.value),
      records.map((r) => JSON.stringify({ ...r.headers, offset: String(r.offset) })),
      cause?.attempts ?? 0,
      cause?.errorCode ?? null,
    ],
  );
}

/** Keys that one consumer parked as poison in the last minutes; those that only wait for an earlier fact do not count. */
export async function countPoisonedKeys(pool: Pool, consumer: string, withinMs: number): Promise<number> {
  const { rows } = await pool.query<{ keys: number }>(
    `select count(distinct (topic, key))::int as keys from consume.parked
      where consumer = $1 and attempts > 0 and parked_at > clock_timestamp() - $2 * interval '1 millisecond'`,
    [consumer, withinMs],
  );
  return rows[0]?.keys ?? 0;
}

export interface DrainableKey {
  readonly topic: string;
  readonly partition: number;
  readonly key: string;
  /** The operator asked; else it waits for an earlier fact, and the drain keeps a little pause between tries. */
  readonly asked: boolean;
}

/** Keys of these places whose first row may be tried: it never failed, or the operator asked for it. */
export async function drainableKeys(
  pool: Pool,
  consumer: string,
  places: readonly { topic: string; partition: number }[],
): Promise<DrainableKey[]> {
  const { rows } = await pool.query<DrainableKey>({
    name: 'messaging.drainable',
    text: `select f.topic, f.partition, f.key, f.retry_requested_at is not null as asked
      from (select distinct on (p.topic, p.key) p.* from consume.parked p
        join unnest($2::text[], $3::int[]) as mine(topic, partition) using (topic, partition)
        where p.consumer = $1 order by p.topic, p.key, p.seq) f
      where f.attempts = 0 or f.retry_requested_at is not null
      order by f.seq`,
    values: [consumer, places.map((p) => p.topic), places.map((p) => p.partition)],
  });
  return rows;
}

/** The next rows of a key in the order they have to be applied in. */
export async function firstRows(pool: Pool, place: Place, key: string, limit: number): Promise<ParkedRow[]> {
  const { rows } = await pool.query<{
    record: Buffer;
    headers: Record<string, string>;
    attempts: number;
    asked: boolean;
  }>(
    `select record, headers, attempts, retry_requested_at is not null as asked from consume.parked
      where consumer = $1 and topic = $2 and partition = $3 and key = $4 order by seq limit $5`,
    [place.consumer, place.topic, place.partition, key, limit],
  );
  return rows.map((row) => {
    const { offset, ...headers } = row.headers;
    const record = decodeParts({ value: row.record, headers, offset: BigInt(offset ?? '0') });
    return { record, attempts: row.attempts, retryRequested: row.asked };
  });
}

/** Deletes one parked row in the caller's transaction; false when it is gone. */
export async function deleteParked(client: PoolClient, place: Place, seq: bigint): Promise<boolean> {
  const { rowCount } = await client.query(deleteParkedSql(1), [place.consumer, place.topic, place.partition, seq]);
  return rowCount === 1;
}

/** Four parameters from `$first` on: consumer, topic, partition, seq. */
export function deleteParkedSql(first: number): string {
  return `delete from consume.parked where consumer = $${first} and topic = $${first + 1}
    and partition = $${first + 2} and seq = $${first + 3} returning seq`;
}

/** A try of a held row failed: poison waits for the operator again, a missing earlier fact is tried again unasked. */
export async function noteFailure(
  pool: Pool,
  place: Place,
  seq: bigint,
  errorCode: string,
  poison: boolean,
): Promise<void> {
  await pool.query(
    `update consume.parked set error_code = $5, retry_requested_at = null, attempts = case when $6 then attempts + 1 else 0 end
      where consumer = $1 and topic = $2 and partition = $3 and seq = $4`,
    [place.consumer, place.topic, place.partition, seq, errorCode, poison],
  );
}

/** Every key that is held back, oldest first. */
export async function listParked(pool: Pool): Promise<ParkedKey[]> {
  const { rows } = await pool.query<Omit<ParkedKey, 'firstSeq'> & { firstSeq: string }>(
    `select distinct on (consumer, topic, key) consumer, topic, key, seq as "firstSeq", attempts, error_code as "errorCode",
        ${isoUtc('parked_at')} as "parkedAt",
        ${isoUtc('retry_requested_at')} as "retryRequestedAt",
        (count(*) over (partition by consumer, topic, key))::int as rows
      from consume.parked order by consumer, topic, key, seq`,
  );
  const keys = rows.map((row) => ({ ...row, firstSeq: BigInt(row.firstSeq) }));
  return keys.sort((a, b) => (a.parkedAt < b.parkedAt ? -1 : 1));
}

/** Asks the member that reads the key's partition to try it again. False: nothing of this key is held. */
export async function retryParked(pool: Pool, of: { consumer: string; topic: string; key: string }): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update consume.parked p set retry_requested_at = clock_timestamp()
      where p.consumer = $1 and p.topic = $2 and p.key = $3
        and p.seq = (select min(f.seq) from consume.parked f where f.consumer = $1 and f.topic = $2 and f.key = $3)`,
    [of.consumer, of.topic, of.key],
  );
  return rowCount === 1;
}
