import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { SchemaNewerError } from './errors';
import type { MigrationClass } from './migrations';

/** Any number would do; all programs of the project must use this one. */
const migrationLock = 7_236_401;
const withoutLimits = '-c statement_timeout=0 -c lock_timeout=0';

/**
 * Brings a database to the state of `migrations`: all that it has, in one call. Each runs in a transaction of its own.
 * Any number of processes may start at once: one migrates, the others wait for it.
 * Rejects with SCHEMA_NEWER when the database knows a migration that this program does not.
 */
export async function migrate(ownerUrl: string, migrations: readonly MigrationClass[]): Promise<void> {
  const gate = new Client({ connectionString: ownerUrl, options: withoutLimits });
  await gate.connect();
  try {
    await gate.query('select pg_advisory_lock($1)', [migrationLock]);
    await refuseNewer(gate, migrations);
    await run(ownerUrl, migrations);
  } finally {
    await gate.end(); // the session's end gives the lock back
  }
}

async function refuseNewer(client: Client, migrations: readonly MigrationClass[]): Promise<void> {
  const { rows: tables } = await client.query(`select 1 where to_regclass('public.migrations') is not null`);
  if (tables.length === 0) return;
  const known = new Set(migrations.map((migration) => new migration().name));
  const { rows } = await client.query<{ name: string }>('select name from public.migrations order by id');
  const unknown = rows.filter((row) => !known.has(row.name)).map((row) => row.name);
  if (unknown.length > 0)
    throw new SchemaNewerError(`the database has ${unknown.join(', ')}: start a newer version of the program`);
}

async function run(url: string, migrations: readonly MigrationClass[]): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    schema: 'public',
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    extra: { options: withoutLimits },
  });
  await source.initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}
