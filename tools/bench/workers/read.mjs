/** kafkajs reading a topic and doing nothing with it: what the broker and the client can bring at best. */
import { performance } from 'node:perf_hooks';
import { readTopic } from '../kafka.mjs';

export async function run({ kafka: login, topic, maxWaitTimeInMs = 100 }) {
  let bytes = 0;
  const began = performance.now();
  const records = await readTopic(login, topic, (_, { value }) => void (bytes += value.length), { maxWaitTimeInMs });
  const seconds = (performance.now() - began) / 1000;
  return { seconds, perSecond: records / seconds, records, bytes };
}
