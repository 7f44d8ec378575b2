import type { Pool } from 'pg';
import type { Cursor, Place } from './cursor';
import type { Logger } from './logger';
import type { TopicRecord } from './record';

/** What a consumer does with records. Both ways move the cursor by compare-and-set, all or nothing with their effect. */
export interface Applier {
  /** Applies the first of these records, as many as go at once, 0 to be asked again; `moved`: somebody else moved the cursor, nothing done. */
  apply(place: Place, cursor: Cursor, records: readonly TopicRecord[]): Promise<number | 'moved'>;
  /** Applies one held record and takes it out of `parked`. */
  applyParked(place: Place, cursor: Cursor, record: TopicRecord): Promise<'applied' | 'moved'>;
}

/** What the lane may ask of the group membership while it works on a batch. */
export interface BatchControl {
  /** Still running, and nobody sought elsewhere in this partition. */
  alive(): boolean;
  /** Rethrows what the broker says: after it the batch ends. */
  heartbeat(): Promise<void>;
  /** Waits with heartbeats; ends early when the consumer stops. */
  wait(ms: number): Promise<void>;
  /** Records before this offset need not be fetched again. */
  readOnFrom(offset: bigint): void;
  seek(offset: bigint): void;
}

export interface PoisonPolicy {
  /** Waits between the tries of a record that fails alone; after the last try it is parked. */
  readonly retryAfterMs: readonly number[];
  /** More keys parked than this within `windowMs`: a bug or an outage, and the consumer stops. */
  readonly maxKeys: number;
  readonly windowMs: number;
}

export const defaultPoisonPolicy: PoisonPolicy = { retryAfterMs: [2_500, 6_500], maxKeys: 20, windowMs: 600_000 };

/** What happened, for metrics. */
export interface LaneCounters {
  applied: number;
  repeatsDropped: number;
  cursorMoved: number;
  parked: number;
  notYet: number;
  drained: number;
}

export interface LaneOptions {
  readonly pool: Pool;
  readonly place: Place;
  readonly applier: Applier;
  readonly policy: PoisonPolicy;
  readonly counters: LaneCounters;
  readonly log: Logger;
  readonly maxChunk: number;
}
