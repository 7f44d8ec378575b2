import { LogVerificationError } from './errors';
import type { TopicRecord } from './record';
import { RelayStore, type Checkpoint } from './relay-store';
import { readRanges } from './surplus';
import { checkPartitions, groupPrefixOf, surplusOf, topicEnds } from './topic-ends';
import { headOf, refuseFork, type VerifyOptions } from './verify-log';

export interface AdoptOptions extends VerifyOptions {
  /** After each batch: facts taken back so far, and how many there are in all. */
  readonly onProgress?: (done: number, of: number) => void;
  /** Facts that were just taken back, in order: for what a service keeps beside its log. */
  readonly onAdopted?: (records: readonly TopicRecord[]) => Promise<void>;
}

export interface Adopted {
  readonly topic: string;
  /** The last position before, and the last one now. */
  readonly from: string;
  readonly to: string;
  readonly events: number;
  /** When the last fact of the topic was recorded. What was answered later and never relayed, only its clients know. */
  readonly recordedUpTo?: string;
}

const atOnce = 500;

/**
 * Takes back from the topic the facts that a log lost when it was put back to an older copy: rows, bytes and numbers as
 * they were, commands made again, the checkpoint at the topic's end. Nothing else may append meanwhile.
 *
 * It reads the surplus twice. The first time it changes nothing: a record that the log knows otherwise (LOG_FORKED) or a
 * position that no record has (RECORDS_MISSING) refuses all of it. It may be run again after it broke off half-way.
 */
export async function adoptLog(options: AdoptOptions): Promise<Adopted> {
  const { pool, schema, topic, kafka } = options;
  const store = new RelayStore(pool, schema, topic);
  const ends = await topicEnds(kafka, topic);
  const checkpoint = await store.checkpoint(ends.length);
  checkPartitions(topic, checkpoint, ends.length);
  const head = await headOf(pool, schema);
  const surplus = {
    topic,
    groupPrefix: options.groupPrefix ?? groupPrefixOf(topic),
    ranges: surplusOf(topic, checkpoint, ends),
  };
  const survey = new Survey(options, head, checkpoint);
  if (surplus.ranges.length > 0) await readRanges(kafka, surplus, (records) => survey.see(records));
  survey.requireDense();
  if (survey.missing > 0) {
    const taking = new Taking(options, head, survey.missing);
    await readRanges(kafka, surplus, (records) => taking.take(records));
    await taking.end();
    await store.advance(checkpoint, { position: taking.at, seqs: survey.seqs, nextOffsets: ends }, 'durable');
  }
  const to = await headOf(pool, schema);
  return { topic, from: String(head), to: String(to), events: survey.missing, ...survey.recordedUpTo };
}

/** What the surplus holds, without a change to anything. */
class Survey {
  readonly seqs: bigint[];
  /** By position after the checkpoint: the id of its event. */
  private readonly ids: (string | undefined)[] = [];
  private last: TopicRecord | undefined;

  constructor(
    private readonly options: AdoptOptions,
    private readonly head: bigint,
    private readonly checkpoint: Checkpoint,
  ) {
    this.seqs = [...checkpoint.seqs];
  }

  /** Facts of the topic that the log does not have. */
  get missing(): number {
    return Math.max(0, Number(this.checkpoint.position - this.head) + this.ids.length);
  }

  get recordedUpTo(): { recordedUpTo?: string } {
    return this.last === undefined ? {} : { recordedUpTo: this.last.event.recordedAt };
  }

  async see(records: readonly TopicRecord[]): Promise<void> {
    const known = records.filter(({ event }) => event.position <= this.head);
    if (known.length > 0) await refuseFork(this.options, known);
    for (const record of records) this.note(record);
  }

  private note(record: TopicRecord): void {
    const { event, seq } = record;
    const partition = event.keyHash % this.seqs.length;
    if (seq > (this.seqs[partition] ?? 0n)) this.seqs[partition] = seq;
    if (this.last === undefined || event.position > this.last.event.position) this.last = record;
    const at = Number(event.position - this.checkpoint.position) - 1;
    if (at < 0) return; // sent again, and compared with the log
    if (this.ids[at] !== undefined && this.ids[at] !== event.eventId)
      throw forked(this.options.topic, event.position, 'the topic has two facts of it');
    this.ids[at] = event.eventId;
  }

  requireDense(): void {
    const gap = this.ids.findIndex((id) => id === undefined);
    if (gap === -1) return;
    const position = this.checkpoint.position + BigInt(gap) + 1n;
    throw new LogVerificationError('RECORDS_MISSING', this.options.topic, `position ${position} is not in the topic`);
  }
}

/** Brings the partitions into one order and appends what is next. */
class Taking {
  at: bigint;
  private readonly waiting = new Map<bigint, TopicRecord>();
  private done = 0;

  constructor(
    private readonly options: AdoptOptions,
    head: bigint,
    private readonly all: number,
  ) {
    this.at = head;
  }

  async take(records: readonly TopicRecord[]): Promise<void> {
    for (const record of records) if (record.event.position > this.at) this.waiting.set(record.event.position, record);
    while (this.waiting.size >= atOnce && this.waiting.has(this.at + 1n)) await this.append();
  }

  async end(): Promise<void> {
    while (this.waiting.size > 0) await this.append();
  }

  private async append(): Promise<void> {
    const batch: TopicRecord[] = [];
    for (let next = this.at + 1n; batch.length < atOnce; next += 1n) {
      const record = this.waiting.get(next);
      if (record === undefined) break;
      batch.push(record);
      this.waiting.delete(next);
    }
    const { pool, schema, topic } = this.options;
    if (batch.length === 0)
      throw new LogVerificationError('RECORDS_MISSING', topic, `position ${this.at + 1n} did not come again`);
    await pool.query(`select ${schema}.adopt($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, columnsOf(batch));
    this.at += BigInt(batch.length);
    this.done += batch.length;
    await this.options.onAdopted?.(batch);
    this.options.onProgress?.(this.done, this.all);
  }
}

/** The arguments of adopt(), in its order: the stored bytes, as the relay read them. */
function columnsOf(batch: readonly TopicRecord[]): unknown[] {
  const events = batch.map(({ event }) => event);
  return [
    events.map((e) => e.position),
    events.map((e) => e.streamId),
    events.map((e) => e.version),
    events.map((e) => e.eventId),
    events.map((e) => e.type),
    events.map((e) => e.schemaVersion),
    batch.map((record) => record.value.toString('utf8')),
    batch.map((record) => record.headers['meta']),
    events.map((e) => e.occurredAt),
    events.map((e) => e.recordedAt),
    events.map((e) => e.keyHash),
  ];
}

function forked(topic: string, position: bigint, detail: string): LogVerificationError {
  return new LogVerificationError('LOG_FORKED', topic, `position ${position}: ${detail}`);
}
