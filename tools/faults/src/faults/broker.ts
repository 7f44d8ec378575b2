import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { stateOf } from '../world/process';
import { demand, type Fault, type Stage } from './fault';

function broker(
  name: string,
  kind: Fault['kind'],
  how: 'SIGTERM' | 'SIGKILL',
  awayMs: (stage: Stage) => number,
): Fault {
  return {
    name,
    kind,
    strike: async (stage) => {
      const { kafka } = stage.world;
      const { pid } = kafka.process(0).mark;
      await kafka.stop(0, how);
      demand(stateOf(pid) === undefined, 'the broker still runs');
      return {
        proof: `broker (pid ${pid}) is gone by ${how}`,
        heal: async () => {
          await pause(awayMs(stage));
          await kafka.start(0);
        },
      };
    },
  };
}

/** Every piece late and few bytes a second, both ways. */
const slow: Fault = {
  name: 'broker-slow',
  kind: 'outage',
  strike: async ({ world, outageMs }) => {
    const [proxy] = world.kafka.proxies;
    const quick = await timeOf(() => world.kafka.asAdmin((admin) => admin.listTopics()));
    if (proxy !== undefined) proxy.shape = { delayMs: 60, bytesPerSecond: 400_000 };
    const late = await timeOf(() => world.kafka.asAdmin((admin) => admin.listTopics()));
    demand(late > quick + 200, `a question took ${Math.round(quick)} ms before and ${Math.round(late)} ms after`);
    return {
      proof: `a question takes ${Math.round(late)} ms instead of ${Math.round(quick)} ms`,
      heal: async () => {
        await pause(outageMs);
        if (proxy !== undefined) proxy.shape = undefined;
      },
    };
  },
};

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** All connections of everybody at once, again and again. */
const cut: Fault = {
  name: 'broker-cut',
  kind: 'cheap',
  strike: async ({ world }) => {
    const [proxy] = world.kafka.proxies;
    let links = 0;
    for (let i = 0; i < 5; i++) {
      links += proxy?.cutAll() ?? 0;
      await pause(400);
    }
    demand(links > 10, `only ${links} connections were cut`);
    return { proof: `${links} connections were cut`, heal: async () => undefined };
  },
};

export const brokerFaults: readonly Fault[] = [
  slow,
  cut,
  broker('broker-restart', 'outage', 'SIGTERM', () => 0),
  broker('broker-killed', 'outage', 'SIGKILL', () => 0),
  broker('broker-gone', 'outage', 'SIGKILL', ({ outageMs }) => outageMs),
];
