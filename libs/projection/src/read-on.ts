import type { RecordedEvent } from '@garda/contracts';
import type { EventLog } from '@garda/event-store';
import type { PoolClient } from 'pg';

/** Facts of a case come again and again: the more of them are folded together, the fewer rows are written. */
const timesSize = 10;
/** Decoding is work without a pause: a request of the same process waits for a hundred facts, not for five hundred. */
const mostAtOnce = 100;

/**
 * The facts after a position, up to ten times `size` while there are as many. Read in pieces, so that whoever else lives
 * in this process has his turn between them.
 */
export async function readOn(
  log: EventLog,
  of: { after: bigint; size: number; on: PoolClient },
): Promise<RecordedEvent[]> {
  const batch: RecordedEvent[] = [];
  const piece = Math.min(of.size, mostAtOnce);
  for (let isMore = true; isMore && batch.length < of.size * timesSize;) {
    const read = await log.readFrom(batch.at(-1)?.position ?? of.after, piece, of.on);
    batch.push(...read);
    isMore = read.length === piece;
  }
  return batch;
}
