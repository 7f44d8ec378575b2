import type { Load } from '../load/load';
import type { Violation } from '../oracle/snapshot';
import type { Random } from '../random';
import type { World, WorldKind } from '../world/world';

/** Where a fault strikes: a world under load. */
export interface Stage {
  readonly world: World;
  readonly load: Load;
  readonly random: Random;
  readonly tokenOf: (person: string) => string;
  /** How long an outage lasts. */
  readonly outageMs: number;
  /** Where the clients of this run send to; a fault that starts a second process adds its address. */
  readonly urls: { intake: string[]; gateway: string[] };
  readonly say: (line: string) => void;
}

export interface Struck {
  /** What was seen that only the fault can have caused, such as a pid that is gone. */
  readonly proof: string;
  /** Everything back as it was; the load goes on meanwhile. */
  heal(): Promise<void>;
  /** What only this fault can tell, once everything has come to rest. */
  after?(): Promise<readonly Violation[]>;
  /** Where nothing can come to rest any more: what is judged in place of it, beside the logs and what clients were told. */
  instead?(): Promise<readonly Violation[]>;
}

export interface Fault {
  readonly name: string;
  /** How often a full run repeats it: 20 times when it is cheap, 5 times when it is an outage. */
  readonly kind: 'cheap' | 'outage';
  readonly world?: WorldKind;
  /** The world is of no use to another fault after it. */
  readonly spoils?: boolean;
  /** Before the load begins: a second process, a clock of its own. */
  prepare?(world: World, urls: Stage['urls']): Promise<void>;
  /** Breaks something and proves that it broke; throws when it cannot prove it. */
  strike(stage: Stage): Promise<Struck>;
}

/** A fault that brings what it needs, and no load: it is about starting. */
export interface Standalone {
  readonly name: string;
  readonly kind: 'cheap' | 'outage';
  alone(of: {
    random: Random;
    say: (line: string) => void;
  }): Promise<{ proof: string; violations: readonly Violation[] }>;
}

/** The fault did not happen: the run shows nothing, and fails. */
export class DidNotStrike extends Error {
  override readonly name = 'DidNotStrike';
}

export function demand(happened: boolean, words: string): void {
  if (!happened) throw new DidNotStrike(words);
}

/** This machine cannot show the fault; the words say what it lacks. */
export class Impossible extends Error {
  override readonly name = 'Impossible';
}
