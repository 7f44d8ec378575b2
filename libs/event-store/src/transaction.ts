import type { Pool, PoolClient } from 'pg';
import { isTransient } from './sqlstate';

/**
 * `replayable`: does not wait for the disk. Only for what can be made again, together with the cursor that says from where: a
 * server that crashes takes back whole transactions, the last ones only, and the cursor with its effect.
 */
export type Durability = 'durable' | 'replayable';

export interface TransactionOptions<T> {
  readonly kind?: Durability;
  /** False for an answer with which everything is rolled back. */
  readonly keep?: (answer: T) => boolean;
}

/**
 * A process that freezes inside a transaction holds its rows for this long at most; then the server ends it. Without
 * that a stopped replica would keep another one from going on, or even from starting.
 */
const frozenAfterMs = 10_000;

/** Runs `work` in a transaction and answers what it answers. What it throws rolls everything back. */
export async function inTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  { kind = 'durable', keep = () => true }: TransactionOptions<T> = {},
): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  const onLost = (): void => void (broken = true); // the query fails too; without a listener the process would end
  client.on('error', onLost);
  try {
    const quick = kind === 'replayable' ? 'set local synchronous_commit to off;' : '';
    await client.query(`begin; ${quick} set local idle_in_transaction_session_timeout = ${frozenAfterMs}`);
    const answer = await work(client);
    await client.query(keep(answer) ? 'commit' : 'rollback');
    return answer;
  } catch (error) {
    // A connection in doubt is thrown away, and its transaction with it.
    broken ||= isTransient(error);
    if (!broken) await client.query('rollback').catch(() => void (broken = true));
    throw error;
  } finally {
    client.off('error', onLost);
    client.release(broken);
  }
}
