import { assertEvent, EventInvalidError, upcast, type Context, type RecordedEvent } from '@garda/contracts';
import type { LogSchema } from '@garda/event-store';
import {
  adoptLog,
  checkMadeAgain,
  closeTopic,
  LogVerificationError,
  openTopic,
  renewTopic,
  rewindRelay,
  RewindError,
  walkLog,
  type Adopted,
  type TopicRecord,
  type Walked,
} from '@garda/messaging';
import { RebuildError } from '@garda/projection';
import type { Kafka } from 'kafkajs';
import type { Pool } from 'pg';
import type { Log } from './logger';
import { Problem } from './problem';
import type { RuntimeState, ServiceRuntime } from './runtime';
import { Works, type WorkStatus } from './works';

/** A log of a service, its topic, and by whom that is read. */
export interface OwnLog {
  readonly schema: LogSchema;
  readonly topic: string;
  readonly kafka: Kafka;
  /** What the groups of its readers begin with. */
  readonly groupPrefix: string;
}

/** The logs of a service and where their topics are. */
export interface OwnLogs {
  readonly context: Context;
  readonly pool: Pool;
  readonly logs: readonly OwnLog[];
}

export interface HealingOptions extends OwnLogs {
  readonly log: Log;
  readonly runtime: () => ServiceRuntime;
  /**
   * What the service keeps beside its log and must bring up to facts that were taken back. It answers what could not be
   * brought back, by name and count.
   */
  readonly onAdopted?: (records: readonly TopicRecord[]) => Promise<Readonly<Record<string, number>>>;
}

export interface AdoptReport {
  readonly adopted: readonly Adopted[];
  /** What is gone beside the log, by name and count. */
  readonly lost: Readonly<Record<string, number>>;
  readonly state: RuntimeState;
}

/** What an operator can do for a service whose log and topic do not agree. Nothing here invents a fact. */
export class Healing {
  /** All long work that this service was asked for. */
  readonly works: Works;

  constructor(private readonly opts: HealingOptions) {
    this.works = new Works(opts.log, tellable);
  }

  /** Begins a walk over both logs and their topics; its result is a list of `Walked`. */
  verify(): WorkStatus {
    const { logs, context } = this.opts;
    return this.works.start('log.verify', async (report, signal): Promise<Walked[]> => {
      const walked: Walked[] = [];
      const behind = logs.map(() => [0, 0] as [number, number]);
      for (const [i, one] of logs.entries()) {
        const onProgress = (done: number, of: number) => {
          behind[i] = [done, of];
          report(sum(behind, 0), sum(behind, 1));
        };
        const check = (event: RecordedEvent) => wrongWith(context, event);
        walked.push(await walkLog({ ...this.place(one), context, check, onProgress, signal }));
      }
      return walked;
    });
  }

  /** Begins to take lost facts back from the topics; its result is an `AdoptReport`. Then the service goes on. */
  adopt(): WorkStatus {
    const runtime = this.opts.runtime();
    if (runtime.state !== 'refused' || runtime.reason !== 'TOPIC_AHEAD_OF_LOG')
      throw new Problem(
        'NOTHING_TO_ADOPT',
        `${runtime.state}${runtime.reason === undefined ? '' : ` ${runtime.reason}`}`,
      );
    return this.works.start('log.adopt', async (report): Promise<AdoptReport> => {
      const adopted: Adopted[] = [];
      const lost: Record<string, number> = {};
      const onAdopted = async (records: readonly TopicRecord[]) => {
        const gone = (await this.opts.onAdopted?.(records)) ?? {};
        for (const [name, count] of Object.entries(gone)) lost[name] = (lost[name] ?? 0) + count;
      };
      for (const one of this.opts.logs)
        adopted.push(await adoptLog({ ...this.place(one), onProgress: report, onAdopted }));
      return { adopted, lost, state: await runtime.verifyAgain() };
    });
  }

  /** The relay sends everything from `position` on again. */
  async rewind(of: { topic: string; position: bigint }): Promise<{ from: string; to: string }> {
    return rewindRelay(this.opts.pool, { ...of, schema: this.logOf(of.topic).schema });
  }

  /** The relay fills a topic from the first fact on that was lost and made again; then a refused service goes on. */
  async renew(topic: string): Promise<{ from: string; state: RuntimeState }> {
    const renewed = await renewTopic(this.place(this.logOf(topic)));
    return { ...renewed, state: await this.opts.runtime().verifyAgain() };
  }

  /** Begins to close a topic: nothing more is carried into it, while the log goes on. Its result is a `ClosedTopic`. */
  close(topic: string): WorkStatus {
    const place = this.place(this.logOf(topic));
    return this.works.start('topic.close', (_, signal) => closeTopic(place, signal));
  }

  /** Whether a topic was made again, empty, with so many partitions. */
  async isMadeAgain(topic: string, partitions: number): Promise<{ madeAgain: true }> {
    await checkMadeAgain(this.place(this.logOf(topic)), partitions);
    return { madeAgain: true };
  }

  /** A closed topic is filled again: from where it was, or anew where it was made again, empty. */
  async open(
    topic: string,
    partitions?: number,
  ): Promise<{ generation: number; partitions: number; state: RuntimeState }> {
    const opened = await openTopic(this.place(this.logOf(topic)), partitions);
    return { ...opened, state: await this.opts.runtime().verifyAgain() };
  }

  work(id: string): WorkStatus {
    return this.works.status(id);
  }

  stop(): Promise<void> {
    return this.works.stop();
  }

  private logOf(topic: string): OwnLog {
    const found = this.opts.logs.find((one) => one.topic === topic);
    if (found === undefined) throw new RewindError('TOPIC_UNKNOWN', `${topic} is not filled by this service`);
    return found;
  }

  private place(log: OwnLog) {
    return { pool: this.opts.pool, ...log };
  }
}

function wrongWith(context: Context, event: RecordedEvent): string | undefined {
  try {
    assertEvent(context, upcast(event));
    return undefined;
  } catch (error) {
    if (error instanceof EventInvalidError) return error.code;
    throw error;
  }
}

/** Errors whose words are names and numbers only. */
const tellable = (error: unknown): boolean =>
  [LogVerificationError, RebuildError, RewindError].some((kind) => error instanceof kind);

const sum = (pairs: readonly (readonly [number, number])[], at: 0 | 1): number =>
  pairs.reduce((all, pair) => all + pair[at], 0);
