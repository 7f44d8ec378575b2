import type { LogSchema } from '@garda/event-store';
import type { Kafka } from 'kafkajs';
import type { Pool } from 'pg';
import { LogVerificationError } from './errors';
import type { TopicRecord } from './record';
import { RelayStore, type Checkpoint } from './relay-store';
import { readRanges } from './surplus';
import { checkPartitions, groupPrefixOf, isNoSuchTopic, surplusOf, topicEnds } from './topic-ends';

export interface VerifyOptions {
  readonly pool: Pool;
  readonly schema: LogSchema;
  readonly topic: string;
  readonly kafka: Kafka;
  /** What the group that reads a surplus begins with; else the topic's context: `garda.intake.v1` reads as `intake-…`. */
  readonly groupPrefix?: string;
}

/**
 * Holds the log against its topic. It gates the service: until it has passed once, nothing is appended, consumed or
 * relayed, since a restored log would give positions out a second time and consumers would drop the new facts silently.
 *
 * Per partition the topic's end against the checkpoint: equal is fine; a surplus is read, and fine when the log has every
 * record of it (a crash between send and checkpoint); anything else throws LogVerificationError.
 * At the first start of a topic the checkpoint is made.
 */
export async function verifyLog(options: VerifyOptions): Promise<void> {
  const { pool, schema, topic, kafka } = options;
  const before = await topicEnds(kafka, topic).catch(async (error: unknown) => {
    const filled = (await new RelayStore(pool, schema, topic).findCheckpoint())?.position ?? 0n;
    if (!isNoSuchTopic(error) || filled === 0n) throw error; // perhaps it is only being made
    throw new LogVerificationError('TOPIC_MISSING', topic, `relayed up to ${filled}, and the broker has no such topic`);
  });
  const checkpoint = await new RelayStore(pool, schema, topic).checkpoint(before.length);
  checkPartitions(topic, checkpoint, before.length);
  await checkHead(options, checkpoint);
  const ends = await topicEnds(kafka, topic); // after the checkpoint: a relay that still runs elsewhere only adds
  const ranges = surplusOf(topic, checkpoint, ends);
  if (ranges.length === 0) return;
  const groupPrefix = options.groupPrefix ?? groupPrefixOf(topic);
  await readRanges(kafka, { topic, groupPrefix, ranges }, (records) => checkInLog(options, records));
}

/** The last position of a log; 0 while it is empty. */
export async function headOf(pool: Pool, schema: LogSchema): Promise<bigint> {
  const { rows } = await pool.query<{ head: string }>(
    `select e.position::text as head from ${schema}.events e order by e.position desc limit 1`,
  );
  return BigInt(rows[0]?.head ?? 0);
}

/** Nothing of this service may have seen more of its log than the log holds. */
async function checkHead({ pool, schema, topic }: VerifyOptions, checkpoint: Checkpoint): Promise<void> {
  const { rows } = await pool.query<{ head: string; seen: string }>(
    `select coalesce((select e.position from ${schema}.events e order by e.position desc limit 1), 0)::text as head,
        coalesce((select max(position) from consume.projection_cursor where log = $1), 0)::text as seen`,
    [schema],
  );
  const head = BigInt(rows[0]?.head ?? 0);
  if (checkpoint.position > head) {
    throw new LogVerificationError(
      'CHECKPOINT_AHEAD_OF_LOG',
      topic,
      `relayed up to ${checkpoint.position}, the log ends at ${head}`,
    );
  }
  const seen = BigInt(rows[0]?.seen ?? 0);
  if (seen > head) {
    throw new LogVerificationError(
      'CHECKPOINT_AHEAD_OF_LOG',
      topic,
      `a projection is at ${seen}, the log ends at ${head}`,
    );
  }
}

async function checkInLog(options: VerifyOptions, records: readonly TopicRecord[]): Promise<void> {
  const { missing, first } = await notInLog(options, records);
  if (missing === 0) return;
  throw new LogVerificationError(
    'TOPIC_AHEAD_OF_LOG',
    options.topic,
    `${missing} records from position ${first} are not in the log`,
  );
}

/** Throws LOG_FORKED when the log has another fact, or other bytes, at a position of these records. */
export async function refuseFork(options: VerifyOptions, records: readonly TopicRecord[]): Promise<void> {
  const { missing, first } = await notInLog(options, records);
  if (missing === 0) return;
  throw new LogVerificationError('LOG_FORKED', options.topic, `position ${first}: the log has another fact`);
}

async function notInLog(
  { pool, schema }: VerifyOptions,
  records: readonly TopicRecord[],
): Promise<{ missing: number; first: string | null }> {
  const { rows } = await pool.query<{ missing: number; first: string | null }>(
    `select count(*)::int as missing, min(r.position)::text as first
      from unnest($1::bigint[], $2::uuid[], $3::text[]) as r(position, event_id, data)
      left join ${schema}.events e on e.position = r.position and e.event_id = r.event_id and e.data::text = r.data
      where e.position is null`,
    [
      records.map((r) => r.event.position),
      records.map((r) => r.event.eventId),
      records.map((r) => r.value.toString('utf8')),
    ],
  );
  return rows[0] ?? { missing: 0, first: null };
}
