import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { usualFolder } from './folders';
import { outsideFolderName } from './postgres-place';
import { clearLeftOver, InUse } from './run-file';

/** What instances that are removed after use are for. */
export type Purpose = 'test' | 'demo' | 'import' | 'faults';
const ours = /^(test|demo|import|faults)-[0-9a-f]{8}$/;

/** The folder of a new instance that will be removed after use; not made yet. */
export function throwawayFolder(purpose: Purpose): string {
  return join(usualFolder, `${purpose}-${randomBytes(4).toString('hex')}`);
}

export function isThrowaway(folder: string): boolean {
  return ours.test(basename(folder));
}

/** Removes everything an instance wrote. Its processes must have been stopped. */
export function removeInstance(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  rmSync(outsideFolderName(folder), { recursive: true, force: true });
}

/** Runs that were killed left servers and data behind: those whose starter is gone are ended and removed. */
export async function removeLeftOvers(say: (line: string) => void, home = usualFolder): Promise<void> {
  const folders = existsSync(home) ? readdirSync(home).map((name) => join(home, name)) : [];
  for (const folder of folders.filter(isThrowaway)) {
    await removeIfLeftOver(folder, say);
  }
}

async function removeIfLeftOver(folder: string, say: (line: string) => void): Promise<void> {
  const runFile = join(folder, 'run.json');
  // Another run may have made its folder this very moment and not yet said that it is in use.
  if (!existsSync(runFile) && Date.now() - statSync(folder).mtimeMs < 60_000) {
    return;
  }
  try {
    await clearLeftOver(runFile, say);
  } catch (error) {
    if (error instanceof InUse) {
      return;
    }
    throw error;
  }
  removeInstance(folder);
}
