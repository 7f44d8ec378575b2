import { numberBefore } from '@garda/contracts';
import type { LogSchema } from '@garda/event-store';
import type { Pool } from 'pg';
import { inTransaction } from './cursor';

/** The checkpoint cannot be set to this. */
export class RewindError extends Error {
  override readonly name = 'RewindError';

  constructor(
    readonly code:
      | 'TOPIC_UNKNOWN'
      | 'POSITION_NOT_RELAYED'
      | 'TOPIC_NOT_EMPTY'
      | 'TOPIC_NOT_CLOSED'
      | 'CONSUMERS_BEHIND'
      | 'CONFLICT',
    detail: string,
  ) {
    super(detail);
  }
}

/** @throws RewindError TOPIC_NOT_EMPTY when a topic that should have been made again ends anywhere but at 0. */
export function refuseFilled(topic: string, ends: readonly bigint[]): void {
  if (ends.some((end) => end > 0n))
    throw new RewindError('TOPIC_NOT_EMPTY', `${topic} holds records: make it again before it is filled`);
}

/**
 * Sets a topic's checkpoint back, so that the relay sends everything from `position` on again, with the numbers and bytes
 * it had; consumers drop the repeats. 0 and 1 both mean everything. A relay that runs sees it at its next round. Where the
 * topic ends is not forgotten, so a loss is still seen.
 */
export async function rewindRelay(
  pool: Pool,
  of: { schema: LogSchema; topic: string; position: bigint },
): Promise<{ from: string; to: string }> {
  const { schema, topic } = of;
  const before = of.position > 0n ? of.position - 1n : 0n;
  const set = await inTransaction(pool, async (client) => {
    await client.query(`set local statement_timeout = 0`); // counting a long log takes its time
    const { rows } = await client.query<{ position: string; partitions: number; generation: number }>(
      `select position::text as position, cardinality(seqs) as partitions, generation from ${schema}.relay_checkpoint
        where topic = $1 for update`,
      [topic],
    );
    const found = rows[0];
    if (found === undefined) throw new RewindError('TOPIC_UNKNOWN', `${topic} has no checkpoint here`);
    if (before > BigInt(found.position))
      throw new RewindError('POSITION_NOT_RELAYED', `${topic} is relayed up to ${found.position}`);
    await client.query(
      `update ${schema}.relay_checkpoint set position = $2, seqs = array(
         select $4::bigint + (select count(*) from ${schema}.events e where e.position <= $2 and e.key_hash % $3 = p.p)
         from generate_series(0, $3 - 1) p(p) order by p.p) where topic = $1`,
      [topic, before, found.partitions, numberBefore(found.generation)],
    );
    return { from: found.position, to: String(before) };
  });
  if (set === undefined) throw new Error('a rewind answers or throws');
  return set;
}
