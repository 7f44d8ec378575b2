import { inTransaction, isTransient, type EventLog } from '@garda/event-store';
import { noteFacts } from '@garda/tracing';
import type { Pool, PoolClient } from 'pg';
import { firstVersion, liveBuild, readBuilds } from './builds';
import { ProjectionCursor } from './cursor';
import { codeOf } from './error-code';
import { oneSetUpAtATime, type LocalProjection, type ProjectionStatus } from './projection';
import { ProjectionSteps } from './steps';
import { Waiters } from './waiters';

export interface ProjectionRunnerOptions {
  readonly pool: Pool;
  readonly log: EventLog;
  readonly projection: LocalProjection;
  /** A handler threw: this projection stands still until the program is repaired. To be said loudly, and counted. */
  readonly onError: (error: unknown, status: ProjectionStatus) => void;
  /** The database was away for a moment; the step is tried again. For a metric. */
  readonly onRetry?: (error: unknown, status: ProjectionStatus) => void;
  /** After each batch. For a metric. */
  readonly onApplied?: (events: number, status: ProjectionStatus) => void;
  /** Facts applied in a transaction; 500. One that is behind applies up to ten times as many. */
  readonly batchSize?: number;
  /** A build that is filled beside the live one and does not go live by itself. */
  readonly beside?: boolean;
  /** Shared by the projections of a log that are run in this process, so that they take their steps together. */
  readonly steps?: ProjectionSteps;
}

type Outcome = 'applied' | 'idle' | 'held';

/** While somebody waits for what another replica is about to do. */
const busyMs = 5;
/** An append wakes it, and `LogWatch` does for those of other processes: these looks are for pauses and switches. */
const restMs = 250;
const idleMs = 2000;

/**
 * Fills one projection from the local log. Every replica runs all of them; the cursor row decides who does a step.
 *
 * new → running → stopped. It is stopped by `stop()`, or by a handler that throws: then `status()` has an error code.
 * Errors of the connection and of busy servers do not stop it.
 */
export class ProjectionRunner {
  /** The build that is kept: tables of the number that the database says. */
  private projection: LocalProjection;
  private cursor: ProjectionCursor;
  private readonly steps: ProjectionSteps;
  private readonly waiters = new Waiters();
  private state: ProjectionStatus['state'] = 'new';
  private errorCode: string | undefined;
  private position = 0n;
  /** As far as appends of this process told. */
  private head = 0n;
  private prepared = false;
  private live = false;
  private woken = false;
  private rouse: () => void = () => undefined;
  private leaveLog: () => void = () => undefined;
  private loop: Promise<void> = Promise.resolve();

  constructor(readonly options: ProjectionRunnerOptions) {
    this.projection = options.projection;
    this.cursor = new ProjectionCursor(options.projection);
    this.steps = options.steps ?? new ProjectionSteps(options.pool, options.log);
  }

  /** Makes the tables, so that they can be read. They stay as they are until `start`. */
  async prepare(): Promise<void> {
    if (this.prepared) return;
    const { pool } = this.options;
    await inTransaction(pool, async (client) => {
      await client.query('set local lock_timeout = 0; set local statement_timeout = 0');
      await oneSetUpAtATime(client);
      await this.chooseBuild(client);
      if (this.options.beside === true) await this.cursor.keep(client);
      await this.projection.setUp(client);
      if (this.options.beside !== true) await this.cursor.create(client);
    });
    this.prepared = true;
  }

  /** Makes the tables unless they were, and begins. Resolves before the projection has caught up: see `waitFor`. */
  async start(): Promise<void> {
    if (this.state !== 'new') throw new Error(`${this.options.projection.name} was started before`);
    await this.prepare();
    const { log } = this.options;
    this.state = 'running';
    this.leaveLog = log.onAppended((head) => {
      if (head <= this.head) return;
      this.head = head;
      this.wake();
    });
    this.loop = this.run();
  }

  /** Resolves when the step under way is done. */
  async stop(): Promise<void> {
    this.end();
    this.rouse();
    await this.loop;
  }

  /** Look now: something was appended. */
  wake(): void {
    this.woken = true;
    this.rouse();
  }

  /** True as soon as everything up to the position is in the tables, whoever put it there; false after the timeout. */
  async waitFor(position: bigint, timeoutMs = 2000): Promise<boolean> {
    if (this.position >= position) return true;
    if (this.state !== 'running') return false;
    const reached = this.waiters.wait(position, timeoutMs);
    if (position > this.head) this.wake(); // nobody has told of it: another process appended it
    return reached;
  }

  status(): ProjectionStatus {
    const { name, version, log } = this.projection;
    const { position, state, errorCode } = this;
    return { name, version, log, position, state, ...(errorCode === undefined ? {} : { errorCode }) };
  }

  private async run(): Promise<void> {
    let pause = 0;
    while (this.state === 'running') {
      try {
        pause = this.pauseAfter(await this.step(), pause);
      } catch (error) {
        if (!isTransient(error)) return this.fail(error);
        this.options.onRetry?.(error, this.status());
        pause = Math.min(Math.max(pause * 2, 50), 2000);
        this.woken = false; // what wakes us cannot be read yet
      }
      if (this.state === 'running') await this.sleep(pause);
    }
  }

  private pauseAfter(outcome: Outcome, before: number): number {
    if (outcome === 'applied' && (this.position < this.head || !this.settled)) return 0;
    if (outcome === 'held' || this.waiters.any) return busyMs;
    return outcome === 'applied' ? restMs : Math.min(Math.max(before * 2, restMs), idleMs);
  }

  private async step(): Promise<Outcome> {
    if (this.head <= this.position) {
      const seen = await this.cursor.look(this.options.pool);
      if (seen === undefined || seen.state === 'retired') return this.followSwitch(seen === undefined);
      this.reached(seen.position);
      if (seen.head > this.head) this.head = seen.head;
      if (seen.state === 'paused') return 'idle';
      if (seen.head <= seen.position) {
        await this.goLive();
        return 'idle';
      }
    }
    return this.apply();
  }

  private async apply(): Promise<Outcome> {
    const { projection } = this;
    const began = performance.now();
    const { position, applied } = await this.steps.next(projection, this.position, this.options.batchSize ?? 500);
    if (position !== undefined) this.reached(position);
    // Another replica holds the row or was faster: what it did is seen by looking.
    if (applied.length === 0) this.head = this.position;
    else {
      noteFacts(`project ${projection.name}`, applied, { began, attributes: { 'garda.log': projection.log } });
      this.options.onApplied?.(applied.length, this.status());
    }
    return position === undefined ? 'held' : 'applied';
  }

  /** Nothing is left to be done once it has caught up. */
  private get settled(): boolean {
    return this.live || this.options.beside === true;
  }

  private async goLive(): Promise<void> {
    if (this.settled) return;
    const { pool } = this.options;
    const { projection } = this;
    if (projection.goLive !== undefined)
      await inTransaction(pool, (client) => projection.goLive?.(client) ?? Promise.resolve());
    this.live = true;
  }

  /** The build of this code that answers, or the first one of it. */
  private async chooseBuild(client: PoolClient): Promise<void> {
    const { projection, beside } = this.options;
    if (beside === true) return;
    const builds = await readBuilds(client, projection.name);
    const version = liveBuild(builds, projection.version)?.version ?? firstVersion(builds, projection.version);
    this.projection = version === projection.version ? projection : projection.at(version);
    this.cursor = new ProjectionCursor(this.projection);
  }

  /**
   * Another build answers now, at this position or later: this replica keeps that one from here on. It may hear of it
   * only when the one that it kept was dropped.
   */
  private async followSwitch(gone: boolean): Promise<Outcome> {
    const { cursor } = this;
    const { version } = this.projection;
    if (this.options.beside !== true) await inTransaction(this.options.pool, (client) => this.chooseBuild(client));
    if (this.projection.version === version) {
      if (gone) throw cursor.missing();
      return 'idle'; // beside: whoever runs it looks by himself
    }
    this.head = this.position;
    return 'held';
  }

  private reached(position: bigint): void {
    if (position > this.position) this.position = position;
    this.waiters.reached(this.position);
  }

  private fail(error: unknown): void {
    this.errorCode = codeOf(error);
    this.end();
    this.options.onError(error, this.status());
  }

  private end(): void {
    this.state = 'stopped';
    this.leaveLog();
    this.waiters.giveUp();
  }

  private async sleep(ms: number): Promise<void> {
    if (!this.woken && ms > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.rouse = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.woken = false;
  }
}
