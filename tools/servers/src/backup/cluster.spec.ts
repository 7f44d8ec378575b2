import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { databaseUrl } from '../databases';
import { freePorts } from '../ports';
import type { Ports } from '../ports';
import { startServers } from '../servers';
import type { Servers } from '../servers';
import { removeInstance, throwawayFolder } from '../throwaway';
import { withClient } from '../with-client';
import { backup } from './backup';
import { restore } from './restore';

const silent = (): void => undefined;

/** Two databases of one server, written one after the other while the backup is made. */
describe('a backup of the databases', () => {
  const folder = throwawayFolder('test');
  const backups = throwawayFolder('test');
  const kept = join(backups, 'kept');
  let ports: Ports;
  let servers: Servers | undefined;
  const open = async (): Promise<Servers> =>
    (servers = await startServers({ folder, ports, say: silent, start: { postgres: true, kafka: false } }));
  const stop = async (): Promise<void> => {
    await servers?.stop();
    servers = undefined;
  };
  const asOwner = <Result>(of: 'intake' | 'routing', work: (client: Client) => Promise<Result>): Promise<Result> => {
    const password = (servers as Servers).secrets.databases[of].owner;
    return withClient(databaseUrl(ports.postgres, of, 'owner', password), work);
  };
  const counted = (of: 'intake' | 'routing'): Promise<{ n: number; last: number }> =>
    asOwner(of, async (client) => {
      const { rows } = await client.query<{ n: number; last: number }>(
        'select count(*)::int as n, coalesce(max(n), 0) as last from written',
      );
      return rows[0] as { n: number; last: number };
    });

  beforeAll(async () => {
    ports = await freePorts();
    mkdirSync(backups, { recursive: true });
    await open();
    for (const name of ['intake', 'routing'] as const)
      await asOwner(name, (client) => client.query('create table written (n int primary key, filler text)'));
  }, 120_000);
  afterAll(async () => {
    await stop();
    removeInstance(folder);
    rmSync(backups, { recursive: true, force: true });
  }, 60_000);

  it('is of one moment, though both are written to meanwhile', async () => {
    let written = 0;
    let writing = true;
    const write = asOwner('intake', (first) =>
      asOwner('routing', async (second) => {
        const row = `insert into written values ($1, repeat('x', 2000))`;
        for (; writing; written += 1) {
          await first.query(row, [written + 1]);
          await second.query(row, [written + 1]);
        }
      }),
    );
    while (written < 200) await new Promise((resolve) => setTimeout(resolve, 5));
    const before = written;
    const { files } = await backup(folder, kept, silent);
    const after = written;
    writing = false;
    await write;
    expect(after).toBeGreaterThan(before);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['secrets.json', 'postgres/backup_label']));
    await stop();
    const { replaced } = await restore(folder, kept, silent);
    expect(existsSync(join(replaced as string, 'PG_VERSION'))).toBe(true);
    await open();
    const [first, second] = [await counted('intake'), await counted('routing')];
    // Dense in each; the second never has what the first lacks, and lags by at most the one that was under way.
    expect([first.last, second.last]).toEqual([first.n, second.n]);
    expect(first.n - second.n === 0 || first.n - second.n === 1).toBe(true);
    expect(second.n).toBeGreaterThanOrEqual(before);
    expect(first.n).toBeLessThanOrEqual(after + 1);
  }, 120_000);

  it('is closed to others, and leaves out what belongs to a running process', () => {
    expect(statSync(kept).mode & 0o777).toBe(0o700);
    expect(statSync(join(kept, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(existsSync(join(kept, 'postgres', 'postmaster.pid'))).toBe(false);
    expect(readdirSync(join(kept, 'postgres', 'pg_replslot'))).toEqual([]);
  });

  it('goes into an empty folder only, and needs the server to run', async () => {
    await expect(backup(folder, kept, silent)).rejects.toThrow('is not empty');
    await stop();
    await expect(backup(folder, join(backups, 'none'), silent)).rejects.toThrow('No PostgreSQL of ours runs here');
    await open();
  }, 60_000);

  it('is not put back while the instance runs', async () => {
    const run = join(folder, 'run.json');
    expect(existsSync(run)).toBe(true);
    await expect(restoreFromElsewhere()).rejects.toThrow('This instance already runs');
  });

  it('is refused when it is damaged, unfinished or of another instance, and nothing is touched', async () => {
    await stop();
    const data = join(folder, 'postgres', 'PG_VERSION');
    const at = statSync(data).ino;
    await expect(restore(folder, backups, silent)).rejects.toThrow('is no backup');
    const other = throwawayFolder('test');
    mkdirSync(other, { recursive: true });
    writeFileSync(join(other, 'secrets.json'), '{}');
    await expect(restore(other, kept, silent)).rejects.toThrow('other secrets');
    removeInstance(other);
    appendFileSync(join(kept, 'postgres', 'backup_label'), ' ');
    await expect(restore(folder, kept, silent)).rejects.toThrow('postgres/backup_label is not what was written');
    expect(statSync(data).ino).toBe(at);
  }, 60_000);

  /** As another process would: the one that started the instance may clear what it left itself. */
  async function restoreFromElsewhere(): Promise<void> {
    const own = process.pid;
    Object.defineProperty(process, 'pid', { value: own + 1_000_000, configurable: true });
    try {
      await restore(folder, kept, silent);
    } finally {
      Object.defineProperty(process, 'pid', { value: own, configurable: true });
    }
  }
});
