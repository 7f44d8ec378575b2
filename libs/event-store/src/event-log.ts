import type { RecordedEvent } from '@garda/contracts';
import { isTracing, noteSpan, SpanKind } from '@garda/tracing';
import type { Pool, PoolClient } from 'pg';
import { Batcher } from './batcher';
import { LogClosedError, OverloadedError } from './errors';
import { toRecordedEvent, type EventRow } from './rows';
import { headStatement, loadManyStatement, loadStatement, readFromStatement, readStreamStatement } from './statements';
import type { AppendOutcome, AppendRequest, BarRequest, JsonValue, LoadedStream, LogSchema } from './types';
import { LogWriter } from './writer';

export interface EventLogOptions {
  /** Connections of the application role (`openPool`). Two are taken by appends, the rest serves reads. */
  readonly pool: Pool;
  readonly schema?: LogSchema;
  readonly queueLimit?: number;
  readonly inFlight?: number;
  /** How long an append whose outcome is unknown is sent again before the caller hears LOG_UNAVAILABLE. */
  readonly giveUpAfterMs?: number;
  /** After each answer, for metrics. */
  readonly onAnswered?: (answer: AppendAnswer) => void;
}

/** How a call of `append` ended; `overloaded` and `failed` were rejected. */
export interface AppendAnswer {
  readonly schema: LogSchema;
  readonly status: AppendOutcome['status'] | 'overloaded' | 'failed';
  readonly events: number;
  readonly seconds: number;
}

interface Header {
  readonly now: string;
  readonly command_id: string | null;
  readonly request_hash: string | null;
  readonly command_version: string;
  readonly command_position: string;
  readonly command_result: string | null;
}
/** The header alone when the stream is empty: then the columns of the event are null. */
type LoadRow = Header & (EventRow | { readonly position: null });

/**
 * One log of a service: the only way into it, and the ways to read it. What it promises is in the README.
 * One instance per log and process, so that concurrent appends share their commits.
 */
export class EventLog {
  readonly schema: LogSchema;
  private readonly pool: Pool;
  private readonly writer: LogWriter;
  private readonly batcher: Batcher;
  private readonly listeners = new Set<(head: bigint) => void>();
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly onAnswered: EventLogOptions['onAnswered'];
  private closed = false;
  private longest = 0;

  constructor(options: EventLogOptions) {
    this.onAnswered = options.onAnswered;
    this.pool = options.pool;
    this.schema = options.schema ?? 'log';
    this.writer = new LogWriter(options.pool, this.schema, options.giveUpAfterMs ?? 15_000);
    this.batcher = new Batcher((batch) => this.written(this.writer.write(batch)), {
      queueLimit: options.queueLimit ?? 2000,
      inFlight: options.inFlight ?? 2,
      besideFrom: 24,
      batchRequests: 200,
      batchBytes: 1_000_000,
    });
  }

  /** Resolves when the outcome is durable. Rejects with OVERLOADED at once when too many wait. */
  append(request: AppendRequest): Promise<AppendOutcome> {
    return isTracing() || this.onAnswered !== undefined ? this.observed(request) : this.batcher.append(request);
  }

  /** Several streams, all or nothing: rejects with APPEND_REFUSED unless each was appended or repeated. */
  async appendAll(requests: readonly AppendRequest[]): Promise<AppendOutcome[]> {
    if (this.closed) throw new LogClosedError('the log is closed');
    if (requests.length === 0) return [];
    return this.followed(this.written(this.writer.writeAll(requests)));
  }

  /**
   * Commands that are not to be recorded any more, because their repetition was refused: from now on each append under
   * their ids is `barred`. What was recorded before is answered as `repeated`. All or nothing.
   */
  async bar(requests: readonly BarRequest[]): Promise<AppendOutcome[]> {
    if (this.closed) throw new LogClosedError('the log is closed');
    return this.followed(this.writer.bar(requests));
  }

  /** A stream and the command that may have been answered before, in one statement: nothing can come between them. */
  async load(streamId: string, commandId?: string): Promise<LoadedStream> {
    const { rows } = await this.pool.query<LoadRow>({
      ...loadStatement(this.schema),
      values: [streamId, commandId ?? null],
    });
    const head = rows[0] as LoadRow;
    const events = rows.filter(isEvent).map(toRecordedEvent);
    this.sawVersion(events.length);
    if (head.command_id === null) return { events, now: head.now };
    const command = {
      requestHash: head.request_hash,
      version: Number(head.command_version),
      position: BigInt(head.command_position),
      result: JSON.parse(head.command_result ?? 'null') as JsonValue,
    };
    return { events, command, now: head.now };
  }

  /** Many streams and the case clock in one statement. A stream without events is an empty list. */
  async loadMany(streamIds: readonly string[]): Promise<{ streams: Map<string, RecordedEvent[]>; now: string }> {
    const { rows } = await this.pool.query<LoadRow>({ ...loadManyStatement(this.schema), values: [streamIds] });
    const streams = new Map<string, RecordedEvent[]>(streamIds.map((id) => [id, []]));
    for (const row of rows) if (isEvent(row)) streams.get(row.stream_id)?.push(toRecordedEvent(row));
    for (const { length } of streams.values()) this.sawVersion(length);
    return { streams, now: (rows[0] as LoadRow).now };
  }

  /**
   * Events after a position, in order. Positions are dense: fewer than `limit` means the end was reached.
   * `on` is a connection of the caller's, for one that holds a transaction and wants no second.
   */
  async readFrom(after: bigint, limit: number, on: Pool | PoolClient = this.pool): Promise<RecordedEvent[]> {
    const { rows } = await on.query<EventRow>({ ...readFromStatement(this.schema), values: [after, limit] });
    return rows.map(toRecordedEvent);
  }

  async readStream(streamId: string, afterVersion = 0): Promise<RecordedEvent[]> {
    const { rows } = await this.pool.query<EventRow>({
      ...readStreamStatement(this.schema),
      values: [streamId, afterVersion],
    });
    return rows.map(toRecordedEvent);
  }

  /** The last position; 0 while the log is empty. */
  async head(): Promise<bigint> {
    const { rows } = await this.pool.query<{ position: string }>(headStatement(this.schema));
    return BigInt(rows[0]?.position ?? 0);
  }

  /** Calls the listener after each append of this process, with the highest position it brought. Returns the way out. */
  onAppended(listener: (head: bigint) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Wakes the listeners for appends made beside this object: reactions. */
  announce(head: bigint): void {
    for (const listener of this.listeners) listener(head);
  }

  /** Requests in the queue, for a metric. */
  get waiting(): number {
    return this.batcher.waiting;
  }

  /** Events of the longest stream that this process loaded or appended to, for a metric: a stream is loaded whole. */
  get longestStream(): number {
    return this.longest;
  }

  /** Takes no more appends and resolves when all that were taken are answered. The pool stays open: it is the caller's. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([this.batcher.close(), Promise.allSettled(this.underWay)]);
  }

  /** From the call to the answer, in the trace of the request. */
  private async observed(request: AppendRequest): Promise<AppendOutcome> {
    const began = performance.now();
    const note = (status: AppendAnswer['status'], failedWith?: string): void => {
      const events = request.events.length;
      this.onAnswered?.({ schema: this.schema, status, events, seconds: (performance.now() - began) / 1000 });
      const attributes = { 'db.system.name': 'postgresql', 'garda.log': this.schema, 'garda.events': events };
      const parent = request.events[0]?.meta.traceparent;
      const span = { kind: SpanKind.CLIENT, parent, began, failedWith };
      noteSpan('append', { ...span, attributes: { ...attributes, 'garda.append.status': status } });
    };
    try {
      const outcome = await this.batcher.append(request);
      note(outcome.status);
      return outcome;
    } catch (error) {
      note(error instanceof OverloadedError ? 'overloaded' : 'failed', error instanceof Error ? error.name : 'unknown');
      throw error;
    }
  }

  /** `close()` waits for it. */
  private followed<T>(call: Promise<T>): Promise<T> {
    this.underWay.add(call);
    return call.finally(() => this.underWay.delete(call));
  }

  private async written(answer: Promise<AppendOutcome[]>): Promise<AppendOutcome[]> {
    const outcomes = await answer;
    let head = 0n;
    for (const one of outcomes) {
      if (one.status !== 'appended') continue;
      if (one.position > head) head = one.position;
      this.sawVersion(one.version);
    }
    if (head > 0n) this.announce(head);
    return outcomes;
  }

  /** Versions of a stream are dense: the last one is its length. */
  private sawVersion(version: number): void {
    if (version > this.longest) this.longest = version;
  }
}

const isEvent = (row: LoadRow): row is Header & EventRow => row.position !== null;
