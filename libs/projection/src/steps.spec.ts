import { EventLog } from '@garda/event-store';
import { randomUUID } from 'node:crypto';
import { notes, withLogs } from '../test/logs';
import { ProjectionCursor } from './cursor';
import type { LocalProjection } from './projection';
import { ProjectionSteps } from './steps';

const database = withLogs();

/** Writes down each position it is given, and in which transaction. */
function noting(name: string, part: Partial<LocalProjection> = {}): LocalProjection {
  return {
    name,
    version: 1,
    log: 'log',
    setUp: async (client) =>
      void (await client.query(`create table read.${name} (n serial, position bigint, tx text)`)),
    apply: async (client, batch) =>
      void (await client.query(
        `insert into read.${name} (position, tx) select p, pg_current_xact_id()::text from unnest($1::bigint[]) p`,
        [batch.map((e) => e.position)],
      )),
    at: () => noting(name, part),
    tables: [`read.${name}`],
    ...part,
  };
}

async function made(...projections: readonly LocalProjection[]): Promise<void> {
  const client = await database().pool.connect();
  for (const projection of projections) {
    await projection.setUp(client);
    await new ProjectionCursor(projection).create(client);
  }
  client.release();
}

const rowsOf = async (name: string) =>
  (
    await database().pool.query<{ position: number; tx: string }>(
      `select position::int, tx from read.${name} order by n`,
    )
  ).rows;
const cursorOf = async (name: string): Promise<number> =>
  (
    await database().pool.query(`select position::int as at from consume.projection_cursor where projection = $1`, [
      name,
    ])
  ).rows[0].at;

let log: EventLog;
let steps: ProjectionSteps;
beforeAll(async () => {
  log = new EventLog({ pool: database().pool });
  steps = new ProjectionSteps(database().pool, log);
  await log.append(notes(randomUUID(), [1, 2, 3]));
});
afterAll(() => log.close());

it('asked for at the same moment from the same position, builds take one step in one transaction', async () => {
  const [one, two] = [noting('one'), noting('two')];
  await made(one, two);
  const [a, b] = await Promise.all([one, two].map((each) => steps.next(each, 0n, 500)));
  expect([a?.position, b?.position, a?.applied.length, b?.applied.length]).toEqual([3n, 3n, 3, 3]);
  const [inOne, inTwo] = [await rowsOf('one'), await rowsOf('two')];
  expect(inOne.map(({ position }) => position)).toEqual([1, 2, 3]);
  expect(inTwo).toEqual(inOne);
  expect(new Set(inOne.map(({ tx }) => tx)).size).toBe(1);
});

it('one that another replica has moved on is given only what it lacks', async () => {
  const [behind, ahead] = [noting('behind'), noting('ahead')];
  await made(behind, ahead);
  await database().pool.query(`update consume.projection_cursor set position = 2 where projection = 'ahead'`);
  await Promise.all([behind, ahead].map((each) => steps.next(each, 0n, 500)));
  expect((await rowsOf('behind')).map(({ position }) => position)).toEqual([1, 2, 3]);
  expect((await rowsOf('ahead')).map(({ position }) => position)).toEqual([3]);
});

it('one that is further than the facts that were read is not put back', async () => {
  const [slow, far] = [noting('slow'), noting('far')];
  await made(slow, far);
  await database().pool.query(`update consume.projection_cursor set position = 3 where projection = 'far'`);
  const [, step] = await Promise.all([slow, far].map((each) => steps.next(each, 0n, 1)));
  expect([step?.position, step?.applied.length, await cursorOf('far')]).toEqual([3n, 0, 3]);
});

it('one whose row another replica has is told so, the others go on', async () => {
  const [held, free] = [noting('held'), noting('free')];
  await made(held, free);
  const other = await database().pool.connect();
  await other.query(`begin; select 1 from consume.projection_cursor where projection = 'held' for update`);
  const [a, b] = await Promise.all([held, free].map((each) => steps.next(each, 0n, 500)));
  await other.query('rollback');
  other.release();
  expect([a?.position, b?.position, await cursorOf('held'), await cursorOf('free')]).toEqual([undefined, 3n, 0, 3]);
});

it('when a handler throws, its own caller is told, and the others take their step all the same', async () => {
  const bug = new Error('bug');
  const throwing = noting('throwing', { apply: () => Promise.reject(bug) });
  const [first, last] = [noting('before_it'), noting('after_it')];
  await made(first, throwing, last);
  const [a, b, c] = await Promise.allSettled([first, throwing, last].map((each) => steps.next(each, 0n, 500)));
  expect([a?.status, b, c?.status]).toEqual(['fulfilled', { status: 'rejected', reason: bug }, 'fulfilled']);
  expect([await cursorOf('before_it'), await cursorOf('throwing'), await cursorOf('after_it')]).toEqual([3, 0, 3]);
  expect((await rowsOf('before_it')).map(({ position }) => position)).toEqual([1, 2, 3]);
});
