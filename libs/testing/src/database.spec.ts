import { Client } from 'pg';
import { keepCopy, putBack, superuserUrl, withDatabase } from './database';
import type { DatabaseSetUp } from './database';
import { runInNewJest } from './jest-in-jest';

const setUp: DatabaseSetUp = async ({ ownerUrl, appRole }) => {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query('create table made_at (at timestamptz not null default clock_timestamp())');
  await owner.query('insert into made_at default values');
  await owner.query(`grant select on made_at to ${appRole}`);
  await owner.end();
};

describe('withDatabase', () => {
  const first = withDatabase({ template: 'testing-spec', setUp });
  const second = withDatabase({ template: 'testing-spec', setUp });
  const alone = withDatabase({ setUp });
  const empty = withDatabase();

  it('gives every user of a template a copy of the same set-up, which ran once', async () => {
    const [one, two, other] = await Promise.all(
      [first, second, alone].map(async (database) => (await database().pool.query('select at from made_at')).rows),
    );
    expect(one).toHaveLength(1);
    expect(two).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('keeps the copies apart', async () => {
    await first().ownerPool.query('insert into made_at default values');
    expect((await second().pool.query('select at from made_at')).rowCount).toBe(1);
  });

  it('puts a database back to what it was, whoever is connected', async () => {
    const rows = async () => (await alone().pool.query('select 1 from made_at')).rowCount;
    const open = await alone().pool.connect();
    open.on('error', () => undefined); // it is cut off below
    await keepCopy(alone());
    open.release(true);
    await alone().ownerPool.query('insert into made_at default values');
    expect(await rows()).toBe(2);
    await putBack(alone());
    expect(await rows()).toBe(1);
    await expect(alone().pool.query('insert into made_at default values')).rejects.toThrow(/permission denied/);
  });

  it('gives an application role that does not own what the owner made', async () => {
    await expect(first().pool.query('insert into made_at default values')).rejects.toThrow(/permission denied/);
    const { rows } = await empty().pool.query('select current_user, current_setting($1) as patience', [
      'statement_timeout',
    ]);
    expect(rows).toEqual([{ current_user: 'testing_app', patience: '5s' }]);
  });

  it('drops its databases after the last test', async () => {
    const said = runInNewJest(`
      import { withDatabase } from '@garda/testing';
      const database = withDatabase();
      it('has a database', async () => {
        console.log('made ' + (await database().pool.query('select current_database() as name')).rows[0].name + ' here');
      });
    `);
    const name = /made (garda_test_\w+) here/.exec(said)?.[1];
    expect(name).toBeDefined();
    const server = new Client({ connectionString: superuserUrl() });
    await server.connect();
    const found = await server.query('select 1 from pg_database where datname = $1', [name]);
    await server.end();
    expect(found.rowCount).toBe(0);
  }, 60_000);
});
