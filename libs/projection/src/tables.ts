import type { PoolClient } from 'pg';

const identifier = /^[a-z][a-z0-9_]{0,40}$/;

/** The table of one version of a read model. Readers use the view `read.<name>`. */
export function tableName(name: string, version: number): string {
  if (!identifier.test(name)) throw new Error(`Not a plain name: ${name}`);
  return `read.${name}_v${Math.trunc(version)}`;
}

/** Makes the view when there is none yet: the first version is live while it is being filled. */
export async function ensureView(client: PoolClient, name: string, version: number): Promise<void> {
  if ((await liveVersion(client, name)) === undefined) await create(client, name, version);
}

/**
 * Points the view at this version, in the caller's transaction, unless a newer one is live: replicas of the program
 * before may still run. Readers see the old table or the new one, nothing between.
 */
export async function pointView(client: PoolClient, name: string, version: number): Promise<void> {
  const live = await liveVersion(client, name);
  if (live !== undefined && live >= version) return;
  if (live !== undefined) await client.query(`drop view read.${name}`); // the new table may have other columns
  await create(client, name, version);
}

async function create(client: PoolClient, name: string, version: number): Promise<void> {
  await client.query(`create view read.${name} as select * from ${tableName(name, version)}`);
  await client.query(`comment on view read.${name} is 'version ${version}'`);
}

/** Locks, so that two replicas that catch up at once do not both drop and create. */
async function liveVersion(client: PoolClient, name: string): Promise<number | undefined> {
  tableName(name, 0);
  await client.query('select pg_advisory_xact_lock(7236403, hashtext($1))', [name]);
  const { rows } = await client.query<{ version: string | null }>(
    `select substring(obj_description(c.oid, 'pg_class') from 'version (\\d+)') as version
       from pg_class c where c.oid = to_regclass($1)`,
    [`read.${name}`],
  );
  return rows[0] === undefined ? undefined : Number(rows[0].version ?? 0);
}
