import { LogWatch, type EventLog } from '@garda/event-store';
import type { Pool } from 'pg';
import type { Log } from './logger';

/** Sees what other replicas append to these logs of one database, and says when it cannot look. */
export function watchLogs(of: { pool: Pool; logs: readonly EventLog[]; log: Log }): LogWatch {
  const onError = (err: unknown): void => of.log.error({ err }, 'the logs cannot be looked at');
  return new LogWatch({ pool: of.pool, logs: of.logs, onError });
}
