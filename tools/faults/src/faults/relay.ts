import { anyPort } from '@garda/servers';
import { setTimeout as pause } from 'node:timers/promises';
import { produceApi, type KafkaProxy } from '../world/kafka-proxy';
import { signal, stateOf, until } from '../world/process';
import type { LogName } from '../world/services';
import type { World } from '../world/world';
import { demand, type Fault } from './fault';
import { inTime, startAgain } from './kills';

const checkpointMove = 'update log.relay_checkpoint';

/** How many records the topic has beyond what the checkpoint knows. */
export async function surplus({ kafka, postgres }: World, name: LogName): Promise<number> {
  const topic = `garda.${name}.v1`;
  const records = await kafka.recordsIn(topic);
  const [row] = await postgres.ask<{ sum: number }>(
    name,
    'select (select sum(n) from unnest(next_offsets) n)::int as sum from log.relay_checkpoint where topic = $1',
    [topic],
  );
  return records - (row?.sum ?? 0);
}

/** Between the broker's answer and the checkpoint: the statement that moves the checkpoint is held back, then kill -9. */
const killBeforeCheckpoint: Fault = {
  name: 'kill-relay-before-checkpoint',
  kind: 'cheap',
  strike: async (stage) => {
    const { world } = stage;
    const proxy = world.databaseProxies.intake;
    const held = new Promise<void>((resolve) => {
      proxy.rule = (asked) => {
        if (!asked.includes(checkpointMove)) return 'pass';
        resolve();
        return 'hold';
      };
    });
    await inTime(held, 'the relay moved no checkpoint');
    const state = await signal(world.services.of('intake').child, 'SIGKILL');
    demand(state === undefined, 'intake survived SIGKILL');
    proxy.rule = undefined;
    const more = await surplus(world, 'intake');
    demand(more > 0, 'the topic has nothing that the checkpoint does not know');
    return { proof: `killed with ${more} records sent and not remembered`, heal: () => startAgain(stage, 'intake') };
  },
};

/** Before the broker has heard of the batch. */
const killBeforeSend: Fault = {
  name: 'kill-relay-before-send',
  kind: 'cheap',
  strike: async (stage) => {
    const [proxy] = stage.world.kafka.proxies as [KafkaProxy];
    const held = new Promise<number>((resolve) => {
      proxy.rule = {
        request: ({ api, clientId, bytes }) => {
          if (api !== produceApi || clientId !== 'routing') return 'pass';
          resolve(bytes);
          return 'hold';
        },
      };
    });
    const bytes = await inTime(held, 'the relay sent nothing');
    const state = await signal(stage.world.services.of('routing').child, 'SIGKILL');
    demand(state === undefined, 'routing survived SIGKILL');
    proxy.rule = undefined;
    return { proof: `killed while ${bytes} bytes were on their way`, heal: () => startAgain(stage, 'routing') };
  },
};

/** Does something to the next few sends of everybody, and answers when it was done. */
async function spoilSends(proxy: KafkaProxy, how: 'answer' | 'half', times: number): Promise<number> {
  let done = 0;
  proxy.rule = {
    request: ({ api }) => (how === 'half' && api === produceApi && done++ < times ? 'half' : 'pass'),
    response: ({ api }) => (how === 'answer' && api === produceApi && done++ < times ? 'cut' : 'pass'),
  };
  for (let waited = 0; done < times && waited < 120_000; waited += 50) await pause(50);
  proxy.rule = undefined;
  return Math.min(done, times);
}

const times = 12;

const answersEaten: Fault = {
  name: 'answer-eaten',
  kind: 'cheap',
  strike: async ({ world }) => {
    const done = await spoilSends(world.kafka.proxies[0] as KafkaProxy, 'answer', times);
    demand(done === times, `only ${done} answers were eaten`);
    return { proof: `${done} answers to sends were eaten, and the connections cut`, heal: async () => undefined };
  },
};

const cutInSend: Fault = {
  name: 'cut-in-send',
  kind: 'cheap',
  strike: async ({ world }) => {
    const done = await spoilSends(world.kafka.proxies[0] as KafkaProxy, 'half', times);
    demand(done === times, `only ${done} sends were cut`);
    return { proof: `${done} sends were cut in the middle`, heal: async () => undefined };
  },
};

const lockHolder = `select l.pid from pg_locks l join pg_database d on d.oid = l.database
  where l.locktype = 'advisory' and l.granted and d.datname = current_database()
    and (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended($1, 0)`;

/**
 * Two processes of one service. The one that leads is stopped with its checkpoint on the way, loses its session, and goes
 * on when the other has led for a while.
 */
const twoRelays: Fault = {
  name: 'two-relays',
  kind: 'cheap',
  prepare: async (world, urls) => {
    const second = await world.services.start('intake', { id: 'intake-2', port: await anyPort() });
    urls.intake.push(second.url);
  },
  strike: async (stage) => {
    const { world } = stage;
    const first = world.services.of('intake').child;
    const { link, position } = await freezeLeader(world);
    demand((await signal(first, 'SIGSTOP')) === 'T', 'intake does not stop');
    stage.urls.intake.shift();
    const job = 'garda.relay/garda.intake.v1';
    const [holder] = await world.postgres.ask<{ pid: number }>('intake', lockHolder, [job]);
    demand(holder !== undefined, 'nobody holds the lead');
    await world.postgres.ask('intake', 'select pg_terminate_backend($1)', [holder?.pid]);
    const other = await until('the second relay leads', 20_000, async () => {
      const at = await checkpointOf(world);
      return at > position ? at : undefined;
    });
    demand(stateOf(first.mark.pid) === 'T', 'intake did not stay stopped');
    link.thaw();
    return {
      proof: `intake stopped at ${position} with its lead lost, the other relay went on to ${other}`,
      heal: async () => {
        process.kill(first.mark.pid, 'SIGCONT');
        stage.urls.intake.unshift(world.services.of('intake').url);
        await pause(2_000);
        stage.urls.intake.pop();
        await world.services.stop('intake-2');
      },
    };
  },
};

async function freezeLeader(world: World) {
  const proxy = world.databaseProxies.intake;
  const held = new Promise<Parameters<NonNullable<typeof proxy.rule>>[1]>((resolve) => {
    proxy.rule = (asked, link) => {
      if (!asked.includes(checkpointMove)) return 'pass';
      proxy.rule = undefined;
      resolve(link);
      return 'hold';
    };
  });
  const link = await inTime(held, 'the relay moved no checkpoint');
  return { link, position: await checkpointOf(world) };
}

async function checkpointOf({ postgres }: World): Promise<number> {
  const [row] = await postgres.ask<{ position: number }>(
    'intake',
    'select position::int as position from log.relay_checkpoint',
  );
  return row?.position ?? 0;
}

export const relayFaults: readonly Fault[] = [killBeforeCheckpoint, killBeforeSend, answersEaten, cutInSend, twoRelays];
