import { numberBefore } from '@garda/contracts';
import type { Pool } from 'pg';
import { RelayStore } from './relay-store';
import { refuseFilled, RewindError } from './rewind';
import { checkPartitions, topicEnds } from './topic-ends';
import type { VerifyOptions } from './verify-log';

/**
 * Tells every consumer of this database to read a topic from its beginning. What it applied it knows by the numbers,
 * which are a pure function of the log: the records come again under the same ones and are dropped. Answers how many
 * cursors there are.
 */
export async function rereadTopic(pool: Pool, topic: string): Promise<number> {
  const { rowCount } = await pool.query(
    'update consume.consumer_cursor set next_offset = 0, revision = revision + 1 where topic = $1',
    [topic],
  );
  return rowCount ?? 0;
}

/**
 * Fills a topic that was lost and made again, empty, with as many partitions: the relay begins at the first fact. Its
 * consumers must have been told before (`rereadTopic`), or they would look for the new records at the old offsets.
 */
export async function renewTopic({ pool, schema, topic, kafka }: VerifyOptions): Promise<{ from: string }> {
  const store = new RelayStore(pool, schema, topic);
  const found = await store.findCheckpoint();
  if (found === undefined) throw new RewindError('TOPIC_UNKNOWN', `${topic} has no checkpoint here`);
  if (found.closed) throw new RewindError('CONFLICT', `${topic} is closed: open it`);
  const ends = await topicEnds(kafka, topic);
  checkPartitions(topic, found, ends.length);
  refuseFilled(topic, ends);
  const [seqs, nextOffsets] = [ends.map(() => numberBefore(found.generation)), ends.map(() => 0n)];
  if (!(await store.advance(found, { position: 0n, seqs, nextOffsets }, 'durable')))
    throw new RewindError('CONFLICT', `a relay moved the checkpoint of ${topic} meanwhile`);
  return { from: String(found.position) };
}
