import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { Gateway } from '../gateway';
import type { Instance } from '../instance';
import { Tokens } from '../tokens';
import type { Output } from './output';
import { carriedOut, reasonOf } from './work';

const rows = z.object({
  projections: z.array(
    z.object({
      service: z.string(),
      name: z.string(),
      version: z.number(),
      state: z.string(),
      position: z.string(),
      lag: z.string(),
      rebuildable: z.boolean(),
      errorCode: z.string().optional(),
    }),
  ),
});
const compared = z.object({
  position: z.string(),
  same: z.boolean(),
  tables: z.array(
    z.object({
      table: z.string(),
      live: z.object({ rows: z.number(), digest: z.string() }),
      built: z.object({ rows: z.number(), digest: z.string() }),
    }),
  ),
});
const operations = { program: 'operations' } as const;
const lookEveryMs = 1_000;

export interface Chosen {
  readonly service: string;
  readonly projection: string;
}

export class ProjectionCommands {
  private readonly door: Gateway;

  constructor(
    instance: Instance,
    private readonly out: Output,
  ) {
    this.door = new Gateway(instance, new Tokens(instance));
  }

  async list(): Promise<void> {
    for (const { service, name, version, state, position, lag, errorCode } of await this.rows())
      this.out.line(
        `${service}\t${name}\t${version}\t${state}${errorCode === undefined ? '' : ` (stopped: ${errorCode})`}\tat ${position}\tlag ${lag}`,
      );
  }

  /** Begins a new build and tells how it goes until it has caught up. Whoever leaves earlier leaves it going. */
  async rebuild(chosen: Chosen): Promise<void> {
    const { version } = z.object({ version: z.number() }).parse(await this.act(chosen, 'rebuild'));
    const begun = Date.now();
    for (;;) {
      await pause(lookEveryMs);
      const row = (await this.rows()).find(
        (one) => one.service === chosen.service && one.name === chosen.projection && one.version === version,
      );
      if (row === undefined) throw new Error(`Build ${version} of ${chosen.projection} was abandoned.`);
      if (row.errorCode !== undefined) throw new Error(`Build ${version} stopped: ${row.errorCode}.`);
      this.out.line(progressLine(row, Date.now() - begun));
      if (row.lag === '0' || row.state !== 'filling') return;
    }
  }

  /** One step; what came of it is told. */
  async step(chosen: Chosen, action: 'pause' | 'resume' | 'abandon' | 'switch' | 'drop'): Promise<void> {
    const answer = await this.act(chosen, action);
    this.out.line(`${chosen.service}: ${chosen.projection}: ${action}: ${JSON.stringify(answer)}`);
  }

  /** Rows and digests of both builds at one position; how far it is meanwhile. Answers the exit code. */
  async compare({ service, projection }: Chosen): Promise<number> {
    const what = { projection, action: 'compare' };
    const work = await carriedOut(this.door, { service, path: 'projections', what }, this.out);
    if (work.state === 'failed') {
      this.out.line(`${service}: ${projection}: not compared: ${reasonOf(work)}`);
      return 1;
    }
    const { position, same, tables } = compared.parse(work.result);
    for (const { table, live, built } of tables)
      this.out.line(
        `${table}: ${live.rows} rows ${live.digest.slice(0, 16)}, new build ${built.rows} rows ${built.digest.slice(0, 16)}`,
      );
    this.out.line(`${same ? 'The same' : 'NOT the same'} at position ${position}.`);
    return same ? 0 : 1;
  }

  private async rows() {
    return rows.parse((await this.door.get(operations, '/operations/projections')).json).projections;
  }

  private async act(chosen: Chosen, action: string): Promise<unknown> {
    return (await this.door.post(operations, '/operations/projections', { ...chosen, action }, undefined)).json;
  }
}

/** Position, events a second so far, and how long the rest takes at that rate. */
export function progressLine(
  row: { name: string; version: number; position: string; lag: string },
  ms: number,
): string {
  const rate = Math.round((Number(row.position) * 1000) / ms);
  const left = rate === 0 ? '' : `, ${Math.ceil(Number(row.lag) / rate)} s left`;
  return `${row.name} build ${row.version}: at ${row.position}, ${row.lag} to go, ${rate} events/s${left}`;
}
