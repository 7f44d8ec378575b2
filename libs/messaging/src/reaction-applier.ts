import type { RecordedEvent } from '@garda/contracts';
import { encodeBatch, reactSql, sqlState, type AppendRequest, type EventLog } from '@garda/event-store';
import type { Pool } from 'pg';
import { placeId, type Cursor, type Place } from './cursor';
import { ConsumerStoppedError, FirstFailed } from './errors';
import { endOf } from './fresh';
import type { Applier } from './lane-types';
import { deleteParkedSql } from './parking';
import { backoff } from './pause';
import type { TopicRecord } from './record';

/** What a context does of its own accord when it hears a fact of another one. */
export interface Reaction {
  /** The consumer's name; with a version when an old reaction must not count as done. */
  readonly name: string;
  readonly topics: readonly string[];
  /** The own streams that a fact concerns, each once; none: nothing to do with us. */
  streamsOf(event: RecordedEvent): readonly string[];
  /**
   * Pure, and asked for each of these streams: from the own stream, the fact and the case clock to what is to be appended, with the exact version it was
   * decided on and a command id derived from the fact's id. `undefined`: nothing to say. Thrown `NotYet`: not known yet.
   */
  react(own: readonly RecordedEvent[], event: RecordedEvent, now: string, stream: string): AppendRequest | undefined;
}

export interface ReactionCounters {
  reactions: number;
  conflicts: number;
}

type Loaded = Awaited<ReturnType<EventLog['loadMany']>>;

const cursorMoved = 'GA001';
const appendRefused = 'GA002';
const maxChunk = 100;
const conflictPause = { first: 20, most: 1_000 };

/**
 * Cursor and append in one auto-commit statement: a process that freezes holds no log. Streams are loaded and decided on
 * before, without a transaction; whoever appends to one of them meanwhile makes the statement refuse as a whole, and the
 * chunk is halved and decided anew. Without the halving a consumer starves beside busy writers.
 */
export class ReactionApplier implements Applier {
  private readonly paces = new Map<string, { size: number; refusals: number }>();
  private readonly statement: { name: string; text: string };
  private readonly drainText: string;

  constructor(
    private readonly pool: Pool,
    private readonly log: EventLog,
    private readonly reaction: Reaction,
    private readonly counters: ReactionCounters,
  ) {
    this.statement = reactSql(log.schema);
    this.drainText = `with gone as (${deleteParkedSql(22)}) ${this.statement.text} from gone`;
  }

  /** 0 after a refusal: the caller asks again, and the next try decides on what is there then. */
  async apply(place: Place, cursor: Cursor, records: readonly TopicRecord[]): Promise<number | 'moved'> {
    const id = placeId(place.topic, place.partition);
    const pace = this.paces.get(id) ?? { size: maxChunk, refusals: 0 };
    const { done, requests } = await this.decide(records.slice(0, pace.size), cursor);
    const last = records[done - 1];
    if (last === undefined) return 0;
    const outcome = await this.send(this.statement, place, cursor, endOf(last), requests, []);
    if (outcome === 'moved') return 'moved';
    if (outcome === 'done') {
      this.paces.set(id, { size: Math.min(maxChunk, pace.size * 2), refusals: 0 });
      return done;
    }
    const refusals = pace.refusals + 1;
    this.paces.set(id, { size: Math.max(1, Math.floor(pace.size / 2)), refusals });
    if (refusals > 10) await sleep(backoff(refusals - 10, conflictPause));
    return 0;
  }

  async applyParked(place: Place, cursor: Cursor, record: TopicRecord): Promise<'applied' | 'moved'> {
    const statement = { name: `${this.statement.name}.parked`, text: this.drainText };
    const gone = [place.consumer, place.topic, place.partition, record.seq];
    for (let refusals = 0; refusals < 10; refusals++) {
      const { requests } = await this.decide([record], { ...cursor, skipToPosition: 0n });
      const outcome = await this.send(statement, place, cursor, cursor, requests, gone);
      if (outcome !== 'refused') return outcome === 'done' ? 'applied' : 'moved';
      await sleep(backoff(refusals, conflictPause));
    }
    return 'moved'; // writers are at this stream all the time: the next round tries again
  }

  /** Decides on records until a stream repeats or one of them throws; only the first one's error is thrown on. */
  private async decide(
    records: readonly TopicRecord[],
    cursor: Cursor,
  ): Promise<{ done: number; requests: AppendRequest[] }> {
    const streamsOf = ({ event }: TopicRecord): readonly string[] =>
      event.position > cursor.skipToPosition ? this.reaction.streamsOf(event) : [];
    const { streams, count } = untilOneRepeats(records, streamsOf);
    const requests: AppendRequest[] = [];
    if (streams.size === 0) return { done: count, requests };
    const loaded = await this.log.loadMany([...streams]);
    for (const [i, record] of records.slice(0, count).entries()) {
      try {
        requests.push(...streamsOf(record).flatMap((stream) => this.requestFor(stream, record, loaded)));
      } catch (error) {
        if (i === 0) throw new FirstFailed(error);
        return { done: i, requests }; // it comes first next time
      }
    }
    return { done: count, requests };
  }

  private requestFor(stream: string, { event }: TopicRecord, loaded: Loaded): readonly AppendRequest[] {
    const request = this.reaction.react(loaded.streams.get(stream) ?? [], event, loaded.now, stream);
    return request === undefined || request.events.length === 0 ? [] : [request];
  }

  private async send(
    statement: { name: string; text: string },
    place: Place,
    cursor: Cursor,
    to: { seq: bigint; nextOffset: bigint },
    requests: readonly AppendRequest[],
    more: readonly unknown[],
  ): Promise<'done' | 'moved' | 'refused'> {
    const at = [place.consumer, place.topic, place.partition, cursor.revision, to.seq, to.nextOffset];
    try {
      const values = [...at, ...encodeBatch(requests), ...more];
      const { rows } = await this.pool.query<{ head: string | null }>({ ...statement, values });
      const answer = rows[0];
      if (answer === undefined) return 'moved'; // the held row is gone
      this.counters.reactions += requests.length;
      // Relay and projections of this process wake up; without this they would find out by polling.
      if (answer.head !== null) this.log.announce(BigInt(answer.head));
      return 'done';
    } catch (error) {
      if (sqlState(error) === cursorMoved) return 'moved';
      if (sqlState(error) !== appendRefused) throw error;
      this.counters.conflicts++;
      stopIfReused(error, place);
      return 'refused';
    }
  }
}

/** The first records whose streams all differ; those that concern no stream of ours are in no one's way. */
function untilOneRepeats(
  records: readonly TopicRecord[],
  streamsOf: (record: TopicRecord) => readonly string[],
): { streams: Set<string>; count: number } {
  const streams = new Set<string>();
  let count = 0;
  for (const record of records) {
    const own = streamsOf(record);
    if (own.some((stream) => streams.has(stream))) break;
    for (const stream of own) streams.add(stream);
    count++;
  }
  return { streams, count };
}

/** The same command id for another request: two facts led to one command. That is a bug, and repeating does not mend it. */
function stopIfReused(error: unknown, place: Place): void {
  const detail = error instanceof Error && 'detail' in error && typeof error.detail === 'string' ? error.detail : '';
  if (!detail.includes('"key_reused"')) return;
  throw new ConsumerStoppedError('COMMAND_ID_REUSED', `${place.consumer} used a command id for two different requests`);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
