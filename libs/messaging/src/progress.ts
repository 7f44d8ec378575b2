import type { LogSchema } from '@garda/event-store';
import type { Pool } from 'pg';

/** How far everything in one service's database is. Numbers as text: they go out as JSON. */
export interface Progress {
  /** Left out where a service has no log. */
  readonly log?: {
    readonly head: string;
    /** Per topic: the last position relayed and the last number given out per partition. */
    readonly relayed: Readonly<Record<string, { readonly position: string; readonly seqs: readonly string[] }>>;
  };
  readonly consumers: readonly { consumer: string; topic: string; partition: number; seq: string }[];
  /** Held keys, waiting ones included. */
  readonly parked: number;
  /** Those among them that wait for an earlier fact and go on unasked when it comes. */
  readonly waiting: number;
  readonly projections: readonly { projection: string; version: number; log: string; position: string }[];
}

/** Quiet is: every head relayed, every consumer at the numbers of its topic, nothing parked, projections at the head. */
export async function progress(pool: Pool, of: { schema?: LogSchema } = {}): Promise<Progress> {
  const [log, consumers, parked, projections] = await Promise.all([
    of.schema === undefined ? undefined : logProgress(pool, of.schema),
    pool.query<Progress['consumers'][number]>(
      'select consumer, topic, partition, seq::text as seq from consume.consumer_cursor order by 1, 2, 3',
    ),
    pool.query<{ keys: number; waiting: number }>(
      `select count(*)::int as keys, (count(*) filter (where attempts = 0))::int as waiting
        from (select distinct on (consumer, topic, key) attempts from consume.parked order by consumer, topic, key, seq) f`,
    ),
    pool.query<Progress['projections'][number]>(
      `select projection, version, log, position::text as position from consume.projection_cursor
        where state = 'live' order by 1, 2`,
    ),
  ]);
  return {
    ...(log === undefined ? {} : { log }),
    consumers: consumers.rows,
    parked: parked.rows[0]?.keys ?? 0,
    waiting: parked.rows[0]?.waiting ?? 0,
    projections: projections.rows,
  };
}

async function logProgress(pool: Pool, schema: LogSchema): Promise<NonNullable<Progress['log']>> {
  const { rows } = await pool.query<{ head: string; topic: string | null; position: string; seqs: string[] }>(
    `select coalesce((select e.position from ${schema}.events e order by e.position desc limit 1), 0)::text as head,
        c.topic, c.position::text as position, c.seqs::text[] as seqs
      from (select 1) one left join ${schema}.relay_checkpoint c on true order by c.topic`,
  );
  const relayed = rows.flatMap(({ topic, position, seqs }) =>
    topic === null ? [] : [[topic, { position, seqs }] as const],
  );
  return { head: rows[0]?.head ?? '0', relayed: Object.fromEntries(relayed) };
}
