import { isUsed, numberBefore } from '@garda/contracts';
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from './cursor';
import { LogVerificationError } from './errors';
import { nobodyLeads, relayJob } from './leadership';
import { RelayStore, type Checkpoint } from './relay-store';
import { refuseFilled, RewindError } from './rewind';
import { checkPartitions, refuseLoss, topicEnds } from './topic-ends';
import type { VerifyOptions } from './verify-log';

/** Where a closed topic ends. Numbers as text: they go out as JSON. */
export interface ClosedTopic {
  readonly topic: string;
  readonly generation: number;
  /** Everything up to here is in the topic, and nothing after it. */
  readonly position: string;
  /** The last number given out, by partition. */
  readonly seqs: readonly string[];
}

type Owned = Pick<VerifyOptions, 'pool' | 'schema' | 'topic'>;

const lookEveryMs = 100;

/**
 * No relay carries anything into the topic from here on, in whatever process: it resolves when the last send has ended.
 * The log goes on. May be repeated.
 */
export async function closeTopic({ pool, schema, topic }: Owned, signal?: AbortSignal): Promise<ClosedTopic> {
  const { rowCount } = await pool.query(`update ${schema}.relay_checkpoint set closed = true where topic = $1`, [
    topic,
  ]);
  if (rowCount !== 1) throw new RewindError('TOPIC_UNKNOWN', `${topic} has no checkpoint here`);
  // A relay that sees it gives the lead back after its send; none takes it again before the topic is opened.
  while (!(await nobodyLeads(pool, relayJob(topic)))) {
    signal?.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  return closedTopic({ pool, schema, topic });
}

/** @throws RewindError TOPIC_NOT_CLOSED */
async function closedTopic({ pool, schema, topic }: Owned): Promise<ClosedTopic> {
  const { generation, position, seqs } = await closedCheckpoint(new RelayStore(pool, schema, topic), topic);
  return { topic, generation, position: String(position), seqs: seqs.map(String) };
}

async function closedCheckpoint(store: RelayStore, topic: string): Promise<Checkpoint> {
  const found = await store.findCheckpoint();
  if (found?.closed !== true) throw new RewindError('TOPIC_NOT_CLOSED', `${topic} is not closed here`);
  return found;
}

/**
 * Whether the topic was made again: empty, with so many partitions. To be asked before its consumers are told.
 * @throws RewindError TOPIC_NOT_EMPTY, LogVerificationError PARTITIONS_DIFFER
 */
export async function checkMadeAgain({ kafka, topic }: VerifyOptions, partitions: number): Promise<void> {
  const ends = await topicEnds(kafka, topic);
  if (ends.length !== partitions)
    throw new LogVerificationError('PARTITIONS_DIFFER', topic, `has ${ends.length} partitions and not ${partitions}`);
  refuseFilled(topic, ends);
}

/**
 * The relay goes on. Without `partitions` in the topic as it was left; with them in one that was made again, empty: it is
 * filled from the first fact on, as a new generation, and its consumers must have been told before (`renumberConsumers`).
 */
export async function openTopic(
  options: VerifyOptions,
  partitions?: number,
): Promise<{ generation: number; partitions: number }> {
  const { pool, schema, topic, kafka } = options;
  const store = new RelayStore(pool, schema, topic);
  const from = await closedCheckpoint(store, topic);
  if (partitions === undefined) {
    const ends = await topicEnds(kafka, topic);
    checkPartitions(topic, from, ends.length);
    refuseLoss(topic, from, ends);
  } else await checkMadeAgain(options, partitions);
  const to = partitions === undefined ? from : anew(from.generation + 1, partitions);
  if (!(await store.reopen(from, { ...to, closed: false })))
    throw new RewindError('CONFLICT', `the checkpoint of ${topic} was moved meanwhile`);
  return { generation: to.generation, partitions: to.seqs.length };
}

function anew(generation: number, partitions: number): Omit<Checkpoint, 'closed'> {
  const each = <T>(value: T): T[] => Array.from({ length: partitions }, () => value);
  return { generation, position: 0n, seqs: each(numberBefore(generation)), nextOffsets: each(0n) };
}

/** What a consumer still has to do with a closed topic, in words; empty when it has applied all of it. */
export async function behindClosed(pool: Pool, consumers: readonly string[], closed: ClosedTopic): Promise<string[]> {
  const found: string[] = [];
  for (const consumer of consumers) {
    const behind = await inTransaction(pool, (client) => behindOf(client, consumer, closed));
    found.push(...(behind ?? []));
  }
  return found;
}

async function behindOf(client: PoolClient, consumer: string, closed: ClosedTopic): Promise<string[]> {
  const { rows } = await client.query<{ partition: number; seq: string; held: number }>(
    `select c.partition, c.seq::text as seq, (select count(distinct p.key)::int from consume.parked p
         where p.consumer = c.consumer and p.topic = c.topic and p.partition = c.partition) as held
       from consume.consumer_cursor c where c.consumer = $1 and c.topic = $2 for update of c`,
    [consumer, closed.topic],
  );
  if (rows.length === 0 || isNumberedFor(rows, closed.generation + 1)) return [];
  const seqs = new Map(rows.map(({ partition, seq }) => [partition, seq]));
  return [
    ...closed.seqs.flatMap((seq, partition) => {
      const at = seqs.get(partition) ?? (isUsed(BigInt(seq)) ? '0' : seq);
      return at === seq ? [] : [`${consumer} is at ${at} of ${seq} in partition ${partition}`];
    }),
    ...rows
      .filter(({ held }) => held > 0)
      .map((row) => `${consumer} holds ${row.held} keys of partition ${row.partition}`),
  ];
}

const isNumberedFor = (rows: readonly { seq: string }[], generation: number): boolean =>
  rows.every(({ seq }) => BigInt(seq) >= numberBefore(generation));

/**
 * Makes these consumers ready for the next generation of a closed topic that they have wholly applied: they will read it
 * from its beginning, and what it repeats moves their cursors and is not applied. One that never read the topic has no
 * cursor and needs none. May be repeated.
 * @throws RewindError CONSUMERS_BEHIND, and that consumer is as it was
 */
export async function renumberConsumers(
  pool: Pool,
  of: { consumers: readonly string[]; closed: ClosedTopic; partitions: number },
): Promise<{ renumbered: number }> {
  let renumbered = 0;
  for (const consumer of of.consumers)
    renumbered += (await inTransaction(pool, (client) => renumberOne(client, { ...of, consumer }))) ?? 0;
  return { renumbered };
}

async function renumberOne(
  client: PoolClient,
  { consumer, closed, partitions }: { consumer: string; closed: ClosedTopic; partitions: number },
): Promise<number> {
  const { topic, generation, position } = closed;
  const [first] = await behindOf(client, consumer, closed);
  if (first !== undefined) throw new RewindError('CONSUMERS_BEHIND', `${topic}: ${first}`);
  const key = [consumer, topic];
  const { rows } = await client.query<{ seq: string; revision: string }>(
    'select seq::text as seq, revision::text as revision from consume.consumer_cursor where consumer = $1 and topic = $2',
    key,
  );
  if (rows.length === 0 || isNumberedFor(rows, generation + 1)) return 0;
  // Above every revision there was: who read a row of before cannot move the one of now.
  const revision = rows.reduce((most, row) => (BigInt(row.revision) > most ? BigInt(row.revision) : most), 0n) + 1n;
  await client.query('delete from consume.consumer_cursor where consumer = $1 and topic = $2', key);
  await client.query(
    `insert into consume.consumer_cursor (consumer, topic, partition, seq, next_offset, revision, skip_to_position)
       select $1, $2, p, $3, 0, $4, $5 from generate_series(0, $6::int - 1) p`,
    [...key, numberBefore(generation + 1), revision, position, partitions],
  );
  return 1;
}
