import { setTimeout as pause } from 'node:timers/promises';
import { produceApi } from '../world/kafka-proxy';
import { stateOf, until } from '../world/process';
import type { World } from '../world/world';
import { demand, type Fault, type Stage } from './fault';
import { inTime } from './kills';

const topics = ['garda.intake.v1', 'garda.routing.v1', 'garda.resolution.v1'];

/** All copies have caught up: only then may the next broker go, or the broker itself would be what loses. */
async function allInSync({ kafka }: World): Promise<void> {
  await until('all copies are in step', 60_000, async () => {
    const { topics: found } = await kafka.asAdmin((admin) => admin.fetchTopicMetadata({ topics }));
    return found.every(({ partitions }) => partitions.every(({ isr }) => isr.length === kafka.count));
  });
}

async function bounce(world: World, i: number, how: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const { pid } = world.kafka.process(i).mark;
  await world.kafka.stop(i, how);
  demand(stateOf(pid) === undefined, `broker ${i + 1} still runs`);
  await pause(500);
  await world.kafka.start(i);
  await allInSync(world);
}

const inTurn: Fault = {
  name: 'brokers-in-turn',
  kind: 'outage',
  world: 'three-brokers',
  strike: async ({ world, say }) => {
    let kills = 0;
    let stops = 0;
    for (let round = 0; round < 12; round++) {
      const how = round % 2 === 0 ? 'SIGKILL' : 'SIGTERM';
      await bounce(world, round % 3, how);
      if (how === 'SIGKILL') kills++;
      else stops++;
      say(`broker ${(round % 3) + 1} was gone by ${how} and is back`);
    }
    return { proof: `${kills} kills and ${stops} orderly stops in turn`, heal: async () => undefined };
  },
};

/** Too few copies are left to take anything: sends fail until the brokers are back. */
const twoDown: Fault = {
  name: 'two-brokers-down',
  kind: 'outage',
  world: 'three-brokers',
  strike: async ({ world, outageMs }) => {
    const pids = [0, 1].map((i) => world.kafka.process(i).mark.pid);
    await Promise.all([world.kafka.stop(0, 'SIGKILL'), world.kafka.stop(1, 'SIGKILL')]);
    demand(
      pids.every((pid) => stateOf(pid) === undefined),
      'two brokers still run',
    );
    return {
      proof: `brokers ${pids.join(' and ')} are gone, one of three is left`,
      heal: async () => {
        await pause(outageMs);
        await Promise.all([world.kafka.start(0), world.kafka.start(1)]);
        await allInSync(world);
      },
    };
  },
};

/**
 * A send to several brokers: one has answered, the other's part is still on its way when that broker dies and its
 * partitions get another leader. A client that repeats by itself believes then that all is written.
 */
const leaderLostInSend: Fault = {
  name: 'leader-lost-in-send',
  kind: 'cheap',
  world: 'three-brokers',
  strike: async (stage) => {
    let done = 0;
    for (let round = 0; round < 3; round++) {
      await loseLeader(stage, round % 3);
      done++;
    }
    return { proof: `${done} brokers died with a part of a send on its way`, heal: async () => undefined };
  },
};

async function loseLeader({ world }: Stage, victim: number): Promise<void> {
  const { kafka } = world;
  const sends = { answered: 0 };
  const held = new Promise<void>((resolve) => {
    for (const [i, proxy] of kafka.proxies.entries())
      proxy.rule = {
        request: ({ api }) => {
          if (api !== produceApi || i !== victim) return 'pass';
          resolve();
          return 'hold';
        },
        response: ({ api }) => {
          if (api === produceApi && i !== victim) sends.answered++;
          return 'pass';
        },
      };
  });
  await inTime(held, `nobody sent to broker ${victim + 1}`);
  const before = sends.answered;
  await pause(150); // the other parts of the same send are answered meanwhile
  demand(sends.answered >= before, 'no other broker answered');
  await kafka.stop(victim, 'SIGKILL');
  for (const proxy of kafka.proxies) proxy.rule = undefined;
  for (const link of kafka.proxies[victim]?.links ?? []) link.cut();
  await pause(3_000);
  await kafka.start(victim);
  await allInSync(world);
}

export const threeBrokers: readonly Fault[] = [leaderLostInSend, twoDown, inTurn];
