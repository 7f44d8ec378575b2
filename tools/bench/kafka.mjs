/** The broker as a plain client sees it; nothing of our libraries is in here, so that it can check them. */
import { createRequire } from 'node:module';
import { randomUUID } from 'node:crypto';
import { until } from './rounds.mjs';

const { Kafka, logLevel } = createRequire(import.meta.url)('kafkajs');

/** `kafka`: { brokers, username, password }. */
export function plainKafka({ brokers, username, password }) {
  const sasl = { mechanism: 'scram-sha-512', username, password };
  return new Kafka({ clientId: 'bench', brokers, sasl, logLevel: logLevel.NOTHING });
}

/** A topic with the settings that ours have: kept for ever, one copy as there is one broker. */
export async function makeTopic(login, topic, partitions = 4) {
  const admin = plainKafka(login).admin();
  await admin.connect();
  const configEntries = [
    { name: 'cleanup.policy', value: 'delete' },
    { name: 'retention.ms', value: '-1' },
    { name: 'retention.bytes', value: '-1' },
  ];
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: partitions, configEntries }] });
  // A busy broker names itself leader a moment before it answers as one.
  const answers = () =>
    admin.fetchTopicOffsets(topic).then(
      () => true,
      () => false,
    );
  await until(answers, { what: `an answer for the new topic ${topic}` });
  await admin.disconnect();
}

export async function removeTopics(login, topics) {
  const admin = plainKafka(login).admin();
  await admin.connect();
  await admin.deleteTopics({ topics });
  await admin.disconnect();
}

/** Every record of a topic up to its present end, in order of offsets: `take(partition, message)`. Answers how many. */
export async function readTopic(login, topic, take, options = {}) {
  const kafka = plainKafka(login);
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic);
  const open = new Map(offsets.map(({ partition, high }) => [partition, BigInt(high)]).filter(([, high]) => high > 0n));
  const groupId = `bench-${randomUUID()}`;
  let seen = 0;
  if (open.size > 0) {
    const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100, ...options });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await new Promise((resolve, reject) => {
      consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
      const eachBatch = async ({ batch }) => {
        for (const message of batch.messages) take(batch.partition, message);
        seen += batch.messages.length;
        const end = open.get(batch.partition);
        if (end !== undefined && BigInt(batch.lastOffset()) + 1n >= end) open.delete(batch.partition);
        if (open.size === 0) resolve();
      };
      consumer.run({ autoCommit: false, eachBatch }).catch(reject);
    });
    await consumer.disconnect();
  }
  await admin.disconnect();
  return seen;
}

/** Every position 1 to `expected` once, and `seq` dense and in order in each partition. */
export async function checkTopic(login, topic, expected) {
  const positions = new Uint8Array(expected + 1);
  const last = new Map();
  const found = { acknowledged: expected, missing: 0, doubled: 0, disordered: 0 };
  await readTopic(login, topic, (partition, { headers }) => {
    const position = Number(headers.position.toString());
    const seq = Number(headers.seq.toString());
    if (position < 1 || position > expected || positions[position] > 0) found.doubled += 1;
    else positions[position] = 1;
    if (seq !== (last.get(partition) ?? 0) + 1) found.disordered += 1;
    last.set(partition, seq);
  });
  for (let position = 1; position <= expected; position += 1) if (positions[position] === 0) found.missing += 1;
  return found;
}
