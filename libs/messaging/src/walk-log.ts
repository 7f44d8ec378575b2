import { createHash } from 'node:crypto';
import { eventColumns, toRecordedEvent, type EventRow } from '@garda/event-store';
import { headOf } from './verify-log';
import type { Finding, WalkOptions } from './walk';
import { walkTopic } from './walk-topic';

export interface Walked {
  readonly topic: string;
  readonly events: number;
  readonly records: number;
  /** SHA-256 (hex) over every stored column of every row, in order: two logs with the same digest are the same log. */
  readonly digest: string;
  readonly finding?: Finding;
}

const atOnce = 1_000;

/**
 * Walks a log and its topic from the first fact to the last: positions and versions dense, the clock never backwards,
 * each fact as its contract says; each record of the topic the row of its position, number by number and byte by byte,
 * none left out. It stops at the first wrong position and changes nothing. What is appended meanwhile is not looked at.
 */
export async function walkLog(options: WalkOptions): Promise<Walked> {
  const { pool, schema, topic, signal } = options;
  const head = await headOf(pool, schema);
  const walk = new LogWalk(options);
  while (walk.at < head && walk.finding === undefined) {
    signal?.throwIfAborted();
    const { rows } = await pool.query<WalkedRow>(
      `select ${eventColumns}, e.version = 1 or exists (select 1 from ${schema}.events b where b.stream_id = e.stream_id
           and b.version = e.version - 1 and b.position < e.position) as follows
        from ${schema}.events e where e.position > $1 and e.position <= $2 order by e.position limit $3`,
      [walk.at, head, atOnce],
    );
    walk.see(rows);
    options.onProgress?.(Number(walk.at), 2 * Number(head));
  }
  const seen = { topic, events: Number(walk.at), digest: walk.digest() };
  if (walk.finding !== undefined) return { ...seen, records: 0, finding: walk.finding };
  const onProgress = (records: number) => options.onProgress?.(Number(head) + records, 2 * Number(head));
  return { ...seen, ...(await walkTopic({ ...options, head, onProgress })) };
}

interface WalkedRow extends EventRow {
  readonly follows: boolean;
}

class LogWalk {
  at = 0n;
  finding: Finding | undefined;
  private recordedAt = '';
  private readonly hash = createHash('sha256');

  constructor(private readonly options: WalkOptions) {}

  see(rows: readonly WalkedRow[]): void {
    if (rows.length === 0) return this.find(this.at + 1n, 'POSITION_MISSING'); // there is a head behind it
    for (const row of rows) {
      const code = this.wrongWith(row);
      if (code !== undefined) return this.find(this.at + 1n, code);
      this.at += 1n;
      this.recordedAt = row.recorded_at;
      this.hash.update(`${JSON.stringify({ ...row, follows: undefined })}\n`);
    }
  }

  digest(): string {
    return this.hash.digest('hex');
  }

  private wrongWith(row: WalkedRow): string | undefined {
    if (row.position !== String(this.at + 1n)) return 'POSITION_MISSING';
    if (!row.follows) return 'VERSION_MISSING';
    if (row.recorded_at < this.recordedAt) return 'CLOCK_RAN_BACK';
    return this.options.check?.(toRecordedEvent(row));
  }

  private find(position: bigint, code: string): void {
    this.finding = { in: 'log', position: String(position), code };
  }
}
