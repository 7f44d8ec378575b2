import { isTransient } from '@garda/event-store';
import type { Pool, PoolClient } from 'pg';

/** Runs `work` in a transaction and answers what it answers. What it throws rolls everything back. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  const onLost = (): void => void (broken = true); // the query fails too; without a listener the process would end
  client.on('error', onLost);
  try {
    await client.query('begin');
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
