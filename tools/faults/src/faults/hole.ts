import { setTimeout as pause } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTopics } from '../oracle/read-topics';
import type { Violation } from '../oracle/snapshot';
import { until } from '../world/process';
import type { DatabaseName } from '../world/services';
import type { World } from '../world/world';
import { demand, type Fault } from './fault';

const topic = 'garda.resolution.v1';
const readers: readonly (readonly [DatabaseName, string])[] = [
  ['intake', 'progress@1'],
  ['routing', 'reactions@1'],
  ['gateway', 'case-file@6'],
  ['gateway', 'errands@1'],
];

/**
 * A foreign client writes a record with a number that is not the next one. Whoever went on after it would pass over all
 * that comes before that number: every consumer of the topic must stop, loudly, with nothing after the hole applied.
 */
const holeInTopic: Fault = {
  name: 'hole-in-topic',
  kind: 'outage',
  spoils: true,
  strike: async ({ world }) => {
    const records = (await readTopics(world.kafka.client(), [topic])).get(topic) ?? [];
    const last = records.at(-1);
    if (last === undefined) throw new Error(`${topic} is empty`);
    const seq =
      Math.max(
        ...records.filter(({ partition }) => partition === last.partition).map(({ headers }) => Number(headers['seq'])),
      ) + 5_000;
    const producer = world.kafka.client().producer({ allowAutoTopicCreation: false });
    await producer.connect();
    const forged = {
      partition: last.partition,
      key: last.key,
      value: last.value,
      headers: { ...last.headers, seq: String(seq) },
    };
    const answer = await producer.send({ topic, messages: [forged] });
    await producer.disconnect();
    demand(answer[0]?.errorCode === 0, 'the broker did not take the record');
    return {
      proof: `a record with number ${seq} stands in ${topic}/${last.partition}`,
      heal: () => pause(3_000),
      instead: () => allStopped(world, last.partition, seq),
    };
  },
};

async function allStopped(world: World, partition: number, seq: number): Promise<Violation[]> {
  const found = await Promise.all(readers.map((reader) => stopped(world, reader, partition, seq)));
  return found.flat();
}

async function stopped(
  { folder, postgres }: World,
  [name, consumer]: (typeof readers)[number],
  partition: number,
  seq: number,
): Promise<Violation[]> {
  const log = join(folder, 'logs', `${name}.log`);
  const cursor = async (): Promise<number> => {
    const [row] = await postgres.ask<{ seq: number }>(
      name,
      'select seq::int as seq from consume.consumer_cursor where consumer = $1 and topic = $2 and partition = $3',
      [consumer, topic, partition],
    );
    return row?.seq ?? 0;
  };
  const isLoud = (): boolean => readFileSync(log, 'utf8').includes('HOLE_IN_TOPIC');
  const found: Violation[] = [];
  await until(`${name} says HOLE_IN_TOPIC`, 30_000, async () => isLoud() || (await cursor()) >= seq).catch(
    (error: Error) => found.push({ rule: 'a hole stops the consumer', words: error.message }),
  );
  const at = await cursor();
  if (at >= seq)
    found.push({ rule: 'nothing after a hole is applied', words: `${name}: ${consumer} went on to ${at}` });
  return found;
}

export const holes: readonly Fault[] = [holeInTopic];
