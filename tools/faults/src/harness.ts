import { Impossible, type Fault, type Standalone } from './faults/fault';
import type { Case } from './load/cases';
import { Tokens } from './load/tokens';
import type { Command } from './load/told';
import { Random, seedOf } from './random';
import type { Run } from './report';
import { trial } from './trial';
import { MountRefused } from './world/small-disk';
import { World, type WorldKind } from './world/world';

export interface HarnessOptions {
  readonly seed: number;
  readonly outageMs: number;
  readonly keep: boolean;
  readonly say: (line: string) => void;
}

/** A world, with all that was done in it. */
interface Used {
  readonly world: World;
  readonly commands: Command[];
  readonly cases: Case[];
  readonly tokens: Tokens;
  trials: number;
}

/** After this many runs a fresh world: the oracle reads all of it after each run. */
const trialsInAWorld = 6;

/** Runs faults one after the other, in worlds that are shared as long as nothing spoiled them. */
export class Harness {
  private used: Used | undefined;

  constructor(private readonly options: HarnessOptions) {}

  async run(fault: Fault | Standalone, run: number): Promise<Run> {
    const seed = seedOf(this.options.seed, fault.name, run);
    const empty = { fault: fault.name, run, seed, inFlight: 0, commands: 0, events: 0, seconds: 0 };
    try {
      if ('alone' in fault) return { ...empty, ...(await this.alone(fault, seed)) };
      const used = await this.worldFor(fault.world ?? 'usual');
      await used.tokens.refresh();
      used.trials++;
      const { outageMs, say } = this.options;
      const done = await trial(used.world, fault, {
        seed,
        run,
        outageMs,
        tokens: used.tokens,
        before: used.commands,
        cases: used.cases,
        say,
      });
      if (fault.spoils === true || done.outcome === 'failed') await this.close(done.outcome === 'failed');
      return done;
    } catch (error) {
      if (error instanceof MountRefused || error instanceof Impossible)
        return { ...empty, outcome: 'skipped', proof: error.message, violations: [] };
      await this.close(true);
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { ...empty, outcome: 'failed', proof: '', violations: [{ rule: 'the run comes to its end', words }] };
    }
  }

  private async alone(fault: Standalone, seed: number) {
    await this.close();
    const began = Date.now();
    const { proof, violations } = await fault.alone({ random: new Random(seed), say: this.options.say });
    const outcome = violations.length === 0 ? ('passed' as const) : ('failed' as const);
    return { proof, violations, outcome, seconds: Math.round((Date.now() - began) / 1000) };
  }

  /** Stops the world; `keep` leaves its data and logs for whoever wants to know why. */
  async close(keep = false): Promise<void> {
    const used = this.used;
    this.used = undefined;
    if (used === undefined) return;
    const stays = keep || this.options.keep;
    if (stays) this.options.say(`data and logs stay in ${used.world.folder} until the next start`);
    await used.world.stop(stays);
  }

  private async worldFor(kind: WorldKind): Promise<Used> {
    if (this.used !== undefined && (this.used.world.kind !== kind || this.used.trials >= trialsInAWorld))
      await this.close();
    if (this.used !== undefined) return this.used;
    this.options.say(`starting a world (${kind}) ...`);
    const world = await World.start(kind, this.options.say);
    this.used = { world, commands: [], cases: [], tokens: new Tokens(world.folder), trials: 0 };
    return this.used;
  }
}
