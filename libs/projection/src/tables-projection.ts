import type { RecordedEvent } from '@garda/contracts';
import type { LogSchema } from '@garda/event-store';
import type { PoolClient } from 'pg';
import type { LocalProjection } from './projection';
import { ensureView, pointView, tableName } from './tables';

/** The tables of one build by their plain names: `t.notices` is `read.notices_v1001`. For use in SQL. */
export type TableNames<N extends string> = Readonly<Record<N, string>>;

export interface TablesProjectionOptions<N extends string> {
  readonly name: string;
  /** To be raised whenever the tables or what is written into them changes. */
  readonly version: number;
  readonly log?: LogSchema;
  /** Plain names of its tables. Each is shown by a view `read.<name>`. */
  readonly tables: readonly N[];
  /** Makes the tables and their indexes when they are missing. Names of indexes bear the number of the build. */
  tableSql(t: TableNames<N>, version: number): string;
  /** Writes into these tables and reads from these, never through the views: the build may not be the one shown. */
  apply(client: PoolClient, batch: readonly RecordedEvent[], t: TableNames<N>): Promise<void>;
}

/**
 * A projection with tables of its own design. It says everything about them for any number of a build, so that a new one
 * can be filled beside the one that answers.
 */
export function tablesProjection<N extends string>(options: TablesProjectionOptions<N>): LocalProjection {
  const { name, version, log = 'log', tables } = options;
  const t = Object.fromEntries(tables.map((one) => [one, tableName(one, version)])) as TableNames<N>;
  return {
    ...{ name, version, log },
    at: (build) => tablesProjection({ ...options, version: build }),
    tables: tables.map((one) => t[one]),
    setUp: async (client) => {
      await client.query(options.tableSql(t, version));
      for (const view of tables) await ensureView(client, view, version);
    },
    goLive: async (client) => {
      for (const view of tables) await pointView(client, view, version);
    },
    apply: (client, batch) => options.apply(client, batch, t),
  };
}
