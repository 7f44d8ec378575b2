import type { Pool } from 'pg';
import { digestOf, type Actor, type DigestRow } from '@garda/contracts';
import {
  behindClosed,
  listParked,
  listSkipped,
  progress,
  renumberConsumers,
  rereadTopic,
  retryParked,
  skipParked,
  type ClosedTopic,
  type Progress,
  type SkippedRecord,
} from '@garda/messaging';
import type { CaseClock } from './case-clock';
import { Problem } from './problem';

export interface OperationsOptions {
  readonly pool: Pool;
  readonly clock: CaseClock;
  /** False for a service without a log of its own (the gateway). */
  readonly hasLog: boolean;
  /** Every consumer of the service: one that has not begun has no cursor yet, and still is one that must catch up. */
  readonly hears: readonly Hearing[];
}

/** A consumer and the topics it reads. */
export interface Hearing {
  readonly name: string;
  readonly topics: readonly string[];
}

export interface OwnProgress extends Progress {
  /** The same of the restricted log. */
  readonly restricted?: NonNullable<Progress['log']>;
  readonly hears: Hearing[];
  readonly caseTime: string;
}

export interface Digest {
  /** Position of the log up to which the states are folded. */
  readonly position: string;
  readonly cases: number;
  readonly digest: string;
}

/** What an operator can ask a service and make it do, the same for all of them. */
export class Operations {
  constructor(private readonly opts: OperationsOptions) {}

  /** How far log, relay, consumers and projections are: everything is quiet when all numbers of all services agree. */
  async progress(): Promise<OwnProgress> {
    const { pool, clock, hasLog, hears } = this.opts;
    const read = await progress(pool, hasLog ? { schema: 'log' } : {});
    const { log: restricted } = hasLog ? await progress(pool, { schema: 'log_restricted' }) : {};
    return {
      ...read,
      ...(restricted === undefined ? {} : { restricted }),
      hears: hears.map(({ name, topics }) => ({ name, topics })),
      caseTime: await clock.now(),
    };
  }

  async parked() {
    const keys = await listParked(this.opts.pool);
    return keys.map((key) => ({ ...key, firstSeq: String(key.firstSeq) }));
  }

  /** Asks the consumer that holds the key to try its records again, in order. */
  async retry(of: { consumer: string; topic: string; key: string }): Promise<void> {
    if (!(await retryParked(this.opts.pool, of))) throw new Problem('NOT_PARKED');
  }

  /** Held records that were not applied because somebody said so, the latest first. */
  skipped(): Promise<SkippedRecord[]> {
    return listSkipped(this.opts.pool);
  }

  /** Takes the first record of a held key away unapplied; who and why stays on record. */
  async skip(
    of: { consumer: string; topic: string; key: string; reason: string },
    actor: Actor,
  ): Promise<{ seq: string; left: number }> {
    const done = await skipParked(this.opts.pool, { ...of, actor });
    if (done === undefined) throw new Problem('NOT_PARKED');
    return done;
  }

  /** Every consumer here reads this topic from its beginning and drops what it knows: it was lost and made again. */
  async reread(topic: string): Promise<{ cursors: number }> {
    return { cursors: await rereadTopic(this.opts.pool, topic) };
  }

  /** What consumers here have still to do with a closed topic, in words. */
  async behind(closed: ClosedTopic): Promise<{ behind: string[] }> {
    return { behind: await behindClosed(this.opts.pool, this.readersOf(closed.topic), closed) };
  }

  /** Every consumer here reads a closed topic from its beginning, numbered anew; what it applied it will skip. */
  renumber(closed: ClosedTopic, partitions: number): Promise<{ renumbered: number }> {
    return renumberConsumers(this.opts.pool, { consumers: this.readersOf(closed.topic), closed, partitions });
  }

  private readersOf(topic: string): string[] {
    return this.opts.hears.filter(({ topics }) => topics.includes(topic)).map(({ name }) => name);
  }

  async moveClock(to: string): Promise<{ caseTime: string }> {
    return { caseTime: await this.opts.clock.moveTo(to) };
  }

  /** Over every row of `read.case_state` and the position of its projection, read in one snapshot. */
  async digest(): Promise<Digest> {
    if (!this.opts.hasLog) throw new Problem('NOT_FOUND', 'this service has no log and folds no cases');
    const { position, rows } = await readCaseStates(this.opts.pool);
    return { position, cases: rows.length, digest: digestOf(rows) };
  }
}

async function readCaseStates(pool: Pool): Promise<{ position: string; rows: readonly DigestRow[] }> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(`set local statement_timeout = '60s'`); // all cases of a regency may take longer than a request
    const cursor = await client.query<{ position: string }>(
      `select position::text from consume.projection_cursor where projection = 'case_state' and version =
         substring(obj_description('read.case_state'::regclass, 'pg_class') from 'version ([0-9]+)')::int`,
    );
    const { rows } = await client.query<DigestRow>(
      `select case_id as "caseId", version::int as version, state from read.case_state order by case_id`,
    );
    await client.query('commit');
    return { position: cursor.rows[0]?.position ?? '0', rows };
  } catch (error) {
    await client.query('rollback').catch(() => undefined); // the connection is broken; the first error tells more
    throw error;
  } finally {
    client.release();
  }
}
