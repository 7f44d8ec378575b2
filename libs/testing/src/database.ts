import { randomBytes } from 'node:crypto';
import { Pool } from 'pg';
import { testPostgres } from './servers-env';
import { asSuperuser, copyDatabase, createEmpty, drop, makeRole, templateFor, urlOf } from './database-server';

export interface Database {
  readonly name: string;
  readonly ownerRole: string;
  readonly appRole: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** The application role's connections. */
  readonly pool: Pool;
  readonly ownerPool: Pool;
}

/** What a set-up gets: a new empty database that belongs to the owner. */
export type DatabaseSetUp = (database: Pick<Database, 'ownerUrl' | 'ownerRole' | 'appRole'>) => Promise<void>;

export interface DatabaseOptions {
  /** Migrates; must close its connections. */
  readonly setUp?: DatabaseSetUp;
  /**
   * A name shared by every spec file with the same set-up: it then runs once per test run, and every file gets a copy of
   * its result. Without a name the set-up runs for this file alone.
   */
  readonly template?: string;
  /** Default `testing_owner`. */
  readonly ownerRole?: string;
  /** Default `testing_app`. */
  readonly appRole?: string;
}

/** A database for this spec file (or `describe`) alone, dropped after its last test. */
export function withDatabase(options: DatabaseOptions = {}): () => Database {
  let database: Database | undefined;
  beforeAll(async () => {
    database = await openDatabase(options);
  }, 60_000);
  afterAll(async () => {
    if (database !== undefined) {
      await closeDatabase(database);
    }
  }, 60_000);
  return () => {
    if (database === undefined) {
      throw new Error('The database exists only while tests run: ask for it inside a test or a hook.');
    }
    return database;
  };
}

/** Keeps the database as it is now, for `putBack`. Connections are cut; pools make new ones. */
export async function keepCopy({ name, ownerRole }: Database): Promise<void> {
  await asSuperuser((server) => copyDatabase(server, name, copyOf(name), ownerRole));
}

/** Puts the database back to what it was at `keepCopy`, as an operator would from a backup. */
export async function putBack({ name, ownerRole }: Database): Promise<void> {
  await asSuperuser((server) => copyDatabase(server, copyOf(name), name, ownerRole));
}

const copyOf = (name: string): string => `${name}_copy`;

async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { ownerRole = 'testing_owner', appRole = 'testing_app' } = options;
  const name = `garda_test_${randomBytes(6).toString('hex')}`;
  await asSuperuser(async (server) => {
    await makeRole(server, ownerRole, false);
    await makeRole(server, appRole, true);
  });
  const setUp = async (fresh: string): Promise<void> =>
    options.setUp?.({ ownerUrl: urlOf(fresh, ownerRole), ownerRole, appRole });
  if (options.template === undefined) {
    await asSuperuser((server) => createEmpty(server, name, ownerRole));
    await setUp(name);
  } else {
    const key = [options.template, ownerRole, appRole, String(options.setUp)];
    await templateFor(key, ownerRole, setUp, name);
  }
  const [ownerUrl, appUrl] = [urlOf(name, ownerRole), urlOf(name, appRole)];
  return { name, ownerRole, appRole, ownerUrl, appUrl, pool: poolOf(appUrl), ownerPool: poolOf(ownerUrl) };
}

function poolOf(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 10 });
  // A spec that kills its connections on purpose must not die of the pool's complaint; queries still fail by themselves.
  pool.on('error', () => undefined);
  return pool;
}

async function closeDatabase(database: Database): Promise<void> {
  await Promise.all([database.pool, database.ownerPool].map((pool) => (pool.ended ? undefined : pool.end())));
  await asSuperuser(async (server) => {
    await drop(server, database.name);
    await drop(server, copyOf(database.name));
  });
}

/** The superuser's URL of the servers for tests, for the rare spec that looks at the server itself. */
export function superuserUrl(database?: string): string {
  const url = new URL(testPostgres());
  if (database !== undefined) {
    url.pathname = `/${database}`;
  }
  return url.toString();
}
