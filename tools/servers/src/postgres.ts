import { chownSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { Child, plainEnvironment, run } from './child';
import { makeDataFolder, postgresPlace } from './postgres-place';
import type { PostgresPlace } from './postgres-place';
import { assertPortsFree } from './ports';
import { endProcess, startTimeOf } from './processes';

const superuser = 'garda';

export interface PostgresOptions {
  readonly folder: string;
  readonly port: number;
  readonly password: string;
  /** Called as soon as the process exists, before it is ready. */
  readonly onSpawn: (child: Child) => Promise<void>;
}

export interface Postgres {
  readonly child: Child;
  /** URL of the superuser, database `postgres`. */
  readonly adminUrl: string;
  /** Where data and programs are if the server's user cannot reach the checkout. */
  readonly outside: string | undefined;
}

/** Starts PostgreSQL on its own data folder, making that folder the first time. Durable: fsync stays on. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const place = postgresPlace(options.folder);
  if (!existsSync(join(place.data, 'PG_VERSION'))) {
    await initialise(place, options.password);
  }
  await endLeftOver(place.data);
  await assertPortsFree({ postgres: options.port });
  const child = await Child.start({
    name: 'PostgreSQL',
    command: join(place.binaries, 'bin', 'postgres'),
    args: ['-D', place.data, '-p', String(options.port), ...settings],
    env: serverEnvironment(),
    cwd: '/',
    logFile: join(options.folder, 'logs', 'postgres.log'),
    // "Fast": open transactions are rolled back, clients are sent away, data is written.
    stopSignal: 'SIGINT',
    ...user(place),
  });
  await options.onSpawn(child);
  const adminUrl = superuserUrl(options.port, options.password);
  await child.waitUntil(() => answers(adminUrl), 60_000);
  return { child, adminUrl, outside: place.outside };
}

export function superuserUrl(port: number, password: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`;
}

const settings = [
  'listen_addresses=127.0.0.1',
  // No socket file: its usual folder is shared by every server of the machine.
  'unix_socket_directories=',
  'max_connections=300',
  'shared_buffers=256MB',
  'timezone=UTC',
  'log_timezone=UTC',
].flatMap((setting) => ['-c', setting]);

/** The collation is PostgreSQL's own, so that text sorts the same on every machine. */
async function initialise(place: PostgresPlace, password: string): Promise<void> {
  // What a start that was killed half-way left here is not a database.
  rmSync(place.data, { recursive: true, force: true });
  makeDataFolder(place);
  const passwordFile = `${place.data}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (place.uid !== undefined && place.gid !== undefined) {
    chownSync(passwordFile, place.uid, place.gid);
  }
  const args = [
    `--pgdata=${place.data}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  try {
    const command = join(place.binaries, 'bin', 'initdb');
    await run({ name: 'initdb', command, args, env: serverEnvironment(), cwd: '/', ...user(place) });
  } catch (error) {
    // A half-made folder would be taken for a database the next time.
    rmSync(place.data, { recursive: true, force: true });
    throw withHint(error as Error);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function withHint(error: Error): Error {
  if (error.message.includes('libicu')) {
    return new Error(
      `${error.message}\nThe install script of PostgreSQL's package has not run: run \`npm rebuild\` with install scripts allowed.`,
    );
  }
  return error;
}

/**
 * After kill -9 of the starter the server goes on without a parent and holds the folder. Its own pid file names it; the
 * time in the third line tells it apart from a later process with the same number.
 */
async function endLeftOver(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) {
    return;
  }
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const startedAt = startTimeOf(pid);
  if (startedAt !== undefined && commandMentions(pid, data)) {
    await endProcess({ pid, startedAt }, 10_000, 'SIGINT');
  }
}

function commandMentions(pid: number, data: string): boolean {
  try {
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(data);
  } catch {
    // Gone meanwhile.
    return false;
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    // Not up yet: refused, or "the database system is starting up". The caller's patience decides.
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function serverEnvironment(): NodeJS.ProcessEnv {
  return { ...plainEnvironment(), LC_ALL: 'C', TZ: 'UTC' };
}

function user(place: PostgresPlace): { uid?: number; gid?: number } {
  return place.uid === undefined || place.gid === undefined ? {} : { uid: place.uid, gid: place.gid };
}
