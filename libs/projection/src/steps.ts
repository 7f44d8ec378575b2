import type { RecordedEvent } from '@garda/contracts';
import { inTransaction, isTransient, type EventLog } from '@garda/event-store';
import type { Pool, PoolClient } from 'pg';
import { advance, buildId, take } from './cursor';
import type { LocalProjection } from './projection';
import { readOn } from './read-on';

/** What became of a step: how far the build is now (undefined: another replica has its row) and what it applied. */
export interface Step {
  readonly position: bigint | undefined;
  readonly applied: readonly RecordedEvent[];
}

interface Asked {
  readonly projection: LocalProjection;
  readonly resolve: (step: Step) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Steps of the builds of one log in one process. Those that ask for the same facts at the same moment go together: the
 * facts are read once, and one transaction moves all their cursors. A fact wakes all projections of a log, and with a
 * transaction for each of seven a submit took 156 statements in intake's database, 118 of them for projections.
 *
 * When a step together fails, each is done alone: whose handler throws is told so, and no other.
 */
export class ProjectionSteps {
  private readonly waiting = new Map<string, Asked[]>();

  constructor(
    private readonly pool: Pool,
    private readonly log: EventLog,
  ) {}

  /** Applies the next facts after `from`, up to ten times `size`, and moves the cursor: both or neither. */
  next(projection: LocalProjection, from: bigint, size: number): Promise<Step> {
    return new Promise((resolve, reject) => {
      const key = `${from}/${size}`;
      const together = this.waiting.get(key);
      if (together !== undefined) return void together.push({ projection, resolve, reject });
      this.waiting.set(key, [{ projection, resolve, reject }]);
      // Whoever was woken by the same append has asked by then.
      setImmediate(() => void this.run(key, size));
    });
  }

  private async run(key: string, size: number): Promise<void> {
    const together = this.waiting.get(key) ?? [];
    this.waiting.delete(key);
    try {
      const steps = await this.inOne(together, size);
      together.forEach(({ resolve }, i) => resolve(steps[i] as Step));
    } catch (error) {
      if (together.length === 1 || isTransient(error)) return together.forEach(({ reject }) => reject(error));
      for (const one of together) await this.inOne([one], size).then(([step]) => one.resolve(step as Step), one.reject);
    }
  }

  private inOne(together: readonly Asked[], size: number): Promise<Step[]> {
    const { pool, log } = this;
    return inTransaction(
      pool,
      async (client) => {
        const projections = together.map(({ projection }) => projection);
        const taken = await take(client, projections);
        if (taken.size === 0) return projections.map(() => ({ position: undefined, applied: [] }));
        const after = [...taken.values()].reduce((a, b) => (b < a ? b : a));
        const batch = await readOn(log, { after, size, on: client });
        return applyAll(client, { projections, taken, batch });
      },
      { kind: 'replayable' },
    );
  }
}

async function applyAll(
  client: PoolClient,
  of: {
    readonly projections: readonly LocalProjection[];
    readonly taken: ReadonlyMap<string, bigint>;
    readonly batch: readonly RecordedEvent[];
  },
): Promise<Step[]> {
  const last = of.batch.at(-1)?.position ?? 0n;
  const steps: Step[] = [];
  const moved: LocalProjection[] = [];
  for (const projection of of.projections) {
    const from = of.taken.get(buildId(projection));
    const applied = from === undefined ? [] : of.batch.filter(({ position }) => position > from);
    if (applied.length > 0) {
      await projection.apply(client, applied);
      moved.push(projection);
    }
    steps.push({ position: applied.length > 0 ? last : from, applied });
  }
  if (moved.length > 0) await advance(client, moved, last);
  return steps;
}
