import { EventLog, openPool } from '@garda/event-store';
import { randomUUID } from 'node:crypto';
import { logs, notes, withLogs } from '../test/logs';
import type { LocalProjection } from './projection';
import { ProjectionRunner, type ProjectionRunnerOptions } from './projection-runner';

const database = withLogs();
const runners: ProjectionRunner[] = [];
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()));
});

/** Counts in a way that no repetition and no omission could hide. */
function counting(name: string, part: Partial<LocalProjection> = {}): LocalProjection {
  return {
    name,
    version: 1,
    log: 'log',
    setUp: async (client) =>
      void (await client.query(`create table if not exists read.${name} (n serial, position bigint)`)),
    apply: async (client, batch) =>
      void (await client.query(`insert into read.${name} (position) select * from unnest($1::bigint[])`, [
        batch.map((e) => e.position),
      ])),
    at: (version) => counting(name, { ...part, version }),
    tables: [`read.${name}`],
    ...part,
  };
}

async function running(log: EventLog, projection: LocalProjection, part: Partial<ProjectionRunnerOptions> = {}) {
  const onError = jest.fn();
  const runner = new ProjectionRunner({ pool: database().pool, log, projection, onError, ...part });
  runners.push(runner);
  await runner.start();
  return { runner, onError };
}

const newLog = (schema = logs[0]) => new EventLog({ pool: database().pool, ...(schema ? { schema } : {}) });
const positions = async (name: string): Promise<number[]> =>
  (await database().pool.query(`select position::int from read.${name} order by n`)).rows.map((row) => row.position);
const upTo = (head: bigint): number[] => Array.from({ length: Number(head) }, (_, i) => i + 1);
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('applies each event once, in order, from the first one on, and lets the writer wait for his own', async () => {
  const log = newLog();
  for (let i = 0; i < 30; i += 1) await log.append(notes(randomUUID(), [i, i]));
  const { runner } = await running(log, counting('ordered'), { batchSize: 7 });
  const answer = await log.append(notes(randomUUID(), [1]));
  const { position } = answer as { position: bigint };
  expect(await runner.waitFor(position)).toBe(true);
  expect(await positions('ordered')).toEqual(upTo(position));
  expect(runner.status()).toEqual({ name: 'ordered', version: 1, log: 'log', position, state: 'running' });
});

it('is woken by an append of its own process, again and again', async () => {
  const log = newLog();
  const { runner } = await running(log, counting('woken'));
  await runner.waitFor(await log.head());
  await later(300); // idle by now
  for (let i = 0; i < 10; i += 1) {
    const { position } = (await log.append(notes(randomUUID(), [i]))) as { position: bigint };
    expect(await runner.waitFor(position)).toBe(true);
  }
});

it('finds by itself what another process appended', async () => {
  const { runner } = await running(newLog(), counting('found'));
  await later(300);
  const { position } = (await newLog().append(notes(randomUUID(), [1]))) as { position: bigint };
  await later(600);
  expect(runner.status().position).toBe(position);
});

it('reads the log it is for', async () => {
  const restricted = newLog('log_restricted');
  const { position } = (await restricted.append(notes(randomUUID(), [1, 2]))) as { position: bigint };
  const { runner } = await running(restricted, counting('restricted', { log: 'log_restricted' }));
  expect(await runner.waitFor(position)).toBe(true);
  expect(await positions('restricted')).toEqual([1, 2]);
});

it('three replicas, one stopped and one started in the middle: each event once, in order', async () => {
  const log = newLog();
  const three = await Promise.all([1, 2, 3].map(() => running(log, counting('shared'), { batchSize: 5 })));
  const writing = (async () => {
    for (let i = 0; i < 150; i += 1) await log.append(notes(randomUUID(), [i, i, i]));
  })();
  await later(60);
  await three[0]?.runner.stop();
  const { runner: fourth } = await running(newLog(), counting('shared'), { batchSize: 11 });
  await writing;
  const head = await log.head();
  for (const runner of [three[1]?.runner, fourth]) expect(await runner?.waitFor(head, 10_000)).toBe(true);
  expect(await positions('shared')).toEqual(upTo(head));
}, 30_000);

it('that froze inside a step holds up no other replica, and goes on itself when it wakes', async () => {
  const log = newLog();
  await log.append(notes(randomUUID(), [1]));
  const frozen = counting('frozen');
  const [wake, reached] = [gate(), gate()];
  let froze = false;
  const projection: LocalProjection = {
    ...frozen,
    apply: async (client, batch) => {
      await frozen.apply(client, batch);
      if (froze) return;
      froze = true;
      reached.open();
      await wake.opened;
    },
  };
  const { runner: first, onError } = await running(log, projection);
  await reached.opened;
  const { runner: second } = await running(newLog(), frozen); // its set-up needs what the first one holds
  const head = await log.head();
  expect(await second.waitFor(head, 20_000)).toBe(true);
  wake.open();
  const { position } = (await log.append(notes(randomUUID(), [2]))) as { position: bigint };
  for (const runner of [first, second]) expect(await runner.waitFor(position, 10_000)).toBe(true);
  expect([onError.mock.calls, await positions('frozen')]).toEqual([[], upTo(position)]);
}, 60_000);

it('goes on after a restart where the table is, though a batch was torn off in the middle', async () => {
  const log = newLog();
  const head = await log.head();
  let killed = 0;
  const torn = counting('torn');
  const projection: LocalProjection = {
    ...torn,
    apply: async (client, batch) => {
      await torn.apply(client, batch);
      if (killed++ < 3) await client.query('select pg_terminate_backend(pg_backend_pid())');
    },
  };
  const onRetry = jest.fn();
  const { runner } = await running(log, projection, { batchSize: 10, onRetry });
  expect(await runner.waitFor(head, 10_000)).toBe(true);
  await runner.stop();
  expect(onRetry).toHaveBeenCalledTimes(3);
  const { position } = (await log.append(notes(randomUUID(), [1]))) as { position: bigint };
  const { runner: next } = await running(log, torn);
  expect(await next.waitFor(position)).toBe(true);
  expect(await positions('torn')).toEqual(upTo(position));
}, 20_000);

it('a handler that throws stops this projection, loudly, and no other', async () => {
  const log = newLog();
  const bug = Object.assign(new Error('a name of a person'), { code: 'CASE_UNKNOWN' });
  const throwing = counting('broken', { apply: () => Promise.reject(bug) });
  const [broken, fine] = [await running(log, throwing), await running(log, counting('fine'))];
  const { position } = (await log.append(notes(randomUUID(), [1]))) as { position: bigint };
  expect(await fine.runner.waitFor(position)).toBe(true);
  expect(await broken.runner.waitFor(position, 200)).toBe(false);
  const status = { name: 'broken', version: 1, log: 'log', position: 0n, state: 'stopped', errorCode: 'CASE_UNKNOWN' };
  expect(broken.runner.status()).toEqual(status);
  expect(broken.onError.mock.calls).toEqual([[bug, status]]);
  const { rows } = await database().pool.query(
    `select position::int from consume.projection_cursor where projection = 'broken'`,
  );
  expect([rows, await positions('broken')]).toEqual([[{ position: 0 }], []]);
});

it('an error of SQL stops it too, by its code', async () => {
  const log = newLog();
  await log.append(notes(randomUUID(), [1]));
  const apply: LocalProjection['apply'] = async (client) => void (await client.query('select 1/0'));
  const { runner, onError } = await running(log, counting('divided', { apply }));
  expect(await runner.waitFor(await log.head(), 500)).toBe(false);
  expect([runner.status().errorCode, onError.mock.calls.length]).toEqual(['22012', 1]);
});

it('a cursor that is deleted under it stops it', async () => {
  const log = newLog();
  const { runner } = await running(log, counting('robbed'));
  await runner.waitFor(await log.head());
  await database().pool.query(`delete from consume.projection_cursor where projection = 'robbed'`);
  await later(400);
  expect(runner.status()).toMatchObject({ state: 'stopped', errorCode: 'PROJECTION_CURSOR_MISSING' });
});

it('twenty that start at once set up once', async () => {
  const log = newLog();
  const pool = openPool(database().appUrl, { max: 25 });
  const started = await Promise.all(Array.from({ length: 20 }, () => running(log, counting('crowd'), { pool })));
  for (const { runner } of started) expect(await runner.waitFor(await log.head(), 5000)).toBe(true);
  expect(await positions('crowd')).toEqual(upTo(await log.head()));
  await Promise.all(started.map(({ runner }) => runner.stop()));
  await pool.end();
}, 30_000);

it('answers a wait at once when it cannot come true, and after the timeout when it may', async () => {
  const log = newLog();
  const { runner } = await running(log, counting('patient'));
  const begun = performance.now();
  expect(await runner.waitFor((await log.head()) + 1n, 80)).toBe(false);
  expect(performance.now() - begun).toBeGreaterThan(75);
  const waiting = runner.waitFor((await log.head()) + 1n, 60_000);
  await runner.stop();
  expect([await waiting, await runner.waitFor(1_000_000n, 60_000)]).toEqual([false, false]);
  await expect(runner.start()).rejects.toThrow('was started before');
});
