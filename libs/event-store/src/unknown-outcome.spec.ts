import type { Pool } from 'pg';
import { withLogs } from '../test/database';
import { LossyProxy } from '../test/proxy';
import { aRequest } from '../test/requests';
import { EventLog } from './event-log';
import { openPool } from './pool';

const database = withLogs();
const proxy = new LossyProxy();
let pool: Pool;
let log: EventLog;

beforeAll(async () => {
  pool = openPool(await proxy.start(database().appUrl));
  log = new EventLog({ pool, inFlight: 1, giveUpAfterMs: 5000 });
});
afterAll(async () => {
  await log.close();
  await pool.end();
  await proxy.stop();
});

const commands = async (): Promise<number> =>
  (await database().pool.query('select count(*)::int as n from log.commands')).rows[0].n;

it('an answer that is lost after the commit is found again under the same id', async () => {
  proxy.loseAnswerWith = 'appended';
  const answer = await log.append(aRequest('lost-1'));
  expect(answer).toEqual({ status: 'repeated', version: 1, position: await log.head(), result: { caseId: 'lost-1' } });
  expect([proxy.lost, await commands()]).toEqual([1, 1]);
});

it('the whole batch is sent again: what was stored is repeated, nothing is stored twice', async () => {
  const first = log.append(aRequest('batch-0'));
  const mates = ['batch-1', 'batch-2', 'batch-3'].map((id) => log.append(aRequest(id)));
  await first;
  proxy.loseAnswerWith = 'appended';
  expect((await Promise.all(mates)).map((one) => one.status)).toEqual(['repeated', 'repeated', 'repeated']);
  expect([proxy.lost, await commands()]).toEqual([2, 5]);
});

it('a connection that dies while the lock is waited for loses nothing', async () => {
  const holder = await database().pool.connect();
  await holder.query('begin');
  await holder.query(`select pg_advisory_xact_lock('log.events'::regclass::oid::bigint)`);
  const asked = log.append(aRequest('killed'));
  const victim = async (): Promise<number | undefined> =>
    (
      await database().ownerPool.query(`select pid from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`)
    ).rows[0]?.pid;
  let pid = await victim();
  while (pid === undefined) pid = await victim();
  await holder.query('select pg_terminate_backend($1)', [pid]);
  await holder.query('commit');
  holder.release();
  expect(await asked).toMatchObject({ status: 'appended', version: 1 });
});

it('a lock held too long by a bug is waited for, not failed on', async () => {
  const holder = await database().pool.connect();
  await holder.query('begin');
  await holder.query(`select pg_advisory_xact_lock('log.events'::regclass::oid::bigint)`);
  const asked = log.append(aRequest('waited'));
  await new Promise((resolve) => setTimeout(resolve, 2500)); // lock_timeout is 2 s
  await holder.query('commit');
  holder.release();
  expect(await asked).toMatchObject({ status: 'appended' });
}, 15_000);

it('after a while the caller is told that the outcome is unknown', async () => {
  const away = openPool('postgres://nobody@127.0.0.1:9/nothing');
  const lost = new EventLog({ pool: away, giveUpAfterMs: 200 });
  const answers = await Promise.allSettled(['a', 'b', 'c', 'd'].map((id) => lost.append(aRequest(id))));
  for (const answer of answers) expect(answer).toMatchObject({ reason: { code: 'LOG_UNAVAILABLE' } });
  await lost.close();
  await away.end();
});

it('a request the database refuses fails alone, with its own error', async () => {
  const first = log.append(aRequest('fine-0'));
  const answers = await Promise.allSettled([
    log.append(aRequest('fine-1')),
    log.append(aRequest('bad', { commandId: 'not a uuid' })),
    log.append(aRequest('fine-2')),
    first,
  ]);
  expect(answers.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect(answers[1]).toMatchObject({ reason: { code: '22P02' } });
});
