import type { Pool } from 'pg';
import type { EventLog } from './event-log';
import { isTransient } from './sqlstate';

export interface LogWatchOptions {
  readonly pool: Pool;
  /** Logs of one database. */
  readonly logs: readonly EventLog[];
  /** A look that failed for a reason that will not pass by itself; the next one follows all the same. */
  readonly onError: (error: unknown) => void;
}

const busyMs = 20;
const idleMs = 500;

/**
 * Sees what other processes append, and wakes whoever listens to these logs (`onAppended`): relays, projections. One
 * statement for all logs of a service, instead of one from each listener; what this process appends is announced by the
 * append itself.
 *
 *   stopped ──start()──▶ looking (every 20 ms after something new, doubling to 500 ms) ──stop()──▶ stopped
 */
export class LogWatch {
  private readonly heads: bigint[];
  private readonly statement: { readonly name: string; readonly text: string };
  private leave: readonly (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private stopped = true;

  constructor(private readonly options: LogWatchOptions) {
    const { logs } = options;
    this.heads = logs.map(() => 0n);
    const columns = logs.map(
      ({ schema }, i) =>
        `coalesce((select e.position from ${schema}.events e order by e.position desc limit 1), 0)::text as head${i}`,
    );
    this.statement = {
      name: `watch.${logs.map(({ schema }) => schema).join('.')}`,
      text: `select ${columns.join(', ')}`,
    };
  }

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.leave = this.options.logs.map((log, i) => log.onAppended((head) => this.saw(i, head)));
    this.next(0, busyMs);
  }

  /** Resolves when the look under way is done. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    for (const leave of this.leave) leave();
    await this.looking;
  }

  private next(wait: number, after: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.looking = this.look().then((isNew) => {
        const pause = isNew ? busyMs : Math.min(after * 2, idleMs);
        this.next(pause, pause);
      });
    }, wait);
  }

  /** True when a log has grown without this process. */
  private async look(): Promise<boolean> {
    try {
      const { rows } = await this.options.pool.query<Record<string, string>>(this.statement);
      return this.options.logs
        .map((log, i) => this.announced(log, i, BigInt(rows[0]?.[`head${i}`] ?? 0)))
        .includes(true);
    } catch (error) {
      if (!isTransient(error)) this.options.onError(error);
      return false;
    }
  }

  private announced(log: EventLog, i: number, head: bigint): boolean {
    if (head <= (this.heads[i] ?? 0n)) return false;
    log.announce(head);
    return true;
  }

  private saw(i: number, head: bigint): void {
    if (head > (this.heads[i] ?? 0n)) this.heads[i] = head;
  }
}
