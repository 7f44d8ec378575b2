import type { RoutingPolicy, ServiceStandard, StandIn, Unit, UnitEnding, WorkCalendar } from '@garda/contracts';
import { inTransaction } from '@garda/event-store';
import type { Pool } from 'pg';
import { ensureReference } from './table';

/** Every edition that was published, in order of publication within its kind. */
export interface ReferenceData {
  readonly standards: readonly ServiceStandard[];
  readonly units: readonly Unit[];
  readonly calendars: readonly WorkCalendar[];
  readonly policies: readonly RoutingPolicy[];
  readonly endings: readonly UnitEnding[];
  /** In the order in which they were named, for each officer of a unit. */
  readonly standIns: readonly StandIn[];
}

const readAll = `select kind, data::text as data from read.reference
  order by kind, code, case when version ~ '^[0-9]+$' then version::int end, version`;

const empty: ReferenceData = {
  standards: [],
  units: [],
  calendars: [],
  policies: [],
  endings: [],
  standIns: [],
};

/**
 * The published catalogue as this process last saw it, in memory, because rules are pure and synchronous.
 * Editions are only added, so the number of rows tells whether anything is new; another build is read whatever it has.
 * `snapshot()` may be a moment old: whoever misses an edition in it calls `refresh()` and tries again.
 */
export class ReferenceStore {
  private seen = '';
  private data: ReferenceData = empty;
  private timer: NodeJS.Timeout | undefined;
  private refreshing: Promise<void> | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly onError: (error: unknown) => void,
    private readonly pollMs = 5000,
  ) {}

  /** Makes the table when it is missing, reads it, and keeps looking. */
  async start(): Promise<void> {
    await inTransaction(this.pool, ensureReference);
    await this.refresh();
    this.timer = setInterval(() => void this.refresh().catch(this.onError), this.pollMs);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.refreshing;
  }

  snapshot(): ReferenceData {
    return this.data;
  }

  /** Reads again in a moment: for a handler whose transaction has not committed yet. */
  refreshSoon(): void {
    setTimeout(() => void this.refresh().catch(this.onError), 50).unref();
  }

  /** Reads again when rows were added since. Callers at the same time share one read. */
  refresh(): Promise<void> {
    this.refreshing ??= this.read().finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  private async read(): Promise<void> {
    const { rows } = await this.pool.query<{ now: string }>(
      `select concat(count(*), ' in ', obj_description('read.reference'::regclass)) as now from read.reference`,
    );
    const [{ now = '' } = {}] = rows;
    if (now === this.seen) return;
    const found = await this.pool.query<{ kind: string; data: string }>(readAll);
    const of = <T>(kind: string): T[] =>
      found.rows.filter((row) => row.kind === kind).map((row) => JSON.parse(row.data) as T);
    this.data = {
      standards: of<ServiceStandard>('standard'),
      units: of<Unit>('unit'),
      calendars: of<WorkCalendar>('calendar'),
      policies: of<RoutingPolicy>('policy'),
      endings: of<UnitEnding>('ending'),
      standIns: of<StandIn>('standin'),
    };
    this.seen = now;
  }
}
