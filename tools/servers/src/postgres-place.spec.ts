import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { Child } from './child';
import { freePorts } from './ports';
import { outsideFolderName, postgresPlace } from './postgres-place';
import { startPostgres } from './postgres';

describe('where PostgreSQL keeps its data', () => {
  const home = mkdtempSync(join(tmpdir(), 'garda-home-'));
  const folder = join(home, 'checkout', '.garda');
  beforeAll(() => mkdirSync(folder, { recursive: true, mode: 0o711 }));
  afterAll(() => [home, outsideFolderName(folder)].forEach((path) => rmSync(path, { recursive: true, force: true })));

  it('is the instance, when its user can reach it', () => {
    [home, join(home, 'checkout'), folder].forEach((path) => chmodSync(path, 0o711));
    expect(postgresPlace(folder).data).toBe(join(folder, 'postgres'));
    expect(existsSync(outsideFolderName(folder))).toBe(false);
  });

  it('is a folder under the temp directory, when a folder above is closed to its user', async () => {
    chmodSync(home, 0o700);
    const place = postgresPlace(folder);
    // Only root runs it as another user; anybody else owns the closed folder.
    const asRoot = userInfo().uid === 0;
    expect(place.outside).toBe(asRoot ? outsideFolderName(folder) : undefined);
    expect(place.data).toBe(join(asRoot ? outsideFolderName(folder) : folder, 'postgres'));
    await itAnswers(folder);
  }, 60_000);
});

async function itAnswers(folder: string): Promise<void> {
  const { postgres: port } = await freePorts();
  let child: Child | undefined;
  const onSpawn = (started: Child): Promise<void> => Promise.resolve(void (child = started));
  const { adminUrl } = await startPostgres({ folder, port, password: 'only-for-this-spec', onSpawn });
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await client.end();
  await child?.stop(10_000);
}
