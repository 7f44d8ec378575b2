/** kafkajs as a peer of the relay: the same records from memory, in awaited batches, all copies asked for. */
import { performance } from 'node:perf_hooks';
import { plainKafka, readTopic } from '../kafka.mjs';

export async function run({ kafka: login, source, topic, batch }) {
  const messages = [];
  await readTopic(login, source, (partition, { key, value, headers, timestamp }) =>
    messages.push({ key, value, headers, timestamp, partition }),
  );
  const createPartitioner = () => (of) => of.message.partition;
  const producer = plainKafka(login).producer({ idempotent: false, maxInFlightRequests: 1, createPartitioner });
  await producer.connect();
  const began = performance.now();
  for (let at = 0; at < messages.length; at += batch)
    await producer.send({ topic, acks: -1, messages: messages.slice(at, at + batch) });
  const seconds = (performance.now() - began) / 1000;
  await producer.disconnect();
  return { seconds, perSecond: messages.length / seconds };
}
