import type { Consumer, ConsumerGroupJoinEvent, EachBatchPayload, Kafka } from 'kafkajs';
import { placeId } from './cursor';
import type { BatchControl } from './lane-types';
import type { Logger } from './logger';
import { backoff, Pause, within } from './pause';

export interface MemberOptions {
  readonly kafka: Kafka;
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly log: Logger;
  readonly maxWaitMs: number;
  /** Where the consumer's own cursors say that each partition is to be read on. */
  readonly positions: () => Promise<Map<string, bigint>>;
  readonly onBatch: (batch: EachBatchPayload, control: BatchControl) => Promise<void>;
}

export interface AssignedPartition {
  readonly topic: string;
  readonly partition: number;
}

const rejoin = { first: 250, most: 5_000 };
const hintEveryMs = 1_000;
/** What a killed member's partitions wait for; ten missed heartbeats, and Kafka's own value until its version 3. */
const sessionMs = 10_000;

/**
 * Membership in a consumer group, kept up for as long as it is wanted. Offsets committed to Kafka are a hint for tools
 * that show a lag; where to read is decided by the cursors.
 *
 *   stopped ──start()──▶ joining ──group joined, sought to the cursors──▶ reading
 *   reading ──rebalance──▶ reading (other partitions) · reading ──crash of the client──▶ joining, with backoff
 *   joining ──refused: wrong password, no right──▶ stopped (start() rejects) or joining again (it had joined before)
 *   any ──stop()──▶ stopped
 */
export class GroupMember {
  private consumer: Consumer | undefined;
  private pause = new Pause();
  private partitions: AssignedPartition[] = [];
  private positions = new Map<string, bigint>();
  private readonly hints = new Map<string, bigint>();
  private hintTimer: NodeJS.Timeout | undefined;
  private crashes = 0;

  constructor(private readonly options: MemberOptions) {}

  get assigned(): readonly AssignedPartition[] {
    return this.partitions;
  }

  /** Resolves when the group is joined, however long the broker is away; rejects when it refuses us. */
  async start(): Promise<void> {
    this.pause = new Pause();
    this.hintTimer = setInterval(() => void this.commitHints(), hintEveryMs);
    try {
      await this.join(isRefusal);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** The batch in hand is finished; the broker is waited for a few seconds at most. */
  async stop(): Promise<void> {
    this.pause.stop();
    clearInterval(this.hintTimer);
    await within(500, this.commitHints());
    const consumer = this.consumer;
    this.consumer = undefined;
    this.partitions = [];
    if (consumer !== undefined) await this.leave(consumer);
  }

  private async leave(consumer: Consumer): Promise<void> {
    const { log, groupId } = this.options;
    const left = consumer.disconnect().catch((error: unknown) => {
      log.warn({ groupId, error: nameOf(error) }, 'could not take leave of the broker');
    });
    if (!(await within(4_000, left))) log.warn({ groupId }, 'stopped without waiting for the broker');
  }

  private async join(isFinal: (error: unknown) => boolean): Promise<void> {
    const { log, groupId } = this.options;
    for (let failures = 0; !this.pause.isStopped; failures++) {
      try {
        return await this.joinOnce();
      } catch (error) {
        if (isFinal(error)) throw error;
        log.warn({ groupId, error: nameOf(error), failures }, 'could not join the group: trying again');
        await this.pause.wait(backoff(Math.min(failures, 6), rejoin));
      }
    }
  }

  private async joinOnce(): Promise<void> {
    const { kafka, groupId, topics, maxWaitMs } = this.options;
    const { pause } = this;
    this.positions = await this.options.positions();
    if (pause.isStopped) return; // whoever stopped us found no consumer to take leave with
    const consumer = kafka.consumer({
      groupId,
      allowAutoTopicCreation: false,
      maxWaitTimeInMs: maxWaitMs,
      sessionTimeout: sessionMs,
      rebalanceTimeout: 15_000,
      heartbeatInterval: 1_000,
      metadataMaxAge: 30_000, // by then a topic that was made again with more partitions has readers for all of them
      retry: { restartOnFailure: async () => false }, // one way of starting again, and that is ours
    });
    this.consumer = consumer;
    const joined = this.watch(consumer);
    joined.catch(() => undefined); // heard below, unless connecting has failed before
    try {
      await consumer.connect();
      if (pause.isStopped) return await this.leave(consumer);
      await consumer.subscribe({ topics: [...topics], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: 4,
        eachBatch: (payload) => this.options.onBatch(payload, this.controlOf(consumer, payload)),
      });
      if (pause.isStopped) return await this.leave(consumer);
      await joined;
    } catch (error) {
      if (this.consumer === consumer) this.consumer = undefined;
      await this.leave(consumer);
      throw error;
    }
  }

  /** Resolves when the group is joined; a crash before that rejects, a crash after it leads to joining again. */
  private watch(consumer: Consumer): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      let isMember = false;
      consumer.on(consumer.events.GROUP_JOIN, (event) => {
        isMember = true;
        this.onJoined(consumer, event);
        resolve();
      });
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        reject(payload.error);
        if (isMember) this.onCrashed(consumer, payload.error);
      });
    });
  }

  /** kafkajs calls this before its first fetch, so that nothing is read from where its own offsets say. */
  private onJoined(consumer: Consumer, { payload }: ConsumerGroupJoinEvent): void {
    if (this.consumer !== consumer) return;
    this.crashes = 0;
    this.partitions = Object.entries(payload.memberAssignment).flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic, partition })),
    );
    for (const { topic, partition } of this.partitions) {
      const offset = this.positions.get(placeId(topic, partition)) ?? 0n;
      consumer.seek({ topic, partition, offset: String(offset) });
    }
    this.options.log.info({ groupId: this.options.groupId, partitions: this.partitions.length }, 'joined the group');
  }

  /** Whatever it was, and refused or not: it was a member before, so somebody will make it one again. */
  private onCrashed(consumer: Consumer, error: Error): void {
    if (this.consumer !== consumer) return;
    const { log, groupId } = this.options;
    log.error({ groupId, error: error.name }, 'the group membership broke: joining again');
    this.partitions = [];
    this.consumer = undefined;
    void this.pause.wait(backoff(Math.min(this.crashes++, 6), rejoin)).then(() => this.join(() => false));
  }

  private controlOf(consumer: Consumer, payload: EachBatchPayload): BatchControl {
    const { topic, partition } = payload.batch;
    const alive = (): boolean => !this.pause.isStopped && payload.isRunning() && !payload.isStale();
    return {
      alive,
      heartbeat: () => payload.heartbeat(),
      wait: async (ms) => {
        const until = Date.now() + ms;
        for (let left = ms; left > 0 && alive(); left = until - Date.now()) {
          await this.pause.wait(Math.min(left, 1_000));
          await payload.heartbeat();
        }
      },
      readOnFrom: (offset) => {
        payload.resolveOffset(String(offset - 1n));
        this.positions.set(placeId(topic, partition), offset);
        this.hints.set(placeId(topic, partition), offset);
      },
      seek: (offset) => consumer.seek({ topic, partition, offset: String(offset) }),
    };
  }

  private async commitHints(): Promise<void> {
    const consumer = this.consumer;
    if (consumer === undefined || this.hints.size === 0) return;
    const offsets = this.partitions.flatMap(({ topic, partition }) => {
      const offset = this.hints.get(placeId(topic, partition));
      return offset === undefined ? [] : [{ topic, partition, offset: String(offset) }];
    });
    this.hints.clear();
    try {
      await consumer.commitOffsets(offsets);
    } catch (error) {
      this.options.log.debug({ error: nameOf(error) }, 'a hint about the lag was not taken'); // the cursor has it
    }
  }
}

const refusals = /_AUTHORIZATION_FAILED$/;

/** Trying again would not help before a person has granted something. */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'KafkaJSSASLAuthenticationError') return true;
  if ('type' in error && typeof error.type === 'string' && refusals.test(error.type)) return true;
  return isRefusal(error.cause);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
