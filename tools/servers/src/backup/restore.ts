import { chownSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { chmod, mkdir, readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { makeFolder } from '../folders';
import { makeDataFolder, postgresPlace } from '../postgres-place';
import type { PostgresPlace } from '../postgres-place';
import { clearLeftOver } from '../run-file';
import { copyDurably } from './cluster-copy';
import { openBackup } from './manifest';
import type { Manifest } from './manifest';

export interface Restored {
  readonly manifest: Manifest;
  /** Where the data that was here before went; nothing is deleted. */
  readonly replaced: string | undefined;
}

/**
 * Puts the databases of an instance that does not run back to a backup. What was there is moved aside. Refuses a damaged
 * backup, and one of an instance with other secrets: neither its vault nor its topics could be opened with these.
 */
export async function restore(instance: string, folder: string, say: (line: string) => void): Promise<Restored> {
  makeFolder(instance);
  await clearLeftOver(join(instance, 'run.json'), say);
  const source = resolve(folder);
  say('Comparing every file of the backup with what was written ...');
  const manifest = await openBackup(source);
  await takeSecrets(source, instance);
  const place = postgresPlace(instance);
  const draft = { ...place, data: `${place.data}.restoring` };
  say('Putting the databases back ...');
  rmSync(draft.data, { recursive: true, force: true }); // of a restore that was killed
  await copyInto(join(source, 'postgres'), draft);
  const replaced = moveAside(place.data);
  renameSync(draft.data, place.data);
  return { manifest, replaced };
}

async function takeSecrets(source: string, instance: string): Promise<void> {
  const [kept, here] = [join(source, 'secrets.json'), join(instance, 'secrets.json')];
  if (!existsSync(here)) return copyDurably(kept, here);
  if (readFileSync(kept, 'utf8') !== readFileSync(here, 'utf8'))
    throw new Error('This instance has other secrets than the backup. `npm run reset` forgets it; then restore again.');
}

async function copyInto(source: string, place: PostgresPlace): Promise<void> {
  makeDataFolder(place);
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  const own = async (path: string, mode: number): Promise<void> => {
    await chmod(path, mode);
    if (place.uid !== undefined && place.gid !== undefined) chownSync(path, place.uid, place.gid);
  };
  for (const entry of entries) {
    const path = join(place.data, entry.parentPath.slice(source.length), entry.name);
    if (entry.isDirectory()) {
      await mkdir(path, { recursive: true, mode: 0o700 });
      await own(path, 0o700);
    } else {
      await copyDurably(join(entry.parentPath, entry.name), path);
      await own(path, 0o600);
    }
  }
  await own(place.data, 0o700);
}

function moveAside(data: string): string | undefined {
  if (!existsSync(data)) return undefined;
  const aside = join(dirname(data), `postgres.before-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`);
  renameSync(data, aside);
  return aside;
}
