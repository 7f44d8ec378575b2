import { clientFor, type Topics } from '@garda/testing';
import type { Kafka } from 'kafkajs';
import { decodeRecord, type TopicRecord } from '../src/record';

/** A client of its own, as another process would have: members of one group must not share one. */
export const ownClient = (topics: Topics<string>): Kafka => clientFor(topics.settings);

/** Everything in a topic up to its present end, each partition in order of offsets. */
export async function readTopic(topics: Topics<string>, topic: string): Promise<Map<number, TopicRecord[]>> {
  const kafka = ownClient(topics);
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const found = new Map<number, TopicRecord[]>(ends.map(({ partition }) => [partition, []]));
  const wanted = ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  if (wanted === 0) return found;
  const consumer = kafka.consumer({ groupId: topics.groupId(`read-${Math.random()}`), maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  let seen = 0;
  await new Promise<void>((resolve, reject) => {
    const run = consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        found.get(batch.partition)?.push(...batch.messages.map(decodeRecord));
        seen += batch.messages.length;
        if (seen >= wanted) resolve();
      },
    });
    run.catch(reject);
  });
  await consumer.disconnect();
  return found;
}
