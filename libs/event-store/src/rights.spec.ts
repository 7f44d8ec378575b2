import { withLogs } from '../test/database';
import { aRequest } from '../test/requests';
import { encodeBatch } from './encode';
import { EventLog } from './event-log';
import { eventLogMigrations } from './migrations';
import { appendStatements } from './statements';
import type { LogSchema } from './types';

const database = withLogs();
const schemas: LogSchema[] = ['log', 'log_restricted'];

describe.each(schemas)('the application role in %s', (schema) => {
  beforeAll(async () => {
    const log = new EventLog({ pool: database().pool, schema });
    await log.append(aRequest('case-1'));
    await log.close();
  });

  it.each(
    ['events', 'commands'].flatMap((table) => [
      `insert into ${schema}.${table} select * from ${schema}.${table}`,
      `update ${schema}.${table} set stream_id = 'x'`,
      `delete from ${schema}.${table}`,
      `truncate ${schema}.${table}`,
      `alter table ${schema}.${table} add column x int`,
      `drop table ${schema}.${table} cascade`,
      `create trigger t before insert on ${schema}.${table} execute function suppress_redundant_updates_trigger()`,
      `do 'begin lock table ${schema}.${table} in exclusive mode; end'`,
      `select * from ${schema}.${table} for update`,
    ]),
  )('is refused: %s', async (statement) => {
    await expect(database().pool.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    `create table ${schema}.mine ()`,
    `create or replace function ${schema}.append() returns void language sql as ''`,
    `alter function ${schema}.append_all owner to current_user`,
    `delete from ${schema}.relay_checkpoint`,
    `update consume.skipped set reason = 'another'`,
    'delete from consume.skipped',
    'create schema mine',
    'create table public.mine ()',
  ])('is refused: %s', async (statement) => {
    await expect(database().pool.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it('reads what was appended', async () => {
    const { rows } = await database().pool.query(
      `select (select count(*)::int from ${schema}.events) as events, (select count(*)::int from ${schema}.commands) as commands`,
    );
    expect(rows).toEqual([{ events: 1, commands: 1 }]);
  });

  it('cannot put a table of its own in the way of append()', async () => {
    const client = await database().pool.connect();
    try {
      await client.query('create temp table events (like log.events); create temp table commands (like log.commands)');
      await client.query(`set search_path = pg_temp, ${schema}`);
      const values = encodeBatch([aRequest('case-2'), aRequest('case-3')]);
      const { rows } = await client.query({ text: appendStatements(schema).batch.text, values });
      expect(rows[0].status).toEqual(['appended', 'appended']);
      expect((await client.query('select 1 from pg_temp.events')).rowCount).toBe(0);
      expect((await client.query(`select 1 from ${schema}.events`)).rowCount).toBe(3);
    } finally {
      client.release(true);
    }
  });
});

it('nobody else may append or read', async () => {
  const { rows } = await database().ownerPool.query(
    `select has_function_privilege('pg_monitor', p.oid, 'execute') as may from pg_proc p
       join pg_namespace n on n.oid = p.pronamespace where n.nspname like 'log%'`,
  );
  expect(rows).toHaveLength(12);
  expect(rows.every((row) => row.may === false)).toBe(true);
});

it('append refuses a snapshot older than the lock', async () => {
  const client = await database().pool.connect();
  try {
    await client.query('begin isolation level repeatable read');
    const values = encodeBatch([aRequest('case-9'), aRequest('case-10')]);
    await expect(client.query({ text: appendStatements('log').batch.text, values })).rejects.toThrow('read committed');
  } finally {
    await client.query('rollback');
    client.release();
  }
});

it('owns its read models', async () => {
  const made = database().pool.query('create table read.cases_v1 (case_id text); drop table read.cases_v1');
  await expect(made).resolves.toBeDefined();
});

it('takes no role name that would need quoting', () => {
  expect(() => eventLogMigrations({ appRole: 'x; drop table y' })).toThrow('Not a plain role name');
});
