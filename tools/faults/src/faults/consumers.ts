import { anyPort } from '@garda/servers';
import { setTimeout as pause } from 'node:timers/promises';
import { CompressionTypes } from 'kafkajs';
import { readTopics } from '../oracle/read-topics';
import { signal, stateOf, until } from '../world/process';
import type { World } from '../world/world';
import { demand, type Fault } from './fault';
import { inTime } from './kills';

const group = 'routing-reactions';

async function members({ kafka }: World): Promise<number> {
  const { groups } = await kafka.asAdmin((admin) => admin.describeGroups([group]));
  const found = groups[0];
  return found?.state === 'Stable' ? found.members.length : 0;
}

/** A second member comes and goes while batches are in hand, which a slow database makes long. */
const rebalance: Fault = {
  name: 'rebalance-in-batch',
  kind: 'cheap',
  strike: async ({ world }) => {
    const proxy = world.databaseProxies.routing;
    proxy.shape = { delayMs: 15 };
    await world.services.start('routing', { id: 'routing-2', port: await anyPort() });
    await until('two members share the partitions', 30_000, async () => (await members(world)) === 2);
    await pause(1_000);
    await world.services.stop('routing-2');
    await until('one member is left', 30_000, async () => (await members(world)) === 1);
    return {
      proof: 'two members shared the partitions, then one again',
      heal: async () => void (proxy.shape = undefined),
    };
  },
};

/** Stopped in the middle of a reaction for longer than its session; another member goes on; then it wakes and sends it. */
const zombie: Fault = {
  name: 'zombie-consumer',
  kind: 'outage',
  strike: async ({ world }) => {
    const proxy = world.databaseProxies.routing;
    const held = new Promise<Parameters<NonNullable<typeof proxy.rule>>[1]>((resolve) => {
      proxy.rule = (asked, link) => {
        if (!asked.includes('log.react')) return 'pass';
        proxy.rule = undefined;
        resolve(link);
        return 'hold';
      };
    });
    const link = await inTime(held, 'no reaction was sent');
    const first = world.services.of('routing').child;
    demand((await signal(first, 'SIGSTOP')) === 'T', 'routing does not stop');
    const since = Date.now();
    await world.services.start('routing', { id: 'routing-2', port: await anyPort() });
    await until('the other member has all partitions', 60_000, async () => (await members(world)) === 1);
    await until('and has gone on', 30_000, () => Date.now() - since > 16_000);
    await pause(1_500);
    demand(stateOf(first.mark.pid) === 'T', 'routing did not stay stopped');
    const seconds = Math.round((Date.now() - since) / 1000);
    return {
      proof: `stopped for ${seconds} s within a reaction, thrown out of its group meanwhile`,
      heal: async () => {
        link.thaw();
        process.kill(first.mark.pid, 'SIGCONT');
        await pause(3_000);
        await world.services.stop('routing-2');
      },
    };
  },
};

/** Records of the topic once more, backwards and in pieces, by a client that has no business there. */
const foreignRecords: Fault = {
  name: 'foreign-records',
  kind: 'cheap',
  strike: async ({ world, random }) => {
    const topic = 'garda.intake.v1';
    const producer = world.kafka.client().producer({ allowAutoTopicCreation: false });
    await producer.connect();
    let written = 0;
    try {
      for (let round = 0; round < 3; round++) {
        const there = (await readTopics(world.kafka.client(), [topic])).get(topic) ?? [];
        const messages = there
          .slice(-400)
          .reverse()
          .filter(() => random.next() < 0.8)
          .map(({ partition, key, value, headers }) => ({ partition, key, value, headers }));
        const answer = await producer.send({ topic, messages, compression: CompressionTypes.GZIP });
        demand(
          answer.every(({ errorCode }) => errorCode === 0),
          'the broker did not take them',
        );
        written += messages.length;
      }
    } finally {
      await producer.disconnect();
    }
    demand(written > 300, `only ${written} records were written`);
    return { proof: `${written} old records were written again, backwards`, heal: async () => undefined };
  },
};

export const consumerFaults: readonly Fault[] = [rebalance, zombie, foreignRecords];
