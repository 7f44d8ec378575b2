import type { RecordedEvent } from '@garda/contracts';
import type { Pool, PoolClient } from 'pg';
import { inTransaction, moveCursor, passOver, type Cursor, type Place } from './cursor';
import { endOf } from './fresh';
import type { Applier } from './lane-types';
import { deleteParked } from './parking';
import type { TopicRecord } from './record';

export interface TopicHandler {
  /** The consumer's name with its version, such as `case-file@3`: a new name reads everything again. */
  readonly name: string;
  readonly topics: readonly string[];
  /** False for a fact of which `apply` would make nothing: it is passed over in one statement. Absent: all are wanted. */
  wants?(event: RecordedEvent): boolean;
  /**
   * Called in the transaction that moves the cursor, with records of one partition in order. Thrown `NotYet` holds the
   * key until an earlier fact is there; any other error is tried again and in the end parks the key.
   */
  apply(client: PoolClient, batch: readonly RecordedEvent[], from: { topic: string; partition: number }): Promise<void>;
}

/** Cursor and effect in one transaction of the consumer's own database. */
export class TopicApplier implements Applier {
  constructor(
    private readonly pool: Pool,
    private readonly handler: TopicHandler,
  ) {}

  async apply(place: Place, cursor: Cursor, records: readonly TopicRecord[]): Promise<number | 'moved'> {
    const last = records.at(-1);
    if (last === undefined) return 0;
    const due = records
      .map((record) => record.event)
      .filter((event) => event.position > cursor.skipToPosition && this.handler.wants?.(event) !== false);
    if (due.length === 0) return (await passOver(this.pool, place, cursor, endOf(last))) ? records.length : 'moved';
    const moved = await inTransaction(
      this.pool,
      async (client) => {
        const next = await moveCursor(client, place, cursor, endOf(last));
        if (next !== undefined) await this.handler.apply(client, due, place);
        return next;
      },
      'replayable',
    );
    return moved === undefined ? 'moved' : records.length;
  }

  async applyParked(place: Place, cursor: Cursor, record: TopicRecord): Promise<'applied' | 'moved'> {
    const moved = await inTransaction(
      this.pool,
      async (client) => {
        const next = await moveCursor(client, place, cursor, cursor);
        if (next === undefined || !(await deleteParked(client, place, record.seq))) return undefined;
        await this.handler.apply(client, [record.event], place);
        return next;
      },
      'replayable',
    );
    return moved === undefined ? 'moved' : 'applied';
  }
}
