import { EventLog } from '@garda/event-store';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { caseIdOf, notes, notesFold, withLogs, type Notes } from '../test/logs';
import { codeVersion, firstVersion, nextVersion, type Build } from './builds';
import { foldProjection } from './fold-projection';
import type { LocalProjection } from './projection';
import { ProjectionRunner } from './projection-runner';
import { Rebuild } from './rebuild';
import { RebuildRunners } from './rebuild-runners';
import { tablesProjection } from './tables-projection';

jest.setTimeout(60_000);

const database = withLogs();
const cases = foldProjection<Notes>({
  ...{ name: 'cases', version: 1, caseIdOf, fold: notesFold },
  dueRows: (state) => [{ clock: 'all', startedVersion: 1, rung: state.numbers.length, dueAt: '2026-01-01T00:00:00Z' }],
});

/** One process of the service. */
async function replica(projection: LocalProjection = cases) {
  const { pool } = database();
  const log = new EventLog({ pool });
  const errors = jest.fn();
  const options = { pool, log, projection, onError: errors, batchSize: 20 };
  const runner = new ProjectionRunner(options);
  const rebuilds = new RebuildRunners({ pool, projections: [options], lookEveryMs: 20 });
  await runner.start();
  rebuilds.start();
  const stop = async () => {
    await Promise.all([runner.stop(), rebuilds.stop()]);
    await log.close();
  };
  return { log, runner, rebuilds, errors, stop };
}

type Replica = Awaited<ReturnType<typeof replica>>;
let [one, two]: Replica[] = [];
const started = () => [one, two] as [Replica, Replica];
beforeAll(async () => {
  [one, two] = [await replica(), await replica()];
  await write(300);
});
afterAll(async () => {
  await Promise.all(started().map(({ stop }) => stop()));
});

const ids = Array.from({ length: 30 }, () => randomUUID());
async function write(events: number): Promise<bigint> {
  const [{ log }] = started();
  for (let i = 0; i < events; i += 1) await log.append(notes(ids[i % ids.length] ?? '', [i]));
  return log.head();
}
const rebuild = () => new Rebuild(database().pool, started()[0].log, cases);
const builds = async () => {
  const text = `select version, state from consume.projection_cursor where projection = 'cases' order by 1`;
  return (await database().pool.query<{ version: number; state: string }>(text)).rows.map(
    (r) => `${r.version} ${r.state}`,
  );
};
const filled = async (version: number, name = 'cases') => {
  const head = await started()[0].log.head();
  for (;;) {
    const { rows } = await database().pool.query<{ position: string }>(
      `select position::text from consume.projection_cursor where projection = $2 and version = $1`,
      [version, name],
    );
    if (BigInt(rows[0]?.position ?? 0) >= head) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
const tables = async () =>
  (
    await database().pool.query(
      `select relname from pg_class where relnamespace = 'read'::regnamespace and relkind = 'r' order by 1`,
    )
  ).rows.map(({ relname }) => relname);
const shown = async () =>
  (await database().pool.query(`select obj_description('read.cases'::regclass) as is`)).rows[0].is;

it('fills a new build beside the live one under writes, compares, shows it in every replica, drops the old one', async () => {
  const writing = write(200);
  expect(await rebuild().begin()).toEqual({ version: 1001 });
  await expect(rebuild().begin()).rejects.toMatchObject({ code: 'REBUILD_UNDER_WAY' });
  await filled(1001);
  expect([await shown(), await builds()]).toEqual(['version 1', ['1 live', '1001 filling']]);
  const compared = await rebuild().compare();
  expect(compared).toMatchObject({ same: true, tables: [{ table: 'read.cases_v1' }, { table: 'read.due_v1' }] });
  expect(compared.tables.map(({ live }) => live.rows)).toEqual([30, 30]);
  await writing;

  expect(await rebuild().switchOver()).toMatchObject({ version: 1001 });
  expect([await shown(), await builds()]).toEqual(['version 1001', ['1 retired', '1001 live']]);
  for (const { log, runner } of started()) {
    const id = randomUUID();
    const { position } = (await log.append(notes(id, [1, 2]))) as { position: bigint };
    expect(await runner.waitFor(position)).toBe(true);
    const { rows } = await database().pool.query('select version::int from read.cases where case_id = $1', [id]);
    expect(rows).toEqual([{ version: 2 }]);
    expect(runner.status().version).toBe(1001);
  }
  expect(await rebuild().drop()).toEqual({ versions: [1] });
  expect([await tables(), await builds()]).toEqual([['cases_v1001', 'due_v1001'], ['1001 live']]);
  await expect(rebuild().drop()).rejects.toMatchObject({ code: 'NOTHING_TO_DROP' });
});

it('a replica that starts later keeps the build that answers', async () => {
  const third = await replica();
  expect(third.runner.status().version).toBe(1001);
  expect(await third.runner.waitFor(await third.log.head())).toBe(true);
  await third.stop();
  expect(await tables()).toEqual(['cases_v1001', 'due_v1001']);
});

it('is paused, resumed and abandoned, and the live build never notices', async () => {
  expect(await rebuild().begin()).toEqual({ version: 2001 });
  await rebuild().pause();
  await new Promise((resolve) => setTimeout(resolve, 150));
  const position = async () =>
    (await database().pool.query(`select position::int as at from consume.projection_cursor where version = 2001`))
      .rows[0].at;
  const before = await position();
  await write(40);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(await position()).toBe(before);

  const [{ log, runner }] = started();
  const many = Array.from({ length: 2001 }, (_, i) => i + 1);
  const far = (await log.append(notes(randomUUID(), many))) as { position: bigint };
  expect(await runner.waitFor(far.position, 20_000)).toBe(true);
  await expect(rebuild().switchOver()).rejects.toMatchObject({ code: 'REBUILD_NOT_CAUGHT_UP' });
  for (const { rebuilds } of started()) expect(rebuilds.statuses()).toEqual([]);
  await rebuild().resume();
  await filled(2001);
  await rebuild().abandon();
  expect([await tables(), await builds()]).toEqual([['cases_v1001', 'due_v1001'], ['1001 live']]);
  for (const step of ['pause', 'resume', 'abandon', 'switchOver', 'compare'] as const)
    await expect(rebuild()[step]()).rejects.toMatchObject({ code: 'NO_REBUILD' });
  for (const { errors } of started()) expect(errors).not.toHaveBeenCalled();
});

it('a table that was damaged differs from its new build, and is whole after the switch', async () => {
  await database().pool.query(`update read.cases_v1001 set version = version + 1 where case_id = $1`, [ids[3]]);
  const { version } = await rebuild().begin();
  await filled(version);
  expect(await rebuild().compare()).toMatchObject({ same: false });
  await rebuild().switchOver();
  await rebuild().drop();
  for (const { log, runner } of started()) {
    const { position } = (await log.append(notes(randomUUID(), [1]))) as { position: bigint };
    expect(await runner.waitFor(position)).toBe(true); // though it had no time to see that its build was replaced
    expect(runner.status().version).toBe(version);
  }
  const { rows } = await database().pool.query(
    `select c.version::int as shown, (select max(version)::int from log.events e where e.stream_id = 'case-' || c.case_id) as real
       from read.cases c`,
  );
  expect(rows.every(({ shown: is, real }) => is === real)).toBe(true);
});

it('is compared page by page at one position while both builds move, tells how far it is, and can be broken off', async () => {
  const { version } = await rebuild().begin();
  await filled(version);
  const row = `select sum(length(t::text))::int as bytes from read.cases t`;
  const bytes = async () => (await database().pool.query(row)).rows[0].bytes;
  const before = await bytes();
  const told: [number, number][] = [];
  const writes: Promise<unknown>[] = [];
  const compared = await rebuild().compare({
    pageSize: 7,
    report: (done, of) => {
      told.push([done, of]);
      writes.push(write(3));
    },
  });
  await Promise.all(writes);
  await filled(version);
  expect(await bytes()).toBeGreaterThan(before); // the tables did change meanwhile
  const rows = compared.tables.flatMap(({ live, built }) => [live.rows, built.rows]);
  const all = rows.reduce((a, b) => a + b, 0);
  expect(compared.same).toBe(true);
  expect(new Set(rows).size).toBe(1);
  expect([told[0], told.at(-1)]).toEqual([
    [0, all],
    [all, all],
  ]);
  expect(told.length).toBeGreaterThan(all / 7);
  // The same rows in one page give the same digest; another page size is no other promise.
  const [again, once] = [await rebuild().compare({ pageSize: 5 }), await rebuild().compare()];
  expect(again.tables).toEqual(once.tables);

  const broken = new AbortController();
  const breakOff = { pageSize: 7, signal: broken.signal, report: () => broken.abort() };
  await expect(rebuild().compare(breakOff)).rejects.toMatchObject({ name: 'AbortError' });
  await rebuild().abandon();
});

it('the number of one that was abandoned is never given again, and the next is filled', async () => {
  const given: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const { version } = await rebuild().begin();
    given.push(version);
    await filled(version);
    await rebuild().abandon();
  }
  expect(given).toEqual(given.map((_, i) => (given[0] ?? 0) + i * 1_000));
  expect(given[0]).toBeGreaterThan(3_000);
  for (const { errors } of started()) expect(errors).not.toHaveBeenCalled();
});

it('of an empty log can be compared before anybody has begun to fill it', async () => {
  const { pool } = database();
  const log = new EventLog({ pool, schema: 'log_restricted' });
  const early = foldProjection<Notes>({
    ...{ name: 'early', log: 'log_restricted', version: 1, caseIdOf, fold: notesFold },
  });
  const runner = new ProjectionRunner({ pool, log, projection: early, onError: jest.fn() });
  await runner.start();
  await runner.stop();
  const own = new Rebuild(pool, log, early); // no replica fills builds of this one
  await own.begin();
  expect(await own.compare()).toMatchObject({ position: '0', same: true });
  await own.abandon();
  await log.close();
});

it('tables of any design are rebuilt: all of them, with their views, and nothing is written into those that answer', async () => {
  const sums = tablesProjection({
    ...{ name: 'sums', version: 1, tables: ['sums', 'sum_cases'] },
    tableSql: (t, version) => `create table if not exists ${t.sums} (case_id text primary key, sum int not null);
      create index if not exists sums_v${version}_by_sum on ${t.sums} (sum);
      create table if not exists ${t.sum_cases} (case_id text primary key)`,
    apply: async (client, batch, t) => {
      const values = [batch.map(caseIdOf), batch.map((event) => (event.data as { n: number }).n)];
      await client.query(
        `insert into ${t.sums} as s select c, sum(n) from unnest($1::text[], $2::int[]) as r(c, n) group by c order by c
           on conflict (case_id) do update set sum = s.sum + excluded.sum`,
        values,
      );
      await client.query(`insert into ${t.sum_cases} select distinct unnest($1::text[]) on conflict do nothing`, [
        values[0],
      ]);
    },
  });
  const here = [await replica(sums), await replica(sums)];
  const [{ log, runner }] = here as [Replica, Replica];
  const of = new Rebuild(database().pool, log, sums);
  expect(await runner.waitFor(await log.head(), 20_000)).toBe(true);
  const text = `select (select sum(s.sum)::int from read.sums s) as sum, (select count(*)::int from read.sum_cases) as cases`;
  const answers = async () => (await database().pool.query(text)).rows[0];
  const before = await answers();

  const { version } = await of.begin();
  await filled(version, 'sums');
  expect(await answers()).toEqual(before);
  expect(await of.compare()).toMatchObject({
    same: true,
    tables: [{ table: 'read.sums_v1' }, { table: 'read.sum_cases_v1' }],
  });
  await database().pool.query('update read.sums_v1 set sum = sum + 1');
  expect(await of.compare()).toMatchObject({ same: false });
  await of.switchOver();
  expect(await answers()).toEqual(before);
  await of.drop();
  for (const one of here) {
    const { position } = (await one.log.append(notes(randomUUID(), [1, 2]))) as { position: bigint };
    expect(await one.runner.waitFor(position)).toBe(true);
  }
  expect(await answers()).toEqual({ sum: before.sum + 6, cases: before.cases + 2 });
  expect((await tables()).filter((name) => name.startsWith('sum'))).toEqual(['sum_cases_v1001', 'sums_v1001']);
  for (const one of here) {
    expect(one.errors).not.toHaveBeenCalled();
    await one.stop();
  }
});

describe('numbers of builds', () => {
  const build = (version: number): Build => ({ version, state: 'retired', position: 0n });
  it('grow for ever and keep the version of the code', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 20 }), (codes) => {
        let last = 0;
        for (const code of codes) {
          const next = nextVersion(last, code);
          expect([codeVersion(next), next > last]).toEqual([code, true]);
          last = next;
        }
      }),
    ));
  it('are the version of the code at first, and stay so for code that is older than what is here', () => {
    expect(firstVersion([], 3)).toBe(3);
    expect(firstVersion([build(1)], 2)).toBe(2);
    expect(firstVersion([build(1001)], 2)).toBe(1002);
    expect(firstVersion([build(2)], 1)).toBe(1);
  });
});
