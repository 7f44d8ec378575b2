import { randomUUID } from 'node:crypto';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { decodeRecord, type TopicRecord } from './record';

/** Offsets of one partition, `to` exclusive. */
export interface OffsetRange {
  readonly partition: number;
  readonly from: bigint;
  readonly to: bigint;
}

const giveUpAfterMs = 60_000;

/** What reads: records of one partition in order. It may reject, and then nothing more is read. */
type OnRecords = (records: readonly TopicRecord[], partition: number) => Promise<void>;

/**
 * Reads parts of a topic. kafkajs reads in groups only, so this makes one of its own, seeks, and deletes it after.
 * It gives up when nothing comes for a minute.
 */
export async function readRanges(
  kafka: Kafka,
  of: { topic: string; groupPrefix: string; ranges: readonly OffsetRange[] },
  onRecords: OnRecords,
): Promise<void> {
  const groupId = `${of.groupPrefix}${randomUUID()}`;
  const consumer = kafka.consumer({
    groupId,
    allowAutoTopicCreation: false,
    maxWaitTimeInMs: 100,
    retry: { restartOnFailure: async () => false },
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [of.topic], fromBeginning: true });
    await readAll(consumer, of.topic, of.ranges, onRecords);
  } finally {
    await consumer.disconnect();
    await deleteGroup(kafka, groupId);
  }
}

async function readAll(
  consumer: Consumer,
  topic: string,
  ranges: readonly OffsetRange[],
  onRecords: OnRecords,
): Promise<void> {
  const open = new Map(ranges.filter((range) => range.to > range.from).map((range) => [range.partition, range]));
  if (open.size === 0) return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => end(new Error(`nothing of ${topic} came for ${giveUpAfterMs} ms`)), giveUpAfterMs);
    const end = (error?: unknown): void => {
      clearTimeout(timer);
      if (error === undefined) resolve();
      else reject(error instanceof Error ? error : new Error('reading failed', { cause: error }));
    };
    consumer.on(consumer.events.CRASH, ({ payload }) => end(payload.error));
    consumer.on(consumer.events.GROUP_JOIN, () => {
      for (const { partition, from } of open.values()) consumer.seek({ topic, partition, offset: String(from) });
    });
    const eachBatch = async ({ batch }: EachBatchPayload): Promise<void> => {
      const range = open.get(batch.partition);
      if (range === undefined) return;
      timer.refresh();
      await onRecords(batch.messages.filter((m) => BigInt(m.offset) < range.to).map(decodeRecord), batch.partition);
      const from = BigInt(batch.lastOffset()) + 1n;
      if (from >= range.to) open.delete(batch.partition);
      else open.set(batch.partition, { ...range, from }); // where a new membership goes on
      if (open.size === 0) end();
    };
    const run = consumer.run({
      autoCommit: false,
      eachBatch: (payload) =>
        eachBatch(payload).catch((error: unknown) => {
          open.clear(); // the verdict is known; nothing more is read
          end(error);
        }),
    });
    run.catch(end);
  });
}

/** The broker may not have noticed yet that the last member left. */
async function withRetries(remove: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await remove();
      return;
    } catch (error) {
      if (tries === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

async function deleteGroup(kafka: Kafka, groupId: string): Promise<void> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    await withRetries(() => admin.deleteGroups([groupId]));
  } finally {
    await admin.disconnect();
  }
}
