import { setTimeout as pause } from 'node:timers/promises';
import { produceApi } from '../world/kafka-proxy';
import type { Link } from '../world/tcp-proxy';
import { stateOf, until } from '../world/process';
import type { World } from '../world/world';
import { demand, type Fault, type Stage } from './fault';

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
  const release = await holdPartOfSend(world, victim);
  await kafka.stop(victim, 'SIGKILL');
  release();
  await pause(3_000);
  await kafka.start(victim);
  await allInSync(world);
}

/**
 * Holds back what one client sends to the victim until another broker has answered the same client. A send that went to
 * the victim alone is let go, and the next one tried. Answers how to let go of the last one.
 */
async function holdPartOfSend({ kafka }: World, victim: number): Promise<() => void> {
  const state: { link?: Link; client?: string; answered: boolean } = { answered: false };
  for (const [i, proxy] of kafka.proxies.entries())
    proxy.rule = {
      request: ({ api, clientId }, link) => {
        if (api !== produceApi || i !== victim || state.link !== undefined) return 'pass';
        Object.assign(state, { link, client: clientId, answered: false });
        return 'hold';
      },
      response: ({ api, clientId }) => {
        if (api === produceApi && i !== victim && clientId === state.client) state.answered = true;
        return 'pass';
      },
    };
  for (let tries = 0; tries < 200; tries++) {
    await until(`somebody sends to broker ${victim + 1}`, 30_000, () => state.link);
    for (let waited = 0; !state.answered && waited < 400; waited += 20) await pause(20);
    if (state.answered) break;
    state.link?.thaw();
    delete state.link;
  }
  for (const proxy of kafka.proxies) proxy.rule = undefined;
  demand(state.answered, 'no send went to several brokers');
  return () => state.link?.cut();
}

export const threeBrokers: readonly Fault[] = [leaderLostInSend, twoDown, inTurn];
