/** The servers that are measured on: real ones, made for one suite and removed after it. */
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import pg from 'pg';

const require = createRequire(import.meta.url);

/** PostgreSQL, and Kafka where a suite needs it, with the settings that `npm start` gives them. */
export async function openServers({ kafka }, say) {
  const { startServers } = require('../servers/dist/servers.js');
  const { freePorts } = require('../servers/dist/ports.js');
  const { removeInstance, removeLeftOvers, throwawayFolder } = require('../servers/dist/throwaway.js');
  await removeLeftOvers(say);
  const folder = throwawayFolder('test');
  try {
    const start = { postgres: true, kafka };
    const servers = await startServers({ folder, ports: await freePorts(), say, start });
    const login = { brokers: [servers.brokers], username: 'admin', password: servers.secrets.kafka.admin };
    return {
      adminUrl: servers.adminUrl,
      ...(kafka ? { kafka: login } : {}),
      stop: async () => {
        await servers.stop();
        removeInstance(folder);
      },
    };
  } catch (error) {
    removeInstance(folder);
    throw error;
  }
}

export async function query(url, sql, values) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows;
  } finally {
    await client.end();
  }
}

/** A database of its own, with the two roles a service has. It goes with its server. */
export async function makeDatabase(adminUrl, purpose) {
  const name = `bench_${purpose}_${randomBytes(4).toString('hex')}`;
  const password = randomBytes(16).toString('hex');
  const urlOf = (user, secret) => {
    const url = new URL(adminUrl);
    if (user !== undefined) Object.assign(url, { username: user, password: secret });
    url.pathname = `/${name}`;
    return url.href;
  };
  for (const role of ['owner', 'app'])
    await query(adminUrl, `create role ${name}_${role} login password '${password}'`);
  await query(adminUrl, `create database ${name} owner ${name}_owner`);
  return {
    appRole: `${name}_app`,
    ownerUrl: urlOf(`${name}_owner`, password),
    appUrl: urlOf(`${name}_app`, password),
    adminUrl: urlOf(),
  };
}

/** A database of a service: both logs, cursors, clock and read models, made by the migrations of the library. */
export async function makeServiceDatabase(adminUrl, purpose) {
  const { eventLogMigrations, migrate } = require('../../libs/event-store/dist/index.js');
  const database = await makeDatabase(adminUrl, purpose);
  await migrate(database.ownerUrl, eventLogMigrations({ appRole: database.appRole }));
  return database;
}

/** What makes an answer durable, as the server itself says it. Throws when an answer would not be durable. */
export async function durability(url) {
  const names = [
    'fsync',
    'synchronous_commit',
    'full_page_writes',
    'wal_sync_method',
    'server_version',
    'shared_buffers',
  ];
  const rows = await query(url, `select name, setting from pg_settings where name = any($1)`, [names]);
  const found = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  if (found.fsync !== 'on' || found.synchronous_commit !== 'on')
    throw new Error(`These would not be durable appends: ${JSON.stringify(found)}`);
  return found;
}
