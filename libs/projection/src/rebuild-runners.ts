import type { Pool } from 'pg';
import { codeVersion } from './builds';
import { ProjectionRunner, type ProjectionRunnerOptions } from './projection-runner';
import { CursorMissingError, type ProjectionStatus } from './projection';

export interface RebuildRunnersOptions {
  readonly pool: Pool;
  /** What each projection of the service is run with. */
  readonly projections: readonly ProjectionRunnerOptions[];
  readonly lookEveryMs?: number;
}

/**
 * Fills the builds that an operator asked for, in every replica: it looks for them, runs what is to be filled, and stops
 * what was paused, abandoned or switched to. Who does a step is decided by the row, as for the live builds.
 */
export class RebuildRunners {
  private readonly running = new Map<string, ProjectionRunner>();
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private stopped = true;

  constructor(private readonly options: RebuildRunnersOptions) {}

  start(): void {
    this.stopped = false;
    this.next();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
    await Promise.all([...this.running.values()].map((runner) => runner.stop()));
    this.running.clear();
  }

  /** Of the builds that this replica fills. */
  statuses(): ProjectionStatus[] {
    return [...this.running.values()].map((runner) => runner.status());
  }

  private next(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.round = this.look().then(
        () => this.next(),
        () => this.next(), // the database is away: the next look finds it or not
      );
    }, this.options.lookEveryMs ?? 1_000);
  }

  private async look(): Promise<void> {
    const { rows } = await this.options.pool.query<{ projection: string; version: number }>(
      `select projection, version from consume.projection_cursor where state = 'filling'`,
    );
    const wanted = new Map(rows.map((row) => [`${row.projection} ${row.version}`, row]));
    for (const [id, runner] of this.running)
      if (!wanted.has(id)) {
        this.running.delete(id);
        await runner.stop();
      }
    for (const [id, { projection, version }] of wanted)
      if (!this.running.has(id)) await this.run(id, projection, version);
  }

  private async run(id: string, name: string, version: number): Promise<void> {
    const options = this.options.projections.find(
      ({ projection }) => projection.name === name && projection.version === codeVersion(version),
    );
    if (options === undefined) return; // of another program: a replica of that one fills it
    const runner = new ProjectionRunner({
      ...options,
      projection: options.projection.at(version),
      beside: true,
      onError: (error, status) => {
        if (!(error instanceof CursorMissingError)) options.onError(error, status); // abandoned, which is no error
      },
    });
    this.running.set(id, runner);
    try {
      await runner.start();
    } catch (error) {
      this.running.delete(id); // one that never ran must not stand in the way of the next
      if (!(error instanceof CursorMissingError)) throw error;
    }
  }
}
