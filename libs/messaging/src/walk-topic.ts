import { numberBefore } from '@garda/contracts';
import { ConsumerStoppedError } from './errors';
import { encodeRecord, type LogRow, type TopicRecord } from './record';
import { RelayStore } from './relay-store';
import { readRanges } from './surplus';
import { groupPrefixOf, topicEnds } from './topic-ends';
import { headOf } from './verify-log';
import type { Finding, WalkOptions } from './walk';

interface TopicWalkOptions extends Omit<WalkOptions, 'onProgress'> {
  readonly head: bigint;
  readonly onProgress: (records: number) => void;
}

/** What one partition has shown so far: its last number, and the position of that record. */
interface Seen {
  seq: bigint;
  position: bigint;
}

/** Compares every record of a topic with its row; the finding with the lowest position is the one that is told. */
export async function walkTopic(options: TopicWalkOptions): Promise<{ records: number; finding?: Finding }> {
  const { kafka, topic } = options;
  const ends = await topicEnds(kafka, topic);
  const checkpoint = await new RelayStore(options.pool, options.schema, topic).findCheckpoint();
  const walk = new TopicWalk(options, { partitions: ends.length, generation: checkpoint?.generation ?? 1 });
  const ranges = ends.map((to, partition) => ({ partition, from: 0n, to }));
  const groupPrefix = options.groupPrefix ?? groupPrefixOf(topic);
  try {
    if (ends.some((end) => end > 0n))
      await readRanges(kafka, { topic, groupPrefix, ranges }, (records, partition) => walk.see(records, partition));
    await walk.requireAll();
  } catch (error) {
    if (!(error instanceof ConsumerStoppedError)) throw error;
    walk.find(0n, error.code); // somebody else wrote here: such a record has no position
  }
  return { records: walk.records, ...(walk.finding === undefined ? {} : { finding: walk.finding }) };
}

class TopicWalk {
  records = 0;
  finding: Finding | undefined;
  private last = 0n;
  private readonly partitions: Seen[];

  constructor(
    private readonly options: TopicWalkOptions,
    { partitions, generation }: { partitions: number; generation: number },
  ) {
    const seq = numberBefore(generation);
    this.partitions = Array.from({ length: partitions }, () => ({ seq, position: 0n }));
  }

  /** Records of one partition in order: first occurrences are the next rows, repeats are the rows of their positions. */
  async see(records: readonly TopicRecord[], partition: number): Promise<void> {
    this.options.signal?.throwIfAborted();
    const seen = this.partitions[partition];
    if (seen === undefined) return;
    const known = records.filter(({ event }) => event.position <= this.options.head);
    const fresh = firstOccurrences(known, seen.seq);
    await this.compareNext([...fresh], partition, seen);
    const repeats = known.filter((record) => !fresh.has(record));
    await this.compareRepeats(repeats, partition);
    for (const { event } of records) if (event.position > this.last) this.last = event.position;
    this.records += records.length;
    this.options.onProgress(this.records);
  }

  /** Every row that was relayed has a record, and no record is without a row. */
  async requireAll(): Promise<void> {
    const { pool, schema, topic } = this.options;
    const head = await headOf(pool, schema); // later than any record that was read
    if (this.last > head) this.find(head + 1n, 'RECORD_WITHOUT_ROW');
    const relayed = (await new RelayStore(pool, schema, topic).findCheckpoint())?.position ?? 0n;
    const upTo = relayed < this.options.head ? relayed : this.options.head;
    for (const [partition, { position }] of this.partitions.entries()) {
      const [missing] = await this.rows('e.position > $3 and e.position <= $4', partition, [position, upTo], 1);
      if (missing !== undefined) this.find(BigInt(missing.position), 'RECORD_MISSING');
    }
  }

  find(position: bigint, code: string): void {
    if (this.finding === undefined || position < BigInt(this.finding.position))
      this.finding = { in: 'topic', position: String(position), code };
  }

  private async compareNext(fresh: readonly TopicRecord[], partition: number, seen: Seen): Promise<void> {
    const last = fresh.at(-1);
    if (last === undefined) return;
    const rows = await this.rows('e.position > $3', partition, [seen.position], fresh.length);
    for (const [i, record] of fresh.entries()) {
      const row = rows[i];
      seen.seq += 1n;
      seen.position = record.event.position;
      if (row === undefined) return this.find(record.event.position, 'RECORD_WITHOUT_ROW');
      if (record.seq !== seen.seq) return this.find(BigInt(row.position), 'RECORD_MISSING');
      if (!this.same(row, record, partition)) return this.find(lower(BigInt(row.position), record), 'RECORD_DIFFERS');
    }
  }

  private async compareRepeats(repeats: readonly TopicRecord[], partition: number): Promise<void> {
    if (repeats.length === 0) return;
    const positions = repeats.map(({ event }) => event.position);
    const rows = await this.rows('e.position = any($3)', partition, [positions], positions.length);
    const byPosition = new Map(rows.map((row) => [row.position, row]));
    for (const record of repeats) {
      const row = byPosition.get(String(record.event.position));
      if (row === undefined || !this.same(row, record, partition)) this.find(record.event.position, 'RECORD_DIFFERS');
    }
  }

  private async rows(where: string, partition: number, values: readonly unknown[], limit: number): Promise<LogRow[]> {
    const { pool, schema, topic } = this.options;
    return new RelayStore(pool, schema, topic).rowsOf({ where, partition, of: this.partitions.length, values, limit });
  }

  /** Number by number and byte by byte: the record is what the relay would send for this row. */
  private same(row: LogRow, record: TopicRecord, partition: number): boolean {
    const { context } = this.options;
    const sent = encodeRecord(row, { context, partition, seq: String(record.seq) });
    const headers = Object.entries(sent.headers ?? {});
    return (
      record.value.equals(Buffer.from(String(sent.value))) &&
      headers.length === Object.keys(record.headers).length &&
      headers.every(([name, value]) => record.headers[name] === value)
    );
  }
}

/** Those whose number comes for the first time, in order. */
function firstOccurrences(records: readonly TopicRecord[], after: bigint): ReadonlySet<TopicRecord> {
  let seq = after;
  const fresh = new Set<TopicRecord>();
  for (const record of records) {
    if (record.seq <= seq) continue;
    seq = record.seq;
    fresh.add(record);
  }
  return fresh;
}

function lower(position: bigint, { event }: TopicRecord): bigint {
  return position < event.position ? position : event.position;
}
