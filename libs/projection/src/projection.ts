import type { RecordedEvent } from '@garda/contracts';
import type { LogSchema } from '@garda/event-store';
import type { PoolClient } from 'pg';

/**
 * A read model over the service's own log. A new `version` is filled from the first event beside the old one.
 * `apply` gets each event once, in order, in the transaction that moves the cursor; types it does not know it skips.
 */
export interface LocalProjection {
  readonly name: string;
  readonly version: number;
  readonly log: LogSchema;
  /** Makes what is missing. Runs at every start, one program at a time. */
  setUp(client: PoolClient): Promise<void>;
  apply(client: PoolClient, batch: readonly RecordedEvent[]): Promise<void>;
  /** Called when this version has first caught up with its log: points the view at it. Safe to repeat. */
  goLive?(client: PoolClient): Promise<void>;
  /** The same projection with tables of another number: what it takes to replace them by new ones of the same code. */
  at(version: number): LocalProjection;
  /** Every table of this number, with its schema. */
  readonly tables: readonly string[];
}

/** Where a projection stands. `stopped` with an `errorCode` means it will not go on by itself. */
export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  readonly log: LogSchema;
  readonly position: bigint;
  readonly state: 'new' | 'running' | 'stopped';
  readonly errorCode?: string;
}

/** The stored state of a case and the events that come do not fit together: the log or the table was damaged. */
export class ProjectionGapError extends Error {
  readonly code = 'PROJECTION_GAP';
  override readonly name = 'ProjectionGapError';
}

/** The cursor of a running projection was deleted. */
export class CursorMissingError extends Error {
  readonly code = 'PROJECTION_CURSOR_MISSING';
  override readonly name = 'CursorMissingError';
}

const setUpLock = 7_236_402;

/** Set-ups of one database happen one after the other: `create … if not exists` twice at once fails. Until the transaction ends. */
export async function oneSetUpAtATime(client: PoolClient): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [setUpLock]);
}
