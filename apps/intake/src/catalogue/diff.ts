import { canonicalJson, Refusal, type CatalogueBundle, type IntakeFact, type RecordedEvent } from '@garda/contracts';
import { endingOf, itemsOf, lastEdition, nextEdition, type Item } from './changes';

/** What publishing would do to one stream, or why it would do nothing to any. */
export interface Difference {
  /** `unit-dpupr`, `standard-HB-01`, `calendar-2026.1`, `policy`. */
  readonly item: string;
  readonly change: 'new' | 'edition' | 'ended' | 'refused';
  readonly from?: number;
  readonly to?: number;
  /** Fields that read otherwise than in the edition before. */
  readonly fields?: readonly string[];
  /** Of a standard: the edition before is superseded, for new cases only. */
  readonly supersedes?: number;
  readonly successor?: string;
  readonly on?: string;
  readonly code?: string;
  readonly why?: string;
}

/** What `changesOf` would do, told and not done; what it would refuse, it tells of each item by itself. */
export function differencesOf(
  bundle: CatalogueBundle,
  streams: ReadonlyMap<string, readonly RecordedEvent[]>,
): readonly Difference[] {
  return itemsOf(bundle).flatMap((item) => {
    const stream = streams.get(item.streamId) ?? [];
    try {
      return [
        ...nextEdition(item, stream).flatMap((fact) => edition(item, stream, fact)),
        ...endingOf(item, bundle, stream).flatMap((fact) => ended(item, fact)),
      ];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const fields = changedFields(item, stream);
      return [{ item: item.streamId, change: 'refused' as const, fields, code: error.code, why: error.message }];
    }
  });
}

function edition(item: Item, stream: readonly RecordedEvent[], fact: IntakeFact): readonly Difference[] {
  if (fact.type === 'StandardSuperseded') return []; // told with the edition that supersedes
  const from = lastEdition(stream)?.numbered;
  const to = item.numbered;
  const numbers = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  if (lastEdition(stream) === undefined) return [{ item: item.streamId, change: 'new', ...numbers }];
  const supersedes = fact.type === 'StandardPublished' && from !== undefined ? { supersedes: from } : {};
  return [{ item: item.streamId, change: 'edition', ...numbers, fields: changedFields(item, stream), ...supersedes }];
}

function ended(item: Item, fact: IntakeFact): readonly Difference[] {
  if (fact.type !== 'UnitEnded') return [];
  const { successor, on } = fact.data;
  return [{ item: item.streamId, change: 'ended', successor, on }];
}

function changedFields(item: Item, stream: readonly RecordedEvent[]): readonly string[] {
  const before = (lastEdition(stream)?.content ?? {}) as Record<string, unknown>;
  const now = item.content as Record<string, unknown>;
  const all = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((field) => field !== 'version');
  return all.filter((field) => canonicalJson(before[field] ?? null) !== canonicalJson(now[field] ?? null)).sort();
}
