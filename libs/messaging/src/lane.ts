import type { KafkaMessage } from 'kafkajs';
import { inTransaction, moveCursor, movedCursor, readCursor, type Cursor, type CursorWithHeld } from './cursor';
import { ConsumerStoppedError, errorCode, FirstFailed, isTransient, NotYet } from './errors';
import { drainKey } from './drain-key';
import { endOf, freshRecords, nextChunk, readPastRepeats } from './fresh';
import type { BatchControl, LaneOptions } from './lane-types';
import { countPoisonedKeys, insertParked } from './parking';
import { backoff } from './pause';
import { noteProcessed } from './processed';
import type { TopicRecord } from './record';

interface Work {
  cursor: Cursor;
  readonly held: Set<string>;
  size: number;
  failures: number;
}

const transientPause = { first: 100, most: 5_000 };

/**
 * One partition of one topic for one consumer. Batches and drains take turns.
 *
 *   reading ──batch──▶ applying ──all applied──▶ reading
 *   applying ──server away──▶ applying again, for ever, with backoff
 *   applying ──a record fails──▶ isolating (half, half of it, … one) ──NotYet, or failed 3 times──▶ parked, applying the rest
 *   applying ──cursor moved by another member──▶ reading from its offset, nothing applied
 *   reading ──hole──▶ seeking (once, to the cursor's offset) ──still there──▶ stopped (ConsumerStoppedError)
 */
export class Lane {
  private turn: Promise<unknown> = Promise.resolve();
  private soughtFor: bigint | undefined;
  /**
   * The cursor as this lane left it; undefined when it must be read. Should another member have moved it meanwhile, the
   * compare-and-set says so; before something is concluded from it without one, it is read.
   */
  private known: CursorWithHeld | undefined;

  constructor(private readonly options: LaneOptions) {}

  /** Applies what the cursor has not seen. Throws ConsumerStoppedError when the consumer must not go on. */
  processBatch(messages: readonly KafkaMessage[], control: BatchControl): Promise<void> {
    return this.exclusively(() => this.process(messages, control));
  }

  /** Tries the held records of a key in order until one fails. Answers whether any is left. */
  drain(key: string, alive: () => boolean): Promise<'empty' | 'more' | 'waits'> {
    return this.exclusively(() => {
      this.known = undefined;
      return drainKey(this.options, key, alive);
    });
  }

  private exclusively<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work, work);
    this.turn = mine.catch(() => undefined); // the caller has the error; the next turn only waits for the end
    return mine;
  }

  private async process(messages: readonly KafkaMessage[], control: BatchControl): Promise<void> {
    const last = messages.at(-1);
    if (last === undefined) return;
    const { known, fresh, hole } = await this.freshOf(messages, control);
    if (known === undefined) return;
    this.options.counters.repeatsDropped += messages.length - fresh.length;
    if (fresh.length > 0) {
      const done = await this.applyAll({ ...known, size: this.options.maxChunk, failures: 0 }, fresh, control);
      if (!done) return;
      this.soughtFor = undefined;
      if (!hole) control.readOnFrom(BigInt(last.offset) + 1n);
      return;
    }
    if (hole) this.seekOnce(known.cursor, control);
    else readPastRepeats(known.cursor, BigInt(last.offset) + 1n, control);
  }

  /** What of these the cursor has not seen. That nothing of them is new is believed to a cursor that was just read only. */
  private async freshOf(messages: readonly KafkaMessage[], control: BatchControl) {
    const { pool, place } = this.options;
    const remembered = this.known;
    this.known = undefined; // until all is well: whatever goes wrong from here on, it is read again
    if (remembered !== undefined) {
      const found = freshRecords(messages, remembered.cursor.seq);
      if (found.fresh.length > 0) return { known: remembered, ...found };
    }
    const known = await this.patiently(control, () => readCursor(pool, place));
    return { known, ...freshRecords(messages, known?.cursor.seq ?? 0n) };
  }

  private seekOnce(cursor: Cursor, control: BatchControl): void {
    const { place, log } = this.options;
    if (this.soughtFor === cursor.seq) {
      throw new ConsumerStoppedError(
        'HOLE_IN_TOPIC',
        `${place.topic}/${place.partition}: record ${cursor.seq + 1n} is missing at offset ${cursor.nextOffset}`,
      );
    }
    log.warn({ ...place, seq: String(cursor.seq) }, 'hole in the topic: reading once more from the cursor');
    this.soughtFor = cursor.seq;
    control.seek(cursor.nextOffset);
  }

  /** False when the batch ended early: stopped, stale, or another member moved the cursor. */
  private async applyAll(work: Work, records: readonly TopicRecord[], control: BatchControl): Promise<boolean> {
    let at = 0;
    while (at < records.length) {
      if (!control.alive()) return false;
      const chunk = nextChunk(records, at, work);
      const outcome = await this.attempt(work, chunk, control);
      if (outcome === 'moved') {
        await this.giveWay(control);
        return false;
      }
      const last = records[at + outcome - 1];
      if (last !== undefined && outcome > 0) {
        work.cursor = movedCursor(work.cursor, endOf(last));
        control.readOnFrom(last.offset + 1n);
      }
      at += outcome;
      await control.heartbeat();
    }
    this.known = { cursor: work.cursor, held: work.held };
    return true;
  }

  /** One try of a chunk: how many of its records are dealt with, 0 after a failure that is to be tried again. */
  private async attempt(work: Work, chunk: readonly TopicRecord[], control: BatchControl): Promise<number | 'moved'> {
    const { applier, place, counters } = this.options;
    const first = chunk[0];
    if (first !== undefined && work.held.has(first.key)) return this.park(work, chunk);
    const began = performance.now();
    try {
      const outcome = await applier.apply(place, work.cursor, chunk);
      if (outcome !== 'moved') counters.applied += outcome;
      if (outcome !== 'moved') noteProcessed(place, began, chunk.slice(0, outcome));
      if (outcome !== 0) work.failures = 0;
      return outcome;
    } catch (error) {
      if (error instanceof FirstFailed) return this.afterFailure(work, chunk.slice(0, 1), error.reason, control);
      return this.afterFailure(work, chunk, error, control);
    }
  }

  private async afterFailure(
    work: Work,
    chunk: readonly TopicRecord[],
    error: unknown,
    control: BatchControl,
  ): Promise<number | 'moved'> {
    if (error instanceof ConsumerStoppedError) throw error;
    const { place, log, policy } = this.options;
    const code = errorCode(error);
    if (isTransient(error)) {
      log.warn({ ...place, code, failures: work.failures }, 'a server is away: trying again');
      await control.wait(backoff(work.failures++, transientPause));
      return 0;
    }
    if (chunk.length > 1) {
      work.size = Math.ceil(chunk.length / 2);
      return 0;
    }
    if (error instanceof NotYet) return this.park(work, chunk, { errorCode: code, attempts: 0 });
    const pause = policy.retryAfterMs[work.failures++];
    if (pause === undefined) return this.park(work, chunk, { errorCode: code, attempts: work.failures });
    log.warn({ ...place, seq: String(chunk[0]?.seq), code, tries: work.failures }, 'a record fails: trying again');
    await control.wait(pause);
    return 0;
  }

  /** Holds records back and moves the cursor past them. */
  private async park(
    work: Work,
    chunk: readonly TopicRecord[],
    cause?: { errorCode: string; attempts: number },
  ): Promise<number | 'moved'> {
    const { pool, place, counters, log, maxChunk } = this.options;
    const last = chunk.at(-1);
    if (last === undefined) return 0;
    const moved = await inTransaction(pool, async (client) => {
      const cursor = await moveCursor(client, place, work.cursor, endOf(last));
      if (cursor !== undefined) await insertParked(client, place, chunk, cause);
      return cursor;
    });
    if (moved === undefined) return 'moved';
    for (const record of chunk) work.held.add(record.key);
    work.failures = 0;
    if (cause !== undefined) work.size = maxChunk;
    if (cause === undefined) counters.parked += chunk.length;
    else if (cause.attempts === 0) counters.notYet++;
    else {
      counters.parked++;
      log.error(
        { ...place, seq: String(last.seq), key: last.key, code: cause.errorCode },
        'a record fails for good: its key is parked',
      );
      await this.stopIfTooMany();
    }
    return chunk.length;
  }

  private async stopIfTooMany(): Promise<void> {
    const { pool, place, policy } = this.options;
    const keys = await countPoisonedKeys(pool, place.consumer, policy.windowMs);
    if (keys <= policy.maxKeys) return;
    throw new ConsumerStoppedError('TOO_MANY_PARKED', `${place.consumer} parked ${keys} keys in a short time`);
  }

  /** Another member has this partition now, or had it a moment ago: nothing was applied; go on from where it is. */
  private async giveWay(control: BatchControl): Promise<void> {
    const { pool, place, counters, log } = this.options;
    counters.cursorMoved++;
    if (!control.alive()) return;
    const known = await this.patiently(control, () => readCursor(pool, place));
    if (known === undefined) return;
    log.info({ ...place, seq: String(known.cursor.seq) }, 'the cursor was moved by another member');
    control.seek(known.cursor.nextOffset);
  }

  /** Retried while the database is away; `undefined` when the consumer stopped meanwhile. */
  private async patiently<T>(control: BatchControl, work: () => Promise<T>): Promise<T | undefined> {
    for (let failures = 0; control.alive(); failures++) {
      try {
        return await work();
      } catch (error) {
        if (!isTransient(error)) throw error;
        await control.wait(backoff(failures, transientPause));
      }
    }
    return undefined;
  }
}
