import { setTimeout as pause } from 'node:timers/promises';
import { signal } from '../world/process';
import { names, type Name } from '../world/services';
import { demand, type Fault, type Stage } from './fault';

/** kill -9 of one service in the middle of its work. */
function kill(name: Name): Fault {
  return {
    name: `kill-${name}`,
    kind: 'cheap',
    strike: async (stage) => {
      const { child } = stage.world.services.of(name);
      const state = await signal(child, 'SIGKILL');
      demand(state === undefined, `${name} survived SIGKILL`);
      return { proof: `${name} (pid ${child.mark.pid}) is gone`, heal: () => startAgain(stage, name) };
    },
  };
}

/** After a moment, so that everybody meets the gap. */
export async function startAgain({ world }: Stage, name: Name): Promise<void> {
  await pause(500);
  await world.services.stop(name, 'SIGKILL');
  await world.services.start(name);
}

/** The gateway's consumer dies with a batch half applied: after its first write, before the commit. */
const killGatewayInBatch: Fault = {
  name: 'kill-gateway-in-batch',
  kind: 'cheap',
  strike: async (stage) => {
    const proxy = stage.world.databaseProxies.gateway;
    const held = new Promise<void>((resolve) => {
      proxy.rule = (asked) => {
        if (!asked.includes('timeline.open')) return 'pass';
        resolve();
        return 'hold';
      };
    });
    await inTime(held, 'no batch was written');
    const state = await signal(stage.world.services.of('gateway').child, 'SIGKILL');
    demand(state === undefined, 'the gateway survived SIGKILL');
    proxy.rule = undefined;
    return { proof: 'its timeline was held back, then the gateway was gone', heal: () => startAgain(stage, 'gateway') };
  },
};

export async function inTime<T>(what: Promise<T>, words: string, ms = 60_000): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ms)));
  const found = await Promise.race([what.then((value) => ({ value })), late]);
  clearTimeout(timer);
  demand(found !== undefined, words);
  return (found as { value: T }).value;
}

export const kills: readonly Fault[] = [...names.map(kill), killGatewayInBatch];
