import type { LogSchema } from '@garda/event-store';
import type { Pool } from 'pg';
import type { BuildState } from './builds';
import type { ProjectionRunner } from './projection-runner';
import { Rebuild, RebuildError } from './rebuild';
import { RebuildRunners } from './rebuild-runners';

/** A build of a projection as an operator sees it. Numbers as text: they go out as JSON. */
export interface ProjectionRow {
  readonly name: string;
  readonly version: number;
  readonly state: BuildState;
  readonly log: LogSchema;
  readonly position: string;
  /** Events of the log that it has not applied. */
  readonly lag: string;
  /** False for what another program left. */
  readonly rebuildable: boolean;
  /** It stopped in the process that was asked, with this code. */
  readonly errorCode?: string;
}

/** All projections of a service: what an operator can see of them and do with them. A part that fills new builds. */
export class Projections {
  private readonly rebuilds: RebuildRunners;

  constructor(
    private readonly pool: Pool,
    private readonly runners: readonly ProjectionRunner[],
  ) {
    this.rebuilds = new RebuildRunners({ pool, projections: runners.map((runner) => runner.options) });
  }

  start(): void {
    this.rebuilds.start();
  }

  stop(): Promise<void> {
    return this.rebuilds.stop();
  }

  async list(): Promise<ProjectionRow[]> {
    const { rows } = await this.pool.query<Omit<ProjectionRow, 'rebuildable'>>(
      `select c.projection as name, c.version, c.state, c.log, c.position::text as position,
          ((case c.log when 'log' then h.open else h.restricted end) - c.position)::text as lag
        from consume.projection_cursor c,
          (select coalesce((select e.position from log.events e order by e.position desc limit 1), 0) as open,
                  coalesce((select e.position from log_restricted.events e order by e.position desc limit 1), 0) as restricted) h
        order by 1, 2`,
    );
    const here = [...this.runners.map((runner) => runner.status()), ...this.rebuilds.statuses()];
    return rows.map((row) => {
      const errorCode = here.find((one) => one.name === row.name && one.version === row.version)?.errorCode;
      const runner = this.runners.find(({ options }) => options.projection.name === row.name);
      return {
        ...row,
        rebuildable: runner !== undefined,
        ...(errorCode === undefined ? {} : { errorCode }),
      };
    });
  }

  /** @throws RebuildError PROJECTION_UNKNOWN */
  rebuild(name: string): Rebuild {
    const options = this.runners.find((runner) => runner.options.projection.name === name)?.options;
    if (options === undefined) throw new RebuildError('PROJECTION_UNKNOWN', `${name} is not run by this service`);
    return new Rebuild(this.pool, options.log, options.projection);
  }
}
