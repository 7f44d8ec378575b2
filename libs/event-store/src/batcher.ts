import { encodeRequest, type EncodedRequest } from './encode';
import { LogClosedError, LogUnavailableError, OverloadedError } from './errors';
import type { AppendOutcome, AppendRequest } from './types';

/** Writes one batch and answers an outcome a request, in order. Resends by itself what had no known outcome. */
export type WriteBatch = (batch: readonly EncodedRequest[]) => Promise<AppendOutcome[]>;

export interface BatcherLimits {
  /** Requests that wait; one more is refused with OVERLOADED. */
  readonly queueLimit: number;
  /** Batches under way at once. */
  readonly inFlight: number;
  /** Batches go side by side, of one size, when each has at least this many: few gain more from one larger batch. */
  readonly besideFrom: number;
  readonly batchRequests: number;
  readonly batchBytes: number;
}

interface Waiting {
  readonly encoded: EncodedRequest;
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: what arrives while a batch is under way travels together in the next one.
 *
 * A batch holds at most one request per stream and per command id; the others wait for the next batch, in their order.
 * That is what lets the database judge a batch against one state.
 */
export class Batcher {
  private queue: Waiting[] = [];
  private underWay = 0;
  private requestsUnderWay = 0;
  private closed = false;
  private drained: (() => void) | undefined;

  constructor(
    private readonly write: WriteBatch,
    private readonly limits: BatcherLimits,
  ) {}

  /** Requests that wait or are under way in no batch yet. */
  get waiting(): number {
    return this.queue.length;
  }

  append(request: AppendRequest): Promise<AppendOutcome> {
    return new Promise((resolve, reject) => {
      if (this.closed) throw new LogClosedError('the log is closed');
      if (this.queue.length >= this.limits.queueLimit)
        throw new OverloadedError(`${this.limits.queueLimit} appends are waiting`);
      this.queue.push({ encoded: encodeRequest(request), resolve, reject });
      this.pump();
    });
  }

  /** Takes nothing more and resolves when all that was taken is answered. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.underWay === 0 && this.queue.length === 0) return;
    await new Promise<void>((resolve) => (this.drained = resolve));
  }

  private pump(): void {
    while (this.mayStart()) {
      const batch = this.nextBatch(this.share());
      this.underWay += 1;
      this.requestsUnderWay += batch.length;
      void this.run(batch).finally(() => {
        this.underWay -= 1;
        this.requestsUnderWay -= batch.length;
        this.pump();
        if (this.underWay === 0 && this.queue.length === 0) this.drained?.();
      });
    }
  }

  private mayStart(): boolean {
    if (this.underWay === 0) return this.queue.length > 0;
    return this.underWay < this.limits.inFlight && this.queue.length >= this.share();
  }

  /**
   * How many requests a batch takes: an equal part of all that wait or are under way. Then the database writes one half
   * while the callers of the other half are answered and ask again; halves of unequal size would end up as one.
   */
  private share(): number {
    const { inFlight, besideFrom, batchRequests } = this.limits;
    const part = Math.ceil((this.queue.length + this.requestsUnderWay) / inFlight);
    return part < besideFrom ? batchRequests : Math.min(part, batchRequests);
  }

  private nextBatch(most: number): Waiting[] {
    const batch: Waiting[] = [];
    const later: Waiting[] = [];
    const streams = new Set<string>();
    const commands = new Set<string>();
    let bytes = 0;
    let seen = 0;
    for (const one of this.queue) {
      const { request } = one.encoded;
      if (batch.length >= most) break;
      if (bytes > 0 && bytes + one.encoded.bytes > this.limits.batchBytes) break;
      if (streams.has(request.streamId) || commands.has(request.commandId)) later.push(one);
      else {
        batch.push(one);
        bytes += one.encoded.bytes;
      }
      // One that waits holds back those after it on its stream and its command: they keep their order.
      streams.add(request.streamId);
      commands.add(request.commandId);
      seen += 1;
    }
    this.queue = later.concat(this.queue.slice(seen));
    return batch;
  }

  /** Never rejects: every request is answered, by its outcome or by an error. */
  private async run(batch: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await this.write(batch.map((one) => one.encoded));
      for (const [i, one] of batch.entries()) one.resolve(outcomes[i] as AppendOutcome);
    } catch (error) {
      if (batch.length === 1 || error instanceof LogUnavailableError) for (const one of batch) one.reject(error);
      // One bad request spoils a batch: each goes once alone, so that only the bad one fails.
      else for (const one of batch) await this.run([one]);
    }
  }
}
