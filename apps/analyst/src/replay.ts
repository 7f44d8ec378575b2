import { digestOf, type Context, type DigestRow, type JsonValue, type RecordedEvent } from '@garda/contracts';
import { intakeFold, resolutionFold, routingFold, type Fold } from '@garda/domain';

/** What the facts of one context add up to. */
export interface Replayed {
  /** Every fact up to this position of the context's open log is in, and none after it. */
  readonly position: string;
  readonly facts: number;
  readonly cases: number;
  /** SHA-256 over the canonical JSON of all case states. */
  readonly digest: string;
}

const folds = { intake: intakeFold, routing: routingFold, resolution: resolutionFold } as const;

/**
 * Folds the facts of a context, in any order of partitions. The ends of partitions are not read at one moment, so only
 * the dense beginning counts: the longest run of positions from 1 without a gap.
 */
export function replay(context: Context, events: readonly RecordedEvent[]): Replayed {
  const ordered = [...events].sort((a, b) => (a.position < b.position ? -1 : 1));
  const dense = ordered.filter((event, i) => event.position === BigInt(i + 1));
  const rows = rowsOf(folds[context] as Fold<unknown>, dense);
  return { position: String(dense.length), facts: dense.length, cases: rows.length, digest: digestOf(rows) };
}

function rowsOf(fold: Fold<unknown>, events: readonly RecordedEvent[]): DigestRow[] {
  const states = new Map<string, { version: number; state: unknown }>();
  for (const event of events) {
    if (!event.streamId.startsWith('case-')) continue; // the catalogue and other streams are no cases
    const caseId = event.streamId.slice('case-'.length);
    const before = states.get(caseId)?.state ?? fold.initial;
    states.set(caseId, { version: event.version, state: fold.evolve(before, event) });
  }
  return [...states].map(([caseId, { version, state }]) => ({ caseId, version, state: state as JsonValue }));
}
