import type { RecordedEvent } from '@garda/contracts';
import type { Pool, PoolClient } from 'pg';
import { recorded } from './recorded';
import type { GivenEvent } from './recorded';

/** Structurally what the projection library runs. */
export interface ProjectionUnderTest {
  setUp(client: PoolClient): Promise<void>;
  apply(client: PoolClient, batch: readonly RecordedEvent[]): Promise<void>;
}

type Rows = readonly Readonly<Record<string, unknown>>[];

export interface ProjectionRun {
  /** Hands every batch over a second time, as after a crash between applying and remembering. */
  twice(): ProjectionRun;
  /** Cuts the events into batches of this size; without it they are one batch. */
  inBatchesOf(size: number): ProjectionRun;
  /** The rows that the query then finds, in its order. Nothing of the run stays in the database. */
  shows(query: string, rows: Rows): Promise<void>;
}

/** Specs of a projection: `projectionSpec(pool).given(…).project(p).twice().shows('select …', rows)`. */
export function projectionSpec(
  pool: Pool,
  streamId?: string,
): { given(...events: readonly GivenEvent[]): { project(projection: ProjectionUnderTest): ProjectionRun } } {
  return {
    given: (...events) => ({
      project: (projection) =>
        runOf({ pool, projection, events: recorded(events, streamId), times: 1, size: Infinity }),
    }),
  };
}

interface Plan {
  readonly pool: Pool;
  readonly projection: ProjectionUnderTest;
  readonly events: readonly RecordedEvent[];
  readonly times: number;
  readonly size: number;
}

function runOf(plan: Plan): ProjectionRun {
  return {
    twice: () => runOf({ ...plan, times: 2 }),
    inBatchesOf: (size) => runOf({ ...plan, size }),
    shows: async (query, rows) => expect(await rowsAfter(plan, query)).toEqual(rows),
  };
}

async function rowsAfter(plan: Plan, query: string): Promise<Rows> {
  const client = await plan.pool.connect();
  try {
    await client.query('begin');
    await plan.projection.setUp(client);
    for (const batch of batches(plan.events, plan.size)) {
      for (let time = 0; time < plan.times; time += 1) {
        await plan.projection.apply(client, batch);
      }
    }
    return (await client.query<Record<string, unknown>>(query)).rows;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

function batches(events: readonly RecordedEvent[], size: number): (readonly RecordedEvent[])[] {
  if (!Number.isFinite(size)) {
    return [events];
  }
  const count = Math.ceil(events.length / size);
  return Array.from({ length: count }, (_, index) => events.slice(index * size, (index + 1) * size));
}
