import { digestOf, type Context, type DigestRow, type JsonValue, type RecordedEvent } from '@garda/contracts';
import { intakeFold, resolutionFold, routingFold, type Fold } from '@garda/domain';
import { TopicBrokenError } from './record';

/** What the facts of one context add up to. */
export interface Replayed {
  /** Every fact up to this position of the context's open log is in, and none after it. */
  readonly position: string;
  readonly facts: number;
  readonly cases: number;
  /** SHA-256 over the canonical JSON of all case states. */
  readonly digest: string;
}

const ofCase = 'case-';
const folds = { intake: intakeFold, routing: routingFold, resolution: resolutionFold } as const;

/**
 * Folds the facts of a context as they come, in any order of partitions. The ends of partitions are not read at one
 * moment, so only the dense beginning counts: positions from 1 without a gap. What is early waits, so that no more facts
 * are in memory than partitions are apart.
 */
export class Replay {
  private readonly fold: Fold<unknown>;
  private readonly cases = new Map<string, { version: number; state: unknown }>(); // by stream
  private readonly early = new Map<number, RecordedEvent>();
  private position = 0;

  constructor(context: Context) {
    this.fold = folds[context] as Fold<unknown>;
  }

  /** Throws `TopicBrokenError` where another fact was at this position. */
  take(event: RecordedEvent): void {
    const position = Number(event.position);
    if (position <= this.position || this.early.has(position))
      throw new TopicBrokenError(`position ${position} is there twice`);
    this.early.set(position, event);
    for (let next = this.next(); next !== undefined; next = this.next()) this.apply(next);
  }

  end(): Replayed {
    const rows = [...this.cases].map(([stream, { version, state }]): DigestRow => {
      return { caseId: stream.slice(ofCase.length), version, state: state as JsonValue };
    });
    return { position: String(this.position), facts: this.position, cases: rows.length, digest: digestOf(rows) };
  }

  private next(): RecordedEvent | undefined {
    return this.early.get(this.position + 1);
  }

  private apply(event: RecordedEvent): void {
    this.position += 1;
    this.early.delete(this.position);
    if (!event.streamId.startsWith(ofCase)) return; // the catalogue and other streams are no cases
    const known = this.cases.get(event.streamId);
    const state = this.fold.evolve(known?.state ?? this.fold.initial, event);
    if (known === undefined) this.cases.set(event.streamId, { version: event.version, state });
    else Object.assign(known, { version: event.version, state });
  }
}
