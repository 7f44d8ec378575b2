import type { RecordedEvent } from '@garda/contracts';
import type { EventLog } from '@garda/event-store';
import type { PoolClient } from 'pg';

/** Facts of a case come again and again: the more of them are folded together, the fewer rows are written. */
const readsAtOnce = 10;

/**
 * The facts after a position, up to ten times `size` while there are as many. Read in pieces, so that whoever else lives
 * in this process has his turn between them.
 */
export async function readOn(
  log: EventLog,
  of: { after: bigint; size: number; on: PoolClient },
): Promise<RecordedEvent[]> {
  const batch: RecordedEvent[] = [];
  for (let reads = 0; reads < readsAtOnce && batch.length === reads * of.size; reads += 1)
    batch.push(...(await log.readFrom(batch.at(-1)?.position ?? of.after, of.size, of.on)));
  return batch;
}
