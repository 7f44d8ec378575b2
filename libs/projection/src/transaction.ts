import { isTransient } from '@garda/event-store';
import type { Pool, PoolClient } from 'pg';

const begin = {
  durable: 'begin',
  /**
   * Does not wait for the disk: what is written here, with the cursor beside it, is made again from the log. A server that
   * crashes takes back whole transactions, the last ones only, and the cursor with them.
   */
  replayable: 'begin; set local synchronous_commit to off',
};

/** Runs `work` in a transaction and answers what it answers. What it throws rolls everything back. */
export async function inTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  kind: keyof typeof begin = 'durable',
): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  const onLost = (): void => void (broken = true); // the query fails too; without a listener the process would end
  client.on('error', onLost);
  try {
    await client.query(begin[kind]);
    const answer = await work(client);
    await client.query('commit');
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
