import type { PoolClient } from 'pg';

/**
 * How a build of a projection stands, the same for all replicas: `live` answers (or is the first one and still being
 * filled), `filling` and `paused` stand beside it, `retired` has been replaced and waits to be dropped.
 */
export type BuildState = 'live' | 'filling' | 'paused' | 'retired';

export interface Build {
  /** Numbers the tables. Builds of one code version are a thousand apart: 1, 1001, 2001. Later builds are higher. */
  readonly version: number;
  readonly state: BuildState;
  readonly position: bigint;
}

const apart = 1_000;

/** The version of the code that a build was made by. */
export function codeVersion(version: number): number {
  return version % apart;
}

/** The build that this code keeps; undefined when it has none yet. */
export function liveBuild(builds: readonly Build[], code: number): Build | undefined {
  const own = builds.filter(({ version, state }) => codeVersion(version) === code && state === 'live');
  return own.reduce<Build | undefined>((a, b) => (a === undefined || b.version > a.version ? b : a), undefined);
}

/** The build that this code is filling beside the live one, paused or not. */
export function buildBeside(builds: readonly Build[], code: number): Build | undefined {
  return builds.find(
    ({ version, state }) => codeVersion(version) === code && (state === 'filling' || state === 'paused'),
  );
}

/** The number of the first build of this code. Code older than what was here keeps its number, and so never answers. */
export function firstVersion(builds: readonly Build[], code: number): number {
  return builds.some(({ version }) => codeVersion(version) > code) ? code : nextVersion(highest(builds), code);
}

/** The number of a new build: higher than every one before, so that a view is never pointed back. */
export function nextVersion(last: number, code: number): number {
  const generation = Math.floor(last / apart) * apart;
  return generation + code > last ? generation + code : generation + apart + code;
}

/** Gives the next number out for ever: no build gets it again, whatever becomes of this one. */
export async function takeNumber(client: PoolClient, name: string, builds: readonly Build[], code: number) {
  const { rows } = await client.query<{ highest: number }>(
    `insert into consume.projection_number as n values ($1, $2)
       on conflict (projection) do update set highest = greatest(n.highest, excluded.highest) returning highest`,
    [name, highest(builds)],
  );
  const version = nextVersion(rows[0]?.highest ?? 0, code);
  await client.query('update consume.projection_number set highest = $2 where projection = $1', [name, version]);
  return version;
}

function highest(builds: readonly Build[]): number {
  return Math.max(0, ...builds.map(({ version }) => version));
}

/** Every build of a projection. `lock` keeps all of them where they are until the transaction ends. */
export async function readBuilds(client: PoolClient, name: string, lock = false): Promise<Build[]> {
  const { rows } = await client.query<{ version: number; state: BuildState; position: string }>(
    `select version, state, position::text as position from consume.projection_cursor where projection = $1
      order by version ${lock ? 'for update' : ''}`,
    [name],
  );
  return rows.map((row) => ({ ...row, position: BigInt(row.position) }));
}
