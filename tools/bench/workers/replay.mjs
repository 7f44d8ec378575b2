/**
 * The analyst's read of one topic, by the code of the analyst: every fact decoded, checked for order, folded, digested.
 * What `npm run analyst -- replay` does for three topics.
 */
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { plainKafka } from '../kafka.mjs';

const require = createRequire(import.meta.url);

export async function run({ kafka: login, topic }) {
  const { Replay } = require('../../../apps/analyst/dist/replay.js');
  const { readTopic } = require('../../../apps/analyst/dist/topics.js');
  const began = performance.now();
  const replay = new Replay('resolution');
  await readTopic(plainKafka(login), topic, (event) => replay.take(event));
  const readIn = (performance.now() - began) / 1000;
  const found = replay.end();
  const seconds = (performance.now() - began) / 1000;
  return { ...found, seconds, readIn, perSecond: found.facts / seconds, memory: process.memoryUsage().rss };
}
