import { constants } from 'node:fs';
import { copyFile, mkdir, open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Client } from 'pg';

/** One moment of every database of a server: where its copy starts and ends in the write-ahead log. */
export interface Moment {
  readonly startLsn: string;
  readonly stopLsn: string;
}

/**
 * Copies a running PostgreSQL into `target` by its low-level backup API: all databases as of one moment, the end of the
 * backup, whatever is written meanwhile. What the copy needs of the write-ahead log is in it, so it starts by itself.
 * https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP
 */
export async function copyCluster(client: Client, target: string): Promise<Moment> {
  const data = await one<string>(client, `select current_setting('data_directory')`);
  // Bound to this session: what the copy still needs of the write-ahead log is kept until we are done, and no longer.
  const slot = `select slot_name from pg_create_physical_replication_slot($1, true, true)`;
  await one(client, slot, [`garda_backup_${process.pid}`]);
  const startLsn = await one<string>(client, `select pg_backup_start('garda', fast => true)::text`);
  const first = await one<string>(client, 'select pg_walfile_name($1::pg_lsn)', [startLsn]);
  await copyData(data, target);
  const { rows } = await client.query<{ lsn: string; labelfile: string; spcmapfile: string }>(
    'select lsn::text, labelfile, spcmapfile from pg_backup_stop(wait_for_archive => false)',
  );
  const [stop] = rows;
  if (stop === undefined) throw new Error('PostgreSQL did not say where the backup ends.');
  if (stop.spcmapfile.trim() !== '') throw new Error('This server has tablespaces; a backup would lose them.');
  const last = await one<string>(client, 'select pg_walfile_name($1::pg_lsn)', [stop.lsn]);
  await copyLog({ data, target, first, last });
  await writeDurably(join(target, 'backup_label'), stop.labelfile);
  return { startLsn, stopLsn: stop.lsn };
}

/** What belongs to the running process or is made anew at a start, by the manual's list. */
const contentsLeftOut = /^(pg_wal|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans|pg_replslot)\//;
const leftOut = /^postmaster\.(pid|opts)$|(^|\/)pg_internal\.init|(^|\/)pgsql_tmp/;
const control = 'global/pg_control';

async function copyData(data: string, target: string): Promise<void> {
  const folders: string[] = [];
  const files: string[] = [];
  await walk(data, '', { folders, files });
  for (const folder of ['', ...folders, 'pg_wal/archive_status', 'pg_wal/summaries'])
    await mkdir(join(target, folder), { recursive: true, mode: 0o700 });
  for (const file of files.filter((name) => name !== control)) await copyUnlessGone(data, target, file);
  // Last, so that it knows of nothing that is older than the files beside it.
  await copyUnlessGone(data, target, control);
}

async function walk(data: string, folder: string, found: { folders: string[]; files: string[] }): Promise<void> {
  for (const entry of await readdir(join(data, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (leftOut.test(path)) continue;
    if (entry.isDirectory()) {
      found.folders.push(path);
      if (!contentsLeftOut.test(`${path}/`)) await walk(data, path, found);
    } else if (entry.isFile()) found.files.push(path);
  }
}

/** A file may be dropped while we copy: the write-ahead log says so too, and the copy's start repeats it. */
async function copyUnlessGone(data: string, target: string, file: string): Promise<void> {
  try {
    await copyDurably(join(data, file), join(target, file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || file === control) throw error;
  }
}

/** The segments from the first to the last that the copy's start has to read. */
async function copyLog(of: { data: string; target: string; first: string; last: string }): Promise<void> {
  const segments = (await readdir(join(of.data, 'pg_wal')))
    .filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= of.first && name <= of.last)
    .sort();
  if (segments[0] !== of.first || segments.at(-1) !== of.last)
    throw new Error('PostgreSQL no longer has the write-ahead log that this backup needs.');
  for (const name of segments) await copyDurably(join(of.data, 'pg_wal', name), join(of.target, 'pg_wal', name));
}

export async function copyDurably(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  await synced(to);
}

export async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  await handle.writeFile(text);
  await handle.sync();
  await handle.close();
}

async function synced(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.chmod(0o600);
  await handle.sync();
  await handle.close();
}

async function one<Value>(client: Client, sql: string, values: unknown[] = []): Promise<Value> {
  const { rows } = await client.query<Record<string, Value>>(sql, values);
  return Object.values(rows[0] ?? {})[0] as Value;
}
