import type { Log } from './logger';

/** Something that runs beside the HTTP server: a projection, a consumer, a relay, a sweeper. */
export interface Part {
  start(): Promise<void> | void;
  stop(): Promise<void> | void;
}

/** A part whose tables are read over HTTP: they exist before anything listens, empty or as they were left. */
export interface ReadModel extends Part {
  prepare?(): Promise<void>;
}

/** What an app is made of, in the order in which it starts. It stops in reverse. */
export interface RuntimeParts {
  readonly log: Log;
  /** Before anything listens: the schema, the first time of the case clock. */
  readonly prepare?: readonly (() => Promise<unknown>)[];
  /** One per log: compares it with its topic. Commands wait for all of them. */
  readonly verify?: readonly (() => Promise<void>)[];
  readonly projections?: readonly ReadModel[];
  /** Reactions and readers of topics. */
  readonly consumers?: readonly Part[];
  readonly relays?: readonly Part[];
  readonly timers?: readonly Part[];
  /** Last, in this order: logs drain, then pools end. */
  readonly close?: readonly (() => Promise<unknown>)[];
  /** First wait after a failed try; it doubles up to a minute's quarter. Tests shorten it. */
  readonly retryMs?: number;
  /** How long a refused process waits before it compares again. Tests shorten it. */
  readonly recheckMs?: number;
}

/**
 * new → prepared → verifying → running → stopped. From verifying also → refused: the log and its topic contradict
 * each other, and only a person may decide what to do. Refused processes answer reads, health and operators, nothing
 * else. They compare again from time to time: once somebody has healed the log, refused → running.
 */
export type RuntimeState = 'new' | 'prepared' | 'verifying' | 'running' | 'refused' | 'stopped';

const contradictions = new Set([
  'TOPIC_AHEAD_OF_LOG',
  'TOPIC_BEHIND_LOG',
  'CHECKPOINT_AHEAD_OF_LOG',
  'PARTITIONS_DIFFER',
  'TOPIC_MISSING',
]);
const longestWait = 15_000;

/** Starts and stops the parts of a service in order, and says whether commands may come in. */
export class ServiceRuntime {
  private current: RuntimeState = 'new';
  private why: string | undefined;
  private readonly started: Part[] = [];
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private recheck: NodeJS.Timeout | undefined;

  constructor(private readonly parts: RuntimeParts) {}

  get state(): RuntimeState {
    return this.current;
  }

  /** Why it does not run: the code of the contradiction, or of the last failed try. */
  get reason(): string | undefined {
    return this.why;
  }

  /** Commands may come in: every log agrees with its topic. A process verified once goes on when Kafka is away later. */
  get acceptsCommands(): boolean {
    return this.current === 'running';
  }

  /** Migrations, the clock, the tables that are read. Rejects when they fail: then nothing may listen. */
  async prepare(): Promise<void> {
    for (const step of this.parts.prepare ?? []) await step();
    for (const projection of this.parts.projections ?? []) await projection.prepare?.();
    this.current = 'prepared';
  }

  /** Verifies, then starts all parts. Resolves when everything runs, was refused or was stopped; never rejects. */
  run(): Promise<void> {
    this.running ??= this.verifyAndStart();
    return this.running;
  }

  /** A refused process compares log and topic again, and starts everything when they agree. Answers how it is then. */
  async verifyAgain(): Promise<RuntimeState> {
    this.running = (this.running ?? Promise.resolve()).then(() =>
      this.current === 'refused' ? this.verifyAndStart() : undefined,
    );
    await this.running;
    return this.current;
  }

  /** Stops in reverse order of starting. A part that fails to stop is logged and does not keep the others. */
  async stop(): Promise<void> {
    if (this.stopping.signal.aborted) return;
    this.stopping.abort();
    clearTimeout(this.recheck);
    await this.running;
    for (const part of this.started.splice(0).reverse()) await this.quietly(() => part.stop());
    for (const step of this.parts.close ?? []) await this.quietly(step);
    this.current = 'stopped';
  }

  private async verifyAndStart(): Promise<void> {
    clearTimeout(this.recheck);
    if (this.current !== 'refused') this.current = 'verifying';
    for (const verify of this.parts.verify ?? []) if (!(await this.untilDone('verify', verify))) return;
    if (!(await this.startAll(this.parts.projections))) return;
    this.current = 'running';
    this.why = undefined;
    this.parts.log.info({ state: this.current }, 'the log is verified: commands may come in');
    for (const group of [this.parts.consumers, this.parts.relays, this.parts.timers])
      if (!(await this.startAll(group))) return;
  }

  private async startAll(parts: readonly Part[] = []): Promise<boolean> {
    for (const part of parts) {
      // Noted before it starts: a part that began and failed half-way has something to stop.
      this.started.push(part);
      if (!(await this.untilDone('start', async () => part.start()))) return false;
    }
    return true;
  }

  /** Tries until it works; false when the process is stopped or the log contradicts its topic. */
  private async untilDone(what: string, step: () => Promise<void>): Promise<boolean> {
    for (let wait = this.parts.retryMs ?? 500; !this.stopping.signal.aborted; wait = Math.min(wait * 2, longestWait)) {
      try {
        await step();
        return true;
      } catch (error) {
        this.why = codeOf(error);
        if (contradictions.has(this.why)) return this.refuse(error);
        this.parts.log.warn({ check: what, code: this.why, err: error }, 'not yet: trying again');
      }
      await this.pause(wait);
    }
    return false;
  }

  private refuse(error: unknown): false {
    if (this.current !== 'refused')
      this.parts.log.fatal({ code: this.why, err: error }, 'log and topic contradict each other: commands stay out');
    this.current = 'refused';
    if (!this.stopping.signal.aborted)
      this.recheck = setTimeout(() => void this.verifyAgain(), this.parts.recheckMs ?? longestWait);
    return false;
  }

  private async quietly(step: () => Promise<unknown> | void): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.parts.log.error({ err: error, code: codeOf(error) }, 'a part did not stop in order');
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const { signal } = this.stopping;
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
      if (signal.aborted) done();
    });
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'UNKNOWN';
}
