import { createHash } from 'node:crypto';
import type { Actor } from '@garda/contracts';
import { isoUtc } from '@garda/event-store';
import type { Pool } from 'pg';
import { inTransaction } from './cursor';
import { decodeParts } from './record';

/** A held record that somebody decided not to apply, for ever on record. */
export interface SkippedRecord {
  readonly consumer: string;
  readonly topic: string;
  readonly key: string;
  readonly partition: number;
  readonly seq: string;
  readonly eventId: string;
  readonly type: string;
  readonly position: string;
  /** SHA-256 (hex) over the bytes that were not applied. */
  readonly digest: string;
  /** Why it was held. */
  readonly errorCode: string | null;
  /** Why it was skipped, in the words of whoever did it. */
  readonly reason: string;
  readonly actor: Actor;
  readonly skippedAt: string;
}

export interface Skip {
  readonly consumer: string;
  readonly topic: string;
  readonly key: string;
  readonly reason: string;
  readonly actor: Actor;
}

interface HeldRow {
  readonly partition: number;
  readonly seq: string;
  readonly record: Buffer;
  readonly headers: Record<string, string>;
  readonly error_code: string | null;
}

/**
 * Takes the first held record of a key away unapplied and writes down who did it and why, in one transaction. The records
 * behind it are then drained unasked. Undefined: nothing of this key is held. The fact itself stays in log and topic.
 */
export async function skipParked(pool: Pool, skip: Skip): Promise<{ seq: string; left: number } | undefined> {
  return inTransaction(pool, async (client) => {
    const place = [skip.consumer, skip.topic, skip.key];
    const { rows } = await client.query<HeldRow>(
      `delete from consume.parked p where p.consumer = $1 and p.topic = $2 and p.key = $3
          and p.seq = (select min(f.seq) from consume.parked f where f.consumer = $1 and f.topic = $2 and f.key = $3)
        returning p.partition, p.seq::text as seq, p.record, p.headers, p.error_code`,
      place,
    );
    const held = rows[0];
    if (held === undefined) return undefined;
    await client.query(insertSql, [...place, skip.reason, skip.actor, ...columnsOf(held)]);
    // Members know by the revision that what they read of held keys is no longer so.
    await client.query(
      `update consume.consumer_cursor set revision = revision + 1 where consumer = $1 and topic = $2 and partition = $3`,
      [skip.consumer, skip.topic, held.partition],
    );
    const left = await client.query<{ n: number }>(
      'select count(*)::int as n from consume.parked where consumer = $1 and topic = $2 and key = $3',
      place,
    );
    return { seq: held.seq, left: left.rows[0]?.n ?? 0 };
  });
}

const insertSql = `insert into consume.skipped
  (consumer, topic, key, reason, actor, partition, seq, event_id, type, position, digest, error_code)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;

function columnsOf({ partition, seq, record, headers, error_code: code }: HeldRow): unknown[] {
  const { offset, ...own } = headers;
  const { event } = decodeParts({ value: record, headers: own, offset: BigInt(offset ?? '0') });
  const digest = createHash('sha256').update(record).digest('hex');
  return [partition, seq, event.eventId, event.type, event.position, digest, code];
}

/** What was skipped, the latest first. */
export async function listSkipped(pool: Pool, limit = 100): Promise<SkippedRecord[]> {
  const { rows } = await pool.query<SkippedRecord>(
    `select consumer, topic, key, partition, seq::text as seq, event_id as "eventId", type, position::text as position, digest,
        error_code as "errorCode", reason, actor, ${isoUtc('skipped_at')} as "skippedAt"
      from consume.skipped order by id desc limit $1`,
    [limit],
  );
  return rows;
}
