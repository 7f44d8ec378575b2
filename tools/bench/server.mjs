/** The server that is measured on: the one of GARDA_TEST_PG, else one of our own, made for this and removed after. */
import { createRequire } from 'node:module';
import { randomBytes } from 'node:crypto';
import pg from 'pg';

const require = createRequire(import.meta.url);

export async function openServer(say) {
  if (process.env.GARDA_TEST_PG !== undefined) {
    say('Measuring on the server of GARDA_TEST_PG.');
    return { adminUrl: process.env.GARDA_TEST_PG, stop: async () => undefined };
  }
  const { freePorts } = require('../servers/dist/ports.js');
  const { makeFolder } = require('../servers/dist/folders.js');
  const { startPostgres } = require('../servers/dist/postgres.js');
  const { RunFile } = require('../servers/dist/run-file.js');
  const { removeInstance, throwawayFolder } = require('../servers/dist/throwaway.js');
  const folder = makeFolder(throwawayFolder('test'));
  const runFile = await RunFile.take(folder, say);
  const stop = async () => {
    await runFile.stopAll();
    removeInstance(folder);
  };
  const { postgres: port } = await freePorts();
  try {
    const onSpawn = (child) => runFile.add('postgres', child, [port]);
    const server = await startPostgres({ folder, port, password: randomBytes(16).toString('hex'), onSpawn });
    return { adminUrl: server.adminUrl, stop };
  } catch (error) {
    await stop();
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

/** A database of its own for each peer, with the roles a service has. Answers its URLs and the way to remove it. */
export async function makeDatabase(adminUrl, peer) {
  const name = `bench_${peer}_${randomBytes(4).toString('hex')}`;
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
    remove: async () => {
      await query(adminUrl, `drop database if exists ${name} with (force)`);
      for (const role of ['owner', 'app']) await query(adminUrl, `drop role if exists ${name}_${role}`);
    },
  };
}

/** What makes an answer durable, as the server itself says it. */
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
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
}
