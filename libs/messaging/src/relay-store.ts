import { isoUtc, type Durability, type LogSchema } from '@garda/event-store';
import type { Pool } from 'pg';
import type { LogRow } from './record';

/** How far a topic is filled, one entry a partition: the last `seq` given out and the offset after it. */
export interface Checkpoint {
  readonly position: bigint;
  readonly seqs: readonly bigint[];
  readonly nextOffsets: readonly bigint[];
  /** How often the topic was made with another number of partitions, from 1 on. */
  readonly generation: number;
  /** Nothing is carried into it. */
  readonly closed: boolean;
}

interface CheckpointRow {
  readonly position: string;
  readonly seqs: string[];
  readonly next_offsets: string[];
  readonly generation: number;
  readonly closed: boolean;
}

/** A row of the log with the place in the topic that follows from the log alone. */
export interface NumberedRow extends LogRow {
  readonly partition: number;
  readonly seq: string;
  /** The checkpoint this was numbered from. */
  readonly counted_from: string;
}

/** The columns of a `LogRow`. */
const rowColumns = (
  b: string,
): string => `${b}.position::text as position, ${b}.stream_id, ${b}.version::text as version,
  ${b}.event_id, ${b}.type, ${b}.schema_version, ${b}.data::text as data, ${b}.meta::text as meta,
  ${b}.meta->>'traceparent' as traceparent, ${isoUtc(`${b}.occurred_at`)} as occurred_at,
  ${isoUtc(`${b}.recorded_at`)} as recorded_at, ${b}.key_hash`;

/** What the relay asks of the database of its log. */
export class RelayStore {
  private readonly batchSql: { name: string; text: string };

  constructor(
    private readonly pool: Pool,
    private readonly schema: LogSchema,
    private readonly topic: string,
  ) {
    // The lateral subquery keeps to the primary key however long the log is. Positions are named apart from their text,
    // since an alias in `order by` wins over the column and would sort as text.
    this.batchSql = {
      name: `messaging.relay.${schema}`,
      text: `with c as (select position, seqs from ${schema}.relay_checkpoint where topic = $1 and not closed),
        batch as (select e.*, e.key_hash % cardinality(c.seqs) as partition, c.seqs, c.position as counted_from
          from c, lateral (select * from ${schema}.events e where e.position > c.position order by e.position limit $2) e)
        select ${rowColumns('b')}, b.partition,
          (b.seqs[1 + b.partition] + row_number() over (partition by b.partition order by b.position))::text as seq,
          b.counted_from::text as counted_from
        from batch b order by b.position`,
    };
  }

  /** The row of this topic, made at its first start with an entry for each partition. */
  async checkpoint(partitions: number): Promise<Checkpoint> {
    await this.pool.query(
      `insert into ${this.schema}.relay_checkpoint (topic, position, seqs, next_offsets)
        values ($1, 0, array_fill(0::bigint, array[$2::int]), array_fill(0::bigint, array[$2::int])) on conflict do nothing`,
      [this.topic, partitions],
    );
    const found = await this.findCheckpoint();
    if (found === undefined) throw new Error(`The checkpoint of ${this.topic} was removed while it was made`);
    return found;
  }

  async findCheckpoint(): Promise<Checkpoint | undefined> {
    const { rows } = await this.pool.query<CheckpointRow>(
      `select position, seqs, next_offsets, generation, closed from ${this.schema}.relay_checkpoint where topic = $1`,
      [this.topic],
    );
    const row = rows[0];
    if (row === undefined) return undefined;
    const { generation, closed } = row;
    const [seqs, nextOffsets] = [row.seqs.map(BigInt), row.next_offsets.map(BigInt)];
    return { position: BigInt(row.position), seqs, nextOffsets, generation, closed };
  }

  async isClosed(): Promise<boolean> {
    return (await this.findCheckpoint())?.closed === true;
  }

  async nextRows(limit: number): Promise<NumberedRow[]> {
    const { rows } = await this.pool.query<NumberedRow>({ ...this.batchSql, values: [this.topic, limit] });
    return rows;
  }

  /** Rows of one partition in order of position; `where` has its values from $3 on. */
  async rowsOf(query: {
    where: string;
    partition: number;
    of: number;
    values: readonly unknown[];
    limit: number;
  }): Promise<LogRow[]> {
    const { rows } = await this.pool.query<LogRow>(
      `select ${rowColumns('e')} from ${this.schema}.events e where e.key_hash % $1 = $2 and ${query.where}
        order by e.position limit ${query.limit}`,
      [query.of, query.partition, ...query.values],
    );
    return rows;
  }

  /**
   * Compare and set: false when another relay moved it. `replayable` does not wait for the disk: a checkpoint that a crash
   * takes back sends records again, which are dropped by their number.
   */
  async advance(
    from: Checkpoint,
    to: Pick<Checkpoint, 'position' | 'seqs' | 'nextOffsets'>,
    kind: Durability,
  ): Promise<boolean> {
    const at = [this.topic, from.position];
    const { rowCount } = await this.pool.query({
      name: `messaging.checkpoint.${this.schema}`,
      text: `with quick as (select set_config('synchronous_commit', coalesce($7, current_setting('synchronous_commit')), true))
        update ${this.schema}.relay_checkpoint set position = $3, seqs = $4::bigint[], next_offsets = $5::bigint[]
        from quick where topic = $1 and position = $2 and generation = $6`,
      values: [...at, to.position, to.seqs, to.nextOffsets, from.generation, kind === 'replayable' ? 'off' : null],
    });
    return rowCount === 1;
  }

  /** Compare and set: false when the topic is not closed, or not as it was. */
  async reopen(from: Checkpoint, to: Checkpoint): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `update ${this.schema}.relay_checkpoint set position = $4, seqs = $5::bigint[], next_offsets = $6::bigint[],
          generation = $7, closed = false
        where topic = $1 and position = $2 and generation = $3 and closed`,
      [this.topic, from.position, from.generation, to.position, to.seqs, to.nextOffsets, to.generation],
    );
    return rowCount === 1;
  }
}
