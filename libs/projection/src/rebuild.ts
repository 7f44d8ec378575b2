import { inTransaction, type EventLog } from '@garda/event-store';
import type { Pool, PoolClient } from 'pg';
import { buildBeside, liveBuild, readBuilds, takeNumber, type Build } from './builds';
import { countRows, digestTable, type Pages, type TableDigest } from './digest-table';
import { oneSetUpAtATime, type LocalProjection } from './projection';

export type RebuildCode =
  'PROJECTION_UNKNOWN' | 'REBUILD_UNDER_WAY' | 'NO_REBUILD' | 'REBUILD_NOT_CAUGHT_UP' | 'NOTHING_TO_DROP';

export class RebuildError extends Error {
  override readonly name = 'RebuildError';

  constructor(
    readonly code: RebuildCode,
    detail: string,
  ) {
    super(detail);
  }
}

export interface Comparison {
  readonly position: string;
  /** Per table: rows and SHA-256 over all of them, in the live build and in the new one. */
  readonly tables: readonly { table: string; live: TableDigest; built: TableDigest }[];
  readonly same: boolean;
}

/** How far two builds may be apart for the rest to be done in one transaction. */
const closeEnough = 2_000n;
const tries = 20;

/**
 * Replaces the tables of a projection while it answers: a new build is filled from the first fact beside the live one, by
 * every replica that runs (`RebuildRunners`), compared, shown in one transaction, and the old one dropped. Everything
 * is a row of `consume.projection_cursor`, so all replicas see the same.
 */
export class Rebuild {
  constructor(
    private readonly pool: Pool,
    private readonly log: EventLog,
    private readonly projection: LocalProjection,
  ) {}

  /** A new build is wanted. It has its tables from the first: whoever compares may come before whoever fills them. */
  async begin(): Promise<{ version: number }> {
    const { name, version: code, log } = this.projection;
    return inTransaction(this.pool, async (client) => {
      await oneSetUpAtATime(client);
      const builds = await readBuilds(client, name, true);
      const beside = buildBeside(builds, code);
      if (beside !== undefined) throw new RebuildError('REBUILD_UNDER_WAY', `${name}: build ${beside.version}`);
      const version = await takeNumber(client, name, builds, code);
      await client.query(
        `insert into consume.projection_cursor (projection, version, log, state) values ($1, $2, $3, 'filling')`,
        [name, version, log],
      );
      await this.projection.at(version).setUp(client);
      return { version };
    });
  }

  async pause(): Promise<{ version: number }> {
    return this.setState('paused');
  }

  async resume(): Promise<{ version: number }> {
    return this.setState('filling');
  }

  /** Forgets the new build and its tables. The live one is as it was. */
  async abandon(): Promise<{ version: number }> {
    return inTransaction(this.pool, async (client) => {
      const { version } = this.beside(await readBuilds(client, this.projection.name, true));
      await this.remove(client, this.projection.at(version));
      return { version };
    });
  }

  /** Both builds at one position, row by row as one digest a table. Nothing stands still meanwhile. */
  async compare(pages: Pages = {}): Promise<Comparison> {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      await inTransaction(this.pool, (client) => this.align(client));
      const compared = await this.compareNow(pages);
      if (compared !== undefined) return compared;
    }
    throw new RebuildError('REBUILD_NOT_CAUGHT_UP', `${this.projection.name}: the builds did not meet`);
  }

  /** The new build answers from now on, for all replicas at once; the old one is kept until it is dropped. */
  async switchOver(): Promise<{ version: number; position: string }> {
    const { name } = this.projection;
    return inTransaction(this.pool, async (client) => {
      const { live, beside, position } = await this.align(client);
      const setState = (build: Build | undefined, state: string) =>
        client.query('update consume.projection_cursor set state = $3 where projection = $1 and version = $2', [
          name,
          build?.version ?? 0,
          state,
        ]);
      await this.projection.at(beside.version).goLive?.(client);
      await setState(live, 'retired');
      await setState(beside, 'live');
      return { version: beside.version, position: String(position) };
    });
  }

  /** Removes what was replaced. */
  async drop(): Promise<{ versions: number[] }> {
    return inTransaction(this.pool, async (client) => {
      const builds = await readBuilds(client, this.projection.name, true);
      const retired = builds.filter(({ state }) => state === 'retired');
      if (retired.length === 0) throw new RebuildError('NOTHING_TO_DROP', this.projection.name);
      for (const { version } of retired) await this.remove(client, this.projection.at(version));
      return { versions: retired.map(({ version }) => version) };
    });
  }

  /** Takes both builds for this transaction and brings the one that is behind to where the other is. */
  private async align(client: PoolClient): Promise<{ live: Build; beside: Build; position: bigint }> {
    const { name, version: code } = this.projection;
    await client.query('set local statement_timeout = 0');
    const builds = await readBuilds(client, name, true);
    const beside = this.beside(builds);
    const live = liveBuild(builds, code);
    if (live === undefined) throw new RebuildError('NO_REBUILD', `${name} has no live build`);
    const [behind, position] = live.position < beside.position ? [live, beside.position] : [beside, live.position];
    const missing = position - behind.position;
    if (missing > closeEnough)
      throw new RebuildError('REBUILD_NOT_CAUGHT_UP', `${name}: build ${behind.version} is ${missing} events behind`);
    if (missing > 0n) {
      const batch = await this.log.readFrom(behind.position, Number(missing), client);
      await this.projection.at(behind.version).apply(client, batch);
      await client.query('update consume.projection_cursor set position = $3 where projection = $1 and version = $2', [
        name,
        behind.version,
        position,
      ]);
    }
    return { live, beside, position };
  }

  /** In one snapshot; undefined when the builds were apart in it. */
  private compareNow(pages: Pages): Promise<Comparison | undefined> {
    const { name, version: code } = this.projection;
    return inTransaction(this.pool, async (client) => {
      await client.query('set transaction isolation level repeatable read read only');
      await client.query('set local statement_timeout = 0');
      const builds = await readBuilds(client, name);
      const [live, beside] = [liveBuild(builds, code), buildBeside(builds, code)];
      if (live === undefined || beside === undefined || live.position !== beside.position) return undefined;
      const tables = await compareTables(client, this.projection, [live.version, beside.version], pages);
      const same = tables.every(({ live: a, built: b }) => a.rows === b.rows && a.digest === b.digest);
      return { position: String(live.position), tables, same };
    });
  }

  private async remove(client: PoolClient, build: LocalProjection): Promise<void> {
    await client.query('delete from consume.projection_cursor where projection = $1 and version = $2', [
      build.name,
      build.version,
    ]);
    for (const table of build.tables) await client.query(`drop table if exists ${table}`);
  }

  private async setState(state: 'filling' | 'paused'): Promise<{ version: number }> {
    return inTransaction(this.pool, async (client) => {
      const { version } = this.beside(await readBuilds(client, this.projection.name, true));
      await client.query('update consume.projection_cursor set state = $3 where projection = $1 and version = $2', [
        this.projection.name,
        version,
        state,
      ]);
      return { version };
    });
  }

  private beside(builds: readonly Build[]): Build {
    const found = buildBeside(builds, this.projection.version);
    if (found === undefined)
      throw new RebuildError('NO_REBUILD', `${this.projection.name} has no build beside the live one`);
    return found;
  }
}

/** Counted first, so that progress can be told. */
async function compareTables(
  client: PoolClient,
  projection: LocalProjection,
  [live, built]: readonly [number, number],
  pages: Pages,
): Promise<Comparison['tables']> {
  const theirs = projection.at(built).tables;
  const pairs = projection.at(live).tables.map((table, i) => [table, theirs[i] ?? table] as const);
  let [done, of] = [0, 0];
  for (const table of pairs.flat()) of += await countRows(client, table);
  const onPage = (rows: number): void => pages.report?.((done += rows), of);
  onPage(0);
  const compared: Comparison['tables'][number][] = [];
  for (const [table, beside] of pairs)
    compared.push({
      table,
      live: await digestTable(client, table, { ...pages, onPage }),
      built: await digestTable(client, beside, { ...pages, onPage }),
    });
  return compared;
}
