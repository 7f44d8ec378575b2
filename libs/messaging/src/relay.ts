import type { LogSchema } from '@garda/event-store';
import { isTracing, noteSpan, SpanKind } from '@garda/tracing';
import type { Kafka } from 'kafkajs';
import type { Pool } from 'pg';
import { CarefulProducer } from './careful-producer';
import { errorCode, LogVerificationError } from './errors';
import { Leadership, relayJob } from './leadership';
import { silent, type Logger } from './logger';
import { backoff, Pause, within } from './pause';
import { encodeRecord } from './record';
import { RelayStore, type Checkpoint, type NumberedRow } from './relay-store';
import { refuseLoss, topicEnds } from './topic-ends';

export interface RelayOptions {
  readonly pool: Pool;
  readonly schema: LogSchema;
  readonly topic: string;
  /** Whose facts these are; part of `ce_source`. */
  readonly context: string;
  readonly kafka: Kafka;
  /** Records in one send at most. */
  readonly batch?: number;
  readonly log?: Logger;
  /** Each failed round; the relay goes on by itself. */
  readonly onError?: (error: unknown) => void;
  /** For tests of crashes: what is thrown here happens after Kafka has the records and before the checkpoint knows. */
  readonly afterSend?: () => void | Promise<void>;
}

export interface RelayStatus {
  /** Everything up to here is in the topic. */
  readonly position: bigint;
  readonly running: boolean;
  readonly leader: boolean;
  /** Rounds that failed in a row; 0 when all is well. */
  readonly failures: number;
}

/** A broker refuses a batch of one partition of more than a megabyte; all records of a send may be of one. */
const maxSendBytes = 700_000;
/** Whoever appends wakes the relay, and `LogWatch` does for other processes: this is the net under both. */
const idle = { first: 125, most: 2_000 };
const standbyMs = 500;
/** Rounds that found nothing: a closed topic looks like an idle log until the checkpoint is asked, then each other time. */
const lookForCloseAfter = 4;
const failed = { first: 100, most: 5_000 };

/**
 * Carries one log into its topic, in order, nothing left out. A record's number and bytes are a pure function of its row,
 * so a crash, another limit or a second relay can only repeat records, never change or lose one.
 *
 *   stopped ──start()──▶ standby ──lock taken──▶ catching up ──batch not full──▶ tailing (125 ms to 2 s, or wake())
 *   catching up, tailing ──lock lost, or topic closed──▶ standby (no relay leads a closed topic)
 *   any ──error──▶ failing (producer thrown away, checkpoint and topic looked at again, backs off) ──▶ standby or catching up
 *   failing ──topic ends before what was sent──▶ failing, until somebody renews the topic
 *   any ──stop()──▶ stopped (after the send in flight)
 */
export class Relay {
  /** The topic. */
  readonly name: string;
  private readonly store: RelayStore;
  private readonly producer: CarefulProducer;
  private readonly leadership: Leadership;
  private readonly log: Logger;
  private readonly limit: number;
  private pause = new Pause();
  private loop: Promise<void> | undefined;
  private checkpoint: Checkpoint | undefined;
  private failures = 0;
  /** A round failed: the topic may have gone and come again meanwhile, so it is looked at before anything is sent. */
  private inDoubt = false;

  constructor(private readonly options: RelayOptions) {
    this.name = options.topic;
    this.log = options.log ?? silent;
    this.limit = options.batch ?? 500;
    this.store = new RelayStore(options.pool, options.schema, options.topic);
    this.producer = new CarefulProducer(options.kafka, options.topic);
    this.leadership = new Leadership(options.pool, relayJob(options.topic), this.log);
  }

  /** Begins; resolves at once. `verifyLog` has made the checkpoint before. */
  async start(): Promise<void> {
    if (this.loop !== undefined) return;
    this.pause = new Pause();
    this.loop = this.run();
  }

  /** Waits for the send in flight, for a few seconds at most: what is cut off is sent again by the next leader. */
  async stop(): Promise<void> {
    this.pause.stop();
    const loop = this.loop;
    this.loop = undefined;
    if (loop === undefined) return;
    const inTime = await within(4_000, loop);
    if (!inTime) this.log.warn({ topic: this.options.topic }, 'relay stopped without waiting for the broker');
    await this.leadership.release();
  }

  /** Something was appended: look at once. */
  wake(): void {
    this.pause.wake();
  }

  status(): RelayStatus {
    return {
      position: this.checkpoint?.position ?? 0n,
      running: this.loop !== undefined,
      leader: this.leadership.isLeader,
      failures: this.failures,
    };
  }

  private async run(): Promise<void> {
    const pause = this.pause;
    let quiet = 0;
    while (!pause.isStopped) {
      try {
        if (!(await this.lead(quiet))) {
          await pause.wait(standbyMs);
          continue;
        }
        const sent = await this.round();
        this.failures = 0;
        quiet = sent > 0 ? 0 : quiet + 1;
        if (sent < this.limit) await pause.wait(Math.min(idle.most, idle.first * 2 ** quiet));
      } catch (error) {
        await this.afterFailure(error, pause);
      }
    }
    await this.producer.close();
  }

  /** Whether to do a round. Whoever closed the topic waits until nobody has the lead, so it is given back. */
  private async lead(quiet: number): Promise<boolean> {
    const { leadership } = this;
    const toLook = !leadership.isLeader || (quiet >= lookForCloseAfter && quiet % 2 === 0);
    if (!toLook || !(await this.store.isClosed())) return leadership.tryLead();
    this.checkpoint = undefined;
    await leadership.release();
    return false;
  }

  /** One send, awaited, then the checkpoint. Answers how many records went out; the limit when more are waiting. */
  private async round(): Promise<number> {
    const from = (this.checkpoint ??= await this.readCheckpoint());
    const found = await this.store.nextRows(this.limit);
    const rows = found.slice(0, fittingRows(found));
    const first = rows[0];
    if (first === undefined) return 0;
    if (first.counted_from !== String(from.position)) {
      this.checkpoint = undefined; // another relay was faster
      return this.limit;
    }
    const { context, kafka, topic } = this.options;
    if (this.inDoubt) refuseLoss(topic, from, await topicEnds(kafka, topic));
    this.inDoubt = false;
    const began = performance.now();
    const offsets = await this.producer.send(rows.map((row) => encodeRecord(row, { ...row, context })));
    this.trace(began, rows);
    await this.options.afterSend?.();
    refuseLoss(
      topic,
      from,
      from.nextOffsets.map((_, partition) => offsets.get(partition)),
    );
    const to = checkpointAfter(from, rows, offsets);
    this.checkpoint = (await this.store.advance(from, to, 'replayable')) ? to : undefined;
    return rows.length < found.length ? this.limit : rows.length;
  }

  /** One span a send. It has many causes, so it links to them and is in the trace of none. */
  private trace(began: number, rows: readonly NumberedRow[]): void {
    if (!isTracing()) return;
    noteSpan(`send ${this.options.topic}`, {
      ...{ kind: SpanKind.PRODUCER, began, links: rows.map((row) => row.traceparent ?? undefined) },
      attributes: {
        'messaging.system': 'kafka',
        'messaging.destination.name': this.options.topic,
        'messaging.batch.message_count': rows.length,
      },
    });
  }

  private async readCheckpoint(): Promise<Checkpoint> {
    const found = await this.store.findCheckpoint();
    if (found === undefined) throw new Error(`${this.options.topic} has no checkpoint: verifyLog makes it`);
    return found;
  }

  private async afterFailure(error: unknown, pause: Pause): Promise<void> {
    this.checkpoint = undefined;
    this.inDoubt = true;
    const { topic, onError } = this.options;
    const fields = { topic, code: errorCode(error), failures: this.failures };
    if (error instanceof LogVerificationError) this.log.error(fields, 'relay: the topic lost records; nothing is sent');
    else this.log.warn(fields, 'relay: round failed, trying again');
    onError?.(error);
    await pause.wait(backoff(this.failures, failed));
    this.failures = Math.min(this.failures + 1, 10);
  }
}

/** How many of these rows go into one send: at least one, since an event is far smaller than a send. */
function fittingRows(rows: readonly NumberedRow[]): number {
  let bytes = 0;
  const tooMany = rows.findIndex((row) => {
    bytes += Buffer.byteLength(row.data) + Buffer.byteLength(row.meta) + 600; // the other headers
    return bytes > maxSendBytes;
  });
  return tooMany === -1 ? rows.length : Math.max(1, tooMany);
}

export function checkpointAfter(
  from: Checkpoint,
  rows: readonly NumberedRow[],
  offsets: ReadonlyMap<number, bigint>,
): Checkpoint {
  const seqs = [...from.seqs];
  const nextOffsets = [...from.nextOffsets];
  let position = from.position;
  for (const [partition, offset] of offsets) nextOffsets[partition] = offset;
  for (const row of rows) {
    seqs[row.partition] = BigInt(row.seq);
    nextOffsets[row.partition] = (nextOffsets[row.partition] ?? 0n) + 1n;
    position = BigInt(row.position);
  }
  return { ...from, position, seqs, nextOffsets };
}
