import { movedCursor, readCursor } from './cursor';
import { ConsumerStoppedError, errorCode, FirstFailed, isTransient, NotYet } from './errors';
import type { LaneOptions } from './lane-types';
import { firstRows, noteFailure } from './parking';
import { noteProcessed } from './processed';

const drainAtOnce = 20;

/** Tries the held records of a key in order until one fails. Answers whether any is left. The lane's turn must be held. */
export async function drainKey(
  of: LaneOptions,
  key: string,
  alive: () => boolean,
): Promise<'empty' | 'more' | 'waits'> {
  const { pool, place, applier, counters, log } = of;
  let { cursor } = await readCursor(pool, place);
  const rows = await firstRows(pool, place, key, drainAtOnce);
  for (const row of rows) {
    if (!alive()) return 'more';
    if (row.attempts > 0 && !row.retryRequested) return 'waits';
    try {
      const began = performance.now();
      if ((await applier.applyParked(place, cursor, row.record)) === 'moved') return 'more';
      noteProcessed(place, began, [row.record]);
    } catch (caught) {
      const error = caught instanceof FirstFailed ? caught.reason : caught;
      if (error instanceof ConsumerStoppedError || isTransient(error)) throw error;
      const poison = !(error instanceof NotYet);
      await noteFailure(pool, place, row.record.seq, errorCode(error), poison);
      if (poison)
        log.error(
          { ...place, seq: String(row.record.seq), key, code: errorCode(error) },
          'a parked record fails again',
        );
      return 'waits';
    }
    counters.drained++;
    cursor = movedCursor(cursor, cursor);
  }
  return rows.length < drainAtOnce ? 'empty' : 'more';
}
