import type { LogSchema } from '@garda/event-store';
import type { Kafka } from 'kafkajs';
import type { Pool } from 'pg';
import { LogVerificationError } from './errors';
import type { TopicRecord } from './record';
import { RelayStore, type Checkpoint } from './relay-store';
import { readRanges, type OffsetRange } from './surplus';

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
  const before = await topicEnds(kafka, topic);
  const checkpoint = await new RelayStore(pool, schema, topic).checkpoint(before.length);
  checkPartitions(topic, checkpoint, before.length);
  await checkHead(options, checkpoint);
  const ends = await topicEnds(kafka, topic); // after the checkpoint: a relay that still runs elsewhere only adds
  const ranges = surplusOf(topic, checkpoint, ends);
  if (ranges.length === 0) return;
  const groupPrefix = options.groupPrefix ?? `${topic.split('.')[1] ?? topic}-verify-`;
  await readRanges(kafka, { topic, groupPrefix, ranges }, (records) => checkInLog(options, records));
}

/** The offset after the last record, by partition. */
async function topicEnds(kafka: Kafka, topic: string): Promise<bigint[]> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    const offsets = await admin.fetchTopicOffsets(topic);
    return [...offsets].sort((a, b) => a.partition - b.partition).map((one) => BigInt(one.high));
  } finally {
    await admin.disconnect();
  }
}

function checkPartitions(topic: string, checkpoint: Checkpoint, partitions: number): void {
  const counted = checkpoint.seqs.length;
  if (counted === partitions) return;
  throw new LogVerificationError(
    'PARTITIONS_DIFFER',
    topic,
    `has ${partitions} partitions and was numbered for ${counted}`,
  );
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

function surplusOf(topic: string, checkpoint: Checkpoint, ends: readonly bigint[]): OffsetRange[] {
  return ends.flatMap((to, partition) => {
    const from = checkpoint.nextOffsets[partition] ?? 0n;
    if (to < from) {
      throw new LogVerificationError(
        'TOPIC_BEHIND_LOG',
        topic,
        `partition ${partition} ends at ${to}, relayed up to ${from}`,
      );
    }
    return to > from ? [{ partition, from, to }] : [];
  });
}

async function checkInLog({ pool, schema, topic }: VerifyOptions, records: readonly TopicRecord[]): Promise<void> {
  const { rows } = await pool.query<{ missing: number; first: string | null }>(
    `select count(*)::int as missing, min(r.position)::text as first
      from unnest($1::bigint[], $2::uuid[]) as r(position, event_id)
      left join ${schema}.events e on e.position = r.position and e.event_id = r.event_id
      where e.position is null`,
    [records.map((r) => r.event.position), records.map((r) => r.event.eventId)],
  );
  const missing = rows[0]?.missing ?? 0;
  if (missing === 0) return;
  throw new LogVerificationError(
    'TOPIC_AHEAD_OF_LOG',
    topic,
    `${missing} records from position ${rows[0]?.first} are not in the log`,
  );
}
