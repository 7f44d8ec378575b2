import type { EachBatchPayload, Kafka } from 'kafkajs';
import type { Pool } from 'pg';
import { nextOffsets, placeId } from './cursor';
import { Drainer } from './drainer';
import { ConsumerStoppedError } from './errors';
import { Lane } from './lane';
import {
  defaultPoisonPolicy,
  type Applier,
  type BatchControl,
  type LaneCounters,
  type PoisonPolicy,
} from './lane-types';
import { silent, type Logger } from './logger';
import { GroupMember } from './member';

/** What every consumer needs beside what it does with the records. */
export interface ConsumerOptions {
  readonly kafka: Kafka;
  /** `<service>-<consumer>`: the right to read as a group hangs on the prefix. */
  readonly groupId: string;
  readonly pool: Pool;
  readonly logger?: Logger;
  /** Called once when the consumer stops because it must not go on; the status says the same. */
  readonly onStopped?: (error: ConsumerStoppedError) => void;
  readonly poison?: Partial<PoisonPolicy>;
  /** Records applied in one transaction at most. */
  readonly maxChunk?: number;
  /** How long an idle fetch waits at the broker. New records end it at once; a stop has to wait for it. */
  readonly maxWaitMs?: number;
}

export interface ConsumerStatus extends Readonly<LaneCounters> {
  readonly state: 'stopped' | 'joining' | 'running' | 'failed';
  readonly partitions: number;
  /** Why it failed; only with state `failed`. */
  readonly error?: { readonly code: string; readonly message: string };
}

/**
 * The parts of a consumer under one roof: membership, a lane for each partition, the drainer.
 *
 *   stopped ──start()──▶ joining ──▶ running ──stop()──▶ stopped
 *   running ──hole, too many parked keys, reused command id, foreign record──▶ failed ──start()──▶ joining
 */
export class ConsumerCore {
  private readonly lanes = new Map<string, Lane>();
  private readonly counters: LaneCounters = {
    applied: 0,
    repeatsDropped: 0,
    cursorMoved: 0,
    parked: 0,
    notYet: 0,
    drained: 0,
  };
  private readonly member: GroupMember;
  private readonly drainer: Drainer;
  private readonly log: Logger;
  private state: ConsumerStatus['state'] = 'stopped';
  private failure: ConsumerStoppedError | undefined;

  constructor(
    private readonly options: ConsumerOptions,
    private readonly of: { name: string; topics: readonly string[]; applier: Applier },
  ) {
    this.log = options.logger ?? silent;
    const { pool, kafka, groupId } = options;
    this.member = new GroupMember({
      kafka,
      groupId,
      topics: of.topics,
      log: this.log,
      maxWaitMs: options.maxWaitMs ?? 1_000,
      positions: () => nextOffsets(pool, of.name, of.topics),
      onBatch: (payload, control) => this.onBatch(payload, control),
    });
    this.drainer = new Drainer({
      pool,
      consumer: of.name,
      assigned: () => this.member.assigned,
      laneOf: (topic, partition) => this.lane(topic, partition),
      onFatal: (error) => this.stopFor(error),
      log: this.log,
    });
  }

  /** Resolves when the group is joined; rejects when the broker refuses (password, rights). */
  async start(): Promise<void> {
    if (this.state === 'joining' || this.state === 'running') return;
    this.state = 'joining';
    this.failure = undefined;
    try {
      await this.member.start();
    } catch (error) {
      this.state = 'stopped';
      throw error;
    }
    if (!this.isJoining()) return; // stopped meanwhile
    this.state = 'running';
    this.drainer.start();
  }

  /** Within five seconds; what is in hand is finished or rolled back. */
  async stop(): Promise<void> {
    if (this.state === 'stopped') return;
    if (this.state !== 'failed') this.state = 'stopped';
    await Promise.all([this.drainer.stop(), this.member.stop()]);
  }

  status(): ConsumerStatus {
    const { failure } = this;
    const error = failure === undefined ? {} : { error: { code: failure.code, message: failure.message } };
    return { state: this.state, partitions: this.member.assigned.length, ...this.counters, ...error };
  }

  private isJoining(): boolean {
    return this.state === 'joining';
  }

  private lane(topic: string, partition: number): Lane {
    const id = placeId(topic, partition);
    const known = this.lanes.get(id);
    if (known !== undefined) return known;
    const { pool, poison, maxChunk } = this.options;
    const lane = new Lane({
      pool,
      place: { consumer: this.of.name, topic, partition },
      applier: this.of.applier,
      policy: { ...defaultPoisonPolicy, ...poison },
      counters: this.counters,
      log: this.log,
      maxChunk: maxChunk ?? 500,
    });
    this.lanes.set(id, lane);
    return lane;
  }

  private async onBatch({ batch }: EachBatchPayload, control: BatchControl): Promise<void> {
    if (this.state === 'failed') return; // nothing is resolved, so nothing is passed over
    const before = this.heldBack;
    try {
      await this.lane(batch.topic, batch.partition).processBatch(batch.messages, control);
    } catch (error) {
      if (!this.stopFor(error)) throw error;
    }
    if (this.heldBack > before) this.drainer.wake();
    else this.drainer.applied();
  }

  private get heldBack(): number {
    return this.counters.parked + this.counters.notYet;
  }

  /** Stops loudly when the error is one after which nothing may be applied. */
  private stopFor(error: unknown): boolean {
    if (!(error instanceof ConsumerStoppedError)) return false;
    if (this.state === 'failed') return true;
    this.state = 'failed';
    this.failure = error;
    this.log.error({ consumer: this.of.name, code: error.code }, `consumer stopped: ${error.message}`);
    this.options.onStopped?.(error);
    // Not awaited: the batch or the drain that found it has to end first.
    Promise.all([this.drainer.stop(), this.member.stop()]).catch((failed: unknown) => {
      this.log.error(
        { consumer: this.of.name, failed: String(failed) },
        'the stopped consumer could not leave its group',
      );
    });
    return true;
  }
}
