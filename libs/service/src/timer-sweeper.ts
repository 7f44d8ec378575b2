import type { Pool } from 'pg';
import type { Log } from './logger';
import type { Metrics } from './metrics';
import { Rounds } from './rounds';

/** One clock of one case that has run out: a row of the projection `read.due`. */
export interface DueRow {
  readonly caseId: string;
  readonly clock: string;
  /** Version of the stream that started the clock: a reopened case starts rung 1 again. */
  readonly startedVersion: number;
  readonly rung: number;
  /** ISO 8601 in UTC with microseconds. */
  readonly dueAt: string;
}

export interface SweeperOptions {
  readonly pool: Pool;
  readonly log: Log;
  readonly metrics: Metrics;
  /**
   * Turns a row into a command, with an id made of case, clock, started version and rung. The decider checks again and
   * appends nothing when the time has not come, so rows of a projection that lags do no harm.
   */
  readonly onDue: (row: DueRow) => Promise<unknown>;
  /** The view of the clocks: `read.due` unless told otherwise. */
  readonly view?: string;
  /** Every 1 to 2 seconds unless told otherwise. */
  readonly everyMs?: number;
}

const pageSize = 100;
const atOnce = 10;
const beginning: DueRow = {
  caseId: '00000000-0000-0000-0000-000000000000',
  clock: '',
  startedVersion: 0,
  rung: -1,
  dueAt: '-infinity',
};

/**
 * Looks for clocks that ran out by the case clock, oldest first, without locks: every replica may sweep, because each
 * row becomes the same command everywhere. A handler that fails keeps nobody waiting; its row comes again next time.
 */
export class TimerSweeper {
  private readonly failures;
  private readonly handled;
  private readonly rounds: Rounds;

  constructor(private readonly opts: SweeperOptions) {
    this.failures = opts.metrics.counter('garda_timer_failures_total', 'Due rows whose command failed', ['clock']);
    this.handled = opts.metrics.counter('garda_timer_handled_total', 'Due rows handed on', ['clock']);
    this.rounds = new Rounds({
      work: () => this.sweep(),
      onError: (err) => opts.log.warn({ err }, 'a sweep failed; the next one follows'),
      everyMs: opts.everyMs,
    });
  }

  start(): void {
    this.rounds.start();
  }

  /** Resolves when the sweep under way is done. */
  stop(): Promise<void> {
    return this.rounds.stop();
  }

  /** One sweep over everything that is due. Answers how many rows were handed on without an error. */
  async sweep(): Promise<number> {
    let done = 0;
    let page: readonly DueRow[];
    let after = beginning;
    do {
      page = await this.read(after);
      for (let i = 0; i < page.length && !this.rounds.stopping; i += atOnce) {
        const results = await Promise.all(byCase(page.slice(i, i + atOnce)).map((rows) => this.inOrder(rows)));
        done += results.reduce((sum, count) => sum + count, 0);
      }
      after = page.at(-1) ?? after; // goes on behind rows that failed, so that they starve nobody
    } while (page.length === pageSize && !this.rounds.stopping);
    return done;
  }

  /** The clocks of one case one after the other: what the second does may depend on what the first did. */
  private async inOrder(rows: readonly DueRow[]): Promise<number> {
    let done = 0;
    for (const row of rows) if (await this.handle(row)) done += 1;
    return done;
  }

  private async handle(row: DueRow): Promise<boolean> {
    try {
      await this.opts.onDue(row);
      this.handled.inc({ clock: row.clock });
      return true;
    } catch (error) {
      this.failures.inc({ clock: row.clock });
      this.opts.log.error({ err: error, caseId: row.caseId, clock: row.clock, rung: row.rung }, 'a timer failed');
      return false;
    }
  }

  private async read(after: DueRow): Promise<readonly DueRow[]> {
    const { rows } = await this.opts.pool.query<DueRow>(
      `select case_id as "caseId", clock, started_version::int as "startedVersion", rung,
              to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "dueAt"
         from read.${this.opts.view ?? 'due'}
        where due_at <= clock_timestamp() + (select ahead from clock.case_clock)
          and (due_at, case_id, clock, rung) > ($1::timestamptz, $2::uuid, $3, $4)
        order by due_at, case_id, clock, rung limit ${pageSize}`,
      [after.dueAt, after.caseId, after.clock, after.rung],
    );
    return rows;
  }
}

/** Rows of each case, in the order in which they came. */
function byCase(rows: readonly DueRow[]): readonly (readonly DueRow[])[] {
  const cases = new Map<string, DueRow[]>();
  for (const row of rows) cases.set(row.caseId, [...(cases.get(row.caseId) ?? []), row]);
  return [...cases.values()];
}
