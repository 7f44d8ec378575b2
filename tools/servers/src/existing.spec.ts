import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { publishCatalogue, runOperator } from './commands/operator';
import { existingServers } from './connections';
import { databaseUrl } from './databases';
import { startInstance } from './instance';
import type { Instance } from './instance';
import { databaseServices, inCapitals, restrictedPrincipals } from './names';
import { freePorts } from './ports';
import { startServers } from './servers';
import type { Servers } from './servers';
import { removeInstance, throwawayFolder } from './throwaway';
import { withClient } from './with-client';

/** Somebody else's servers: databases, roles, users, topics and rights are there, and are named by the environment. */
describe('an instance on servers that exist already', () => {
  const theirs = throwawayFolder('test');
  const folder = throwawayFolder('test');
  let servers: Servers;
  let instance: Instance;

  beforeAll(async () => {
    const ports = await freePorts();
    servers = await startServers({ folder: theirs, ports, say: () => undefined });
    const existing = existingServers(environmentOf(servers, ports.postgres));
    instance = await startInstance({ folder, ports: await freePorts(), existing });
  }, 180_000);
  afterAll(async () => {
    await instance?.stop();
    await servers?.stop();
    removeInstance(folder);
    removeInstance(theirs);
  }, 60_000);

  it('starts none of its own', () => {
    const run = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as { processes: { name: string }[] };
    expect(run.processes.map(({ name }) => name).sort()).toEqual([
      'gateway',
      'identity',
      'intake',
      'resolution',
      'routing',
    ]);
  });

  it('migrates their databases and works over their topics', async () => {
    await publishCatalogue(folder, instance.catalogue);
    const { code, stdout } = await runOperator(folder, ['catalogue', 'publish', instance.catalogue], true);
    expect(code).toBe(0);
    expect(stdout).toMatch(/: 0 new or changed/);
    for (const reader of ['routing', 'resolution', 'gateway'] as const) {
      await waitUntilHeard(instance.connections.databases[reader].app);
    }
  }, 60_000);
});

/** What intake published has come over their broker into another database. */
async function waitUntilHeard(url: string): Promise<void> {
  await withClient(url, async (client) => {
    for (let tries = 0; tries < 150; tries++) {
      const { rows } = await client.query('select 1 from consume.consumer_cursor where seq > 0');
      if (rows.length > 0) {
        return;
      }
      await pause(200);
    }
    throw new Error('nothing was heard');
  });
}

function environmentOf({ secrets, brokers }: Servers, port: number): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { KAFKA_BROKERS: brokers };
  for (const service of databaseServices) {
    const suffix = service.toUpperCase();
    const { app, owner } = secrets.databases[service];
    env[`DATABASE_URL_${suffix}`] = databaseUrl(port, service, 'app', app);
    env[`DATABASE_OWNER_URL_${suffix}`] = databaseUrl(port, service, 'owner', owner);
  }
  for (const user of [...databaseServices, ...restrictedPrincipals, 'analyst'] as const) {
    env[`KAFKA_USERNAME_${inCapitals(user)}`] = user;
    env[`KAFKA_PASSWORD_${inCapitals(user)}`] = secrets.kafka[user];
  }
  return env;
}
