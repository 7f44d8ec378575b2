import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import type { TopicRecord } from './snapshot';

/** Every record of these topics up to their ends as they are now, each partition in order. */
export async function readTopics(kafka: Kafka, topics: readonly string[]): Promise<Map<string, TopicRecord[]>> {
  const admin = kafka.admin();
  await admin.connect();
  const groupId = `admin-oracle-${randomUUID()}`;
  try {
    const ends = new Map<string, number>();
    for (const topic of topics)
      for (const { partition, high, low } of await admin.fetchTopicOffsets(topic))
        if (Number(high) > Number(low)) ends.set(`${topic}/${partition}`, Number(high));
    const records = await readToEnds(kafka, groupId, topics, ends);
    await removeGroup(() => admin.deleteGroups([groupId]));
    return records;
  } finally {
    await admin.disconnect();
  }
}

async function readToEnds(
  kafka: Kafka,
  groupId: string,
  topics: readonly string[],
  ends: Map<string, number>,
): Promise<Map<string, TopicRecord[]>> {
  const found = new Map(topics.map((topic) => [topic, [] as TopicRecord[]]));
  if (ends.size === 0) return found;
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100, retry: { retries: 10 } });
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
      consumer
        .run({
          autoCommit: false,
          eachBatch: async ({ batch }) => {
            const place = `${batch.topic}/${batch.partition}`;
            const end = ends.get(place);
            if (end === undefined) return;
            for (const message of batch.messages)
              if (Number(message.offset) < end) found.get(batch.topic)?.push(recordOf(batch.partition, message));
            if (Number(batch.lastOffset()) + 1 >= end) ends.delete(place);
            if (ends.size === 0) resolve();
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
  return found;
}

function recordOf(
  partition: number,
  message: { offset: string; key: Buffer | null; value: Buffer | null; headers?: object | undefined },
): TopicRecord {
  const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]);
  return {
    partition,
    offset: Number(message.offset),
    key: message.key?.toString() ?? '',
    value: message.value?.toString() ?? '',
    headers: Object.fromEntries(headers) as Record<string, string>,
  };
}

/** The broker may not have noticed yet that the reader left. */
async function removeGroup(remove: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await remove();
      return;
    } catch (error) {
      if (tries === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
