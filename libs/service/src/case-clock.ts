import type { Pool } from 'pg';
import type { Mode } from './config';
import { Problem } from './problem';

const asIso = (instant: string) => `to_char((${instant}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const caseTime = 'clock_timestamp() + ahead';

/**
 * The clock of the cases (rule 15): it rules `recordedAt`, guards and timers. Tokens, leases and metrics use the
 * machine's. It is the database's clock plus one interval, so every replica and every statement reads the same.
 */
export class CaseClock {
  constructor(private readonly opts: { readonly pool: Pool; readonly mode: Mode }) {}

  /** ISO 8601 in UTC with microseconds. */
  async now(): Promise<string> {
    const { rows } = await this.opts.pool.query<{ now: string }>(
      `select ${asIso(caseTime)} as now from clock.case_clock`,
    );
    return onlyRow(rows).now;
  }

  /**
   * Moves the clock forward to an instant and answers the time it shows then.
   * @throws Problem CLOCK_CANNOT_GO_BACK for an instant that has passed; NOT_FOUND in production, where no such command exists.
   */
  async moveTo(iso: string): Promise<string> {
    this.refuseInProduction();
    const { rows } = await this.opts.pool.query<{ now: string }>(
      `update clock.case_clock set ahead = $1::timestamptz - clock_timestamp()
        where $1::timestamptz >= ${caseTime} returning ${asIso(caseTime)} as now`,
      [iso],
    );
    if (rows[0] === undefined) throw new Problem('CLOCK_CANNOT_GO_BACK', `it is ${await this.now()}`);
    return rows[0].now;
  }

  /**
   * Gives a new instance its first time, before or after the machine's. Does nothing (false) once a fact is recorded
   * or the clock was moved, so that every later start may say the same.
   */
  async startAt(iso: string): Promise<boolean> {
    this.refuseInProduction();
    const { rowCount } = await this.opts.pool.query(
      `update clock.case_clock set ahead = $1::timestamptz - clock_timestamp() where ahead = '0' and ${await this.logIsEmpty()}`,
      [iso],
    );
    return rowCount === 1;
  }

  /** A database without a log (the gateway's) has nothing that could contradict a start. */
  private async logIsEmpty(): Promise<string> {
    const { rows } = await this.opts.pool.query<{ log: string }>(
      `select log from unnest(array['log.events', 'log_restricted.events']) log where to_regclass(log) is not null`,
    );
    return rows.map(({ log }) => `not exists (select 1 from ${log})`).join(' and ') || 'true';
  }

  private refuseInProduction(): void {
    if (this.opts.mode === 'production') throw new Problem('NOT_FOUND', 'the clock cannot be moved in production');
  }
}

function onlyRow<T>(rows: readonly T[]): T {
  const row = rows[0];
  if (row === undefined) throw new Error('clock.case_clock has no row: the migrations did not run');
  return row;
}
