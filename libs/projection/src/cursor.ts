import type { LogSchema } from '@garda/event-store';
import type { Pool, PoolClient } from 'pg';
import type { BuildState } from './builds';
import { CursorMissingError, type LocalProjection } from './projection';

/** The row of `consume.projection_cursor` of one projection. */
export class ProjectionCursor {
  private readonly key: readonly [string, number];
  private readonly log: LogSchema;

  constructor({ name, version, log }: LocalProjection) {
    this.key = [name, version];
    this.log = log;
  }

  async create(client: PoolClient): Promise<void> {
    await client.query(
      'insert into consume.projection_cursor (projection, version, log) values ($1, $2, $3) on conflict do nothing',
      [...this.key, this.log],
    );
  }

  /** Nobody removes the build before this transaction ends. @throws CursorMissingError when it is gone already. */
  async keep(client: PoolClient): Promise<void> {
    const { rowCount } = await client.query(
      'select 1 from consume.projection_cursor where projection = $1 and version = $2 for share',
      [...this.key],
    );
    if (rowCount !== 1) throw this.missing();
  }

  missing(): CursorMissingError {
    return new CursorMissingError(`${this.key.join(' v')} has no cursor`);
  }

  /** Where it is and where the log is, without a lock; undefined when its row is gone. */
  async look(pool: Pool): Promise<{ position: bigint; head: bigint; state: BuildState } | undefined> {
    const { rows } = await pool.query<{ position: string; head: string; state: BuildState }>({
      name: `projection.look.${this.log}`,
      text: `select c.position::text as position, c.state, coalesce((select e.position from ${this.log}.events e
               order by e.position desc limit 1), 0)::text as head
             from consume.projection_cursor c where c.projection = $1 and c.version = $2`,
      values: [...this.key],
    });
    const [row] = rows;
    if (row === undefined) return undefined;
    return { position: BigInt(row.position), head: BigInt(row.head), state: row.state };
  }
}

type Build = Pick<LocalProjection, 'name' | 'version'>;

export const buildId = ({ name, version }: Build): string => `${name} v${version}`;

/**
 * Takes the rows of these builds for this transaction, and answers where each is. One that another replica has, or that
 * is not to be filled, is left out.
 */
export async function take(client: PoolClient, builds: readonly Build[]): Promise<Map<string, bigint>> {
  const { rows } = await client.query<{ projection: string; version: number; position: string }>({
    name: 'projection.take',
    text: `select c.projection, c.version, c.position::text as position from consume.projection_cursor c
           where (c.projection, c.version) in (select * from unnest($1::text[], $2::int[])) and c.state in ('live', 'filling')
           for update skip locked`,
    values: columns(builds),
  });
  return new Map(
    rows.map(({ projection, version, position }) => [buildId({ name: projection, version }), BigInt(position)]),
  );
}

/** Moves rows that this transaction has taken. */
export async function advance(client: PoolClient, builds: readonly Build[], position: bigint): Promise<void> {
  await client.query({
    name: 'projection.advance',
    text: `update consume.projection_cursor set position = $3
           where (projection, version) in (select * from unnest($1::text[], $2::int[]))`,
    values: [...columns(builds), position],
  });
}

const columns = (builds: readonly Build[]): [string[], number[]] => [
  builds.map(({ name }) => name),
  builds.map(({ version }) => version),
];
