import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { stateOf, until } from '../world/process';
import type { DatabaseName } from '../world/services';
import { demand, type Fault, type Stage } from './fault';

function server(name: string, how: 'SIGINT' | 'SIGQUIT' | 'SIGKILL', awayMs: (stage: Stage) => number): Fault {
  return {
    name,
    kind: 'outage',
    strike: async (stage) => {
      const { postgres } = stage.world;
      const { pid } = postgres.process.mark;
      await postgres.stop(how);
      demand(stateOf(pid) === undefined, 'PostgreSQL still runs');
      return {
        proof: `PostgreSQL (pid ${pid}) is gone by ${how}`,
        heal: async () => {
          await pause(awayMs(stage));
          await postgres.start();
        },
      };
    },
  };
}

/** The commit is done, its answer never comes: appends, reactions and checkpoints. */
const answersLost: Fault = {
  name: 'commit-answer-lost',
  kind: 'cheap',
  strike: async ({ world }) => {
    const wanted: readonly [DatabaseName, string][] = [
      ['intake', 'log.append'],
      ['routing', 'log.react'],
      ['resolution', 'log.append'],
      ['gateway', 'commit'],
    ];
    const eaten = await Promise.all(wanted.map(([name, text]) => eat(world.databaseProxies[name], text, 8)));
    demand(
      eaten.every((count) => count > 0),
      `answers eaten: ${eaten.join(', ')}`,
    );
    return { proof: `answers eaten by database: ${eaten.join(', ')}`, heal: async () => undefined };
  },
};

async function eat(
  proxy: Stage['world']['databaseProxies'][DatabaseName],
  text: string,
  times: number,
): Promise<number> {
  let eaten = 0;
  proxy.rule = (asked) => (eaten < times && asked.includes(text) && eaten++ < times ? 'eat-answer' : 'pass');
  for (let waited = 0; eaten < times && waited < 60_000; waited += 50) await pause(50);
  proxy.rule = undefined;
  return eaten;
}

const waitingForLock = `select count(*)::int as waiting from pg_stat_activity
  where datname = 'intake' and usename = 'intake_app' and wait_event_type = 'Lock'`;

/** Somebody else holds a table: every connection of intake's pool waits, and callers wait for a connection. */
const poolExhausted: Fault = {
  name: 'pool-exhausted',
  kind: 'cheap',
  strike: async ({ world, say }) => {
    const holder = new Client({ connectionString: world.postgres.urlOf('intake') });
    await holder.connect();
    await holder.query('begin; lock table vault.subject_keys in access exclusive mode');
    let most = 0;
    const hold = async (): Promise<void> => {
      const end = Date.now() + 8_000;
      while (Date.now() < end) {
        const [row] = await world.postgres.ask<{ waiting: number }>('intake', waitingForLock);
        most = Math.max(most, row?.waiting ?? 0);
        await pause(100);
      }
      await holder.query('rollback');
      await holder.end();
    };
    await hold();
    say(`${most} connections waited`);
    demand(most >= 18, `only ${most} of intake's 20 connections waited`);
    return { proof: `${most} connections of intake waited for 8 s`, heal: async () => undefined };
  },
};

/** The server gives a role no more connections than two, and those it had are ended. */
const tooManyConnections: Fault = {
  name: 'too-many-connections',
  kind: 'outage',
  strike: async ({ world, outageMs }) => {
    const { postgres } = world;
    const mark = postgres.log().length;
    await postgres.ask('resolution', 'alter role resolution_app connection limit 2');
    await postgres.ask(
      'resolution',
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'resolution_app'`,
    );
    await until('a connection is refused', 15_000, () => postgres.log(mark).includes('too many connections for role'));
    return {
      proof: 'the server refuses connections: too many connections for role',
      heal: async () => {
        await pause(outageMs);
        await postgres.ask('resolution', 'alter role resolution_app connection limit -1');
      },
    };
  },
};

export const databaseFaults: readonly Fault[] = [
  answersLost,
  poolExhausted,
  tooManyConnections,
  server('postgres-restart-fast', 'SIGINT', () => 0),
  server('postgres-restart-immediate', 'SIGQUIT', () => 0),
  server('postgres-gone', 'SIGKILL', ({ outageMs }) => outageMs),
];
