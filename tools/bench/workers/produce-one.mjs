/** What one awaited produce of a single record costs here, all copies asked for. In milliseconds. */
import { performance } from 'node:perf_hooks';
import { spread } from '../figures.mjs';
import { plainKafka } from '../kafka.mjs';
import { text } from '../payload.mjs';

export async function run({ kafka: login, topic, count }) {
  const producer = plainKafka(login).producer({ idempotent: false });
  await producer.connect();
  const latencies = [];
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    await producer.send({ topic, acks: -1, messages: [{ value: text }] });
    if (n >= count / 10) latencies.push(performance.now() - began);
  }
  await producer.disconnect();
  return spread(latencies);
}
