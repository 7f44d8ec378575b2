import type { Pool } from 'pg';
import { placeId } from './cursor';
import type { Lane } from './lane';
import type { AssignedPartition } from './member';
import type { Logger } from './logger';
import { errorCode } from './errors';
import { drainableKeys, type DrainableKey } from './parking';
import { backoff, Pause, within } from './pause';

export interface DrainerOptions {
  readonly pool: Pool;
  readonly consumer: string;
  readonly assigned: () => readonly AssignedPartition[];
  readonly laneOf: (topic: string, partition: number) => Lane;
  readonly onFatal: (error: unknown) => void;
  readonly log: Logger;
}

const retry = { first: 40, most: 2_000, factor: 1.6 };
const lookEveryMs = 300;
const quietMs = 2_000;

interface Waiting {
  tries: number;
  nextAt: number;
}

/**
 * Tries held keys of the member's partitions: those that wait for an earlier fact unasked, the others when the operator
 * asked. A key that still cannot go on is tried again a little later each time.
 *
 *   stopped ──start()──▶ looking ──keys found──▶ draining ──▶ looking (300 ms while something waits, else 2 s; or woken)
 *   any ──stop()──▶ stopped (after the row in hand)
 */
export class Drainer {
  private pause = new Pause();
  private loop: Promise<void> | undefined;
  private waiting = new Map<string, Waiting>();

  constructor(private readonly options: DrainerOptions) {}

  start(): void {
    this.pause = new Pause();
    this.loop = this.run(this.pause);
  }

  /** Records were held back: look at them. */
  wake(): void {
    this.pause.wake();
  }

  /** Records were applied that a held key may have waited for. */
  applied(): void {
    if (this.waiting.size > 0) this.pause.wake();
  }

  async stop(): Promise<void> {
    this.pause.stop();
    const loop = this.loop;
    this.loop = undefined;
    if (loop !== undefined && !(await within(4_000, loop))) {
      this.options.log.warn({ consumer: this.options.consumer }, 'stopped without waiting for a held row');
    }
  }

  private async run(pause: Pause): Promise<void> {
    while (!pause.isStopped) {
      let next = quietMs;
      try {
        next = await this.look(pause);
      } catch (error) {
        this.options.log.warn(
          { consumer: this.options.consumer, code: errorCode(error) },
          'held keys cannot be looked at',
        );
        this.options.onFatal(error);
      }
      await pause.wait(next);
    }
  }

  /** Answers after how long to look again. */
  private async look(pause: Pause): Promise<number> {
    const { pool, consumer, assigned } = this.options;
    const places = assigned();
    if (places.length === 0) return lookEveryMs;
    const keys = await drainableKeys(pool, consumer, places);
    const waiting = new Map<string, Waiting>();
    for (const key of keys) {
      if (pause.isStopped) return 0;
      const id = `${placeId(key.topic, key.partition)}/${key.key}`;
      const was = this.waiting.get(id) ?? { tries: 0, nextAt: 0 };
      const now = await this.tryKey(key, was, pause);
      if (now !== undefined) waiting.set(id, now);
    }
    this.waiting = waiting;
    return this.nextLook();
  }

  /** Nothing: the key is through, or waits for the operator. */
  private async tryKey(key: DrainableKey, was: Waiting, pause: Pause): Promise<Waiting | undefined> {
    if (!key.asked && was.nextAt > Date.now()) return was;
    const outcome = await this.options.laneOf(key.topic, key.partition).drain(key.key, () => !pause.isStopped);
    if (outcome === 'empty') return undefined;
    if (outcome === 'more') return { tries: 0, nextAt: 0 };
    return { tries: was.tries + 1, nextAt: Date.now() + backoff(was.tries, retry) };
  }

  private nextLook(): number {
    if (this.waiting.size === 0) return quietMs;
    const soonest = Math.min(...[...this.waiting.values()].map((key) => key.nextAt));
    return Math.max(10, Math.min(lookEveryMs, soonest - Date.now()));
  }
}
