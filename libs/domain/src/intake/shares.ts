import type { IntakeData, RecordedEvent } from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import { sharesOf, spansAfter, type Holder, type Share, type Span } from '../shared/shares';

type Noted = IntakeData<'CaseProgressNoted'>;
type Submitted = IntakeData<'CaseSubmitted'>;

/** What the citizen was told of a case that says with whom it is. */
interface Told {
  readonly unit: string | null;
  /** What he was asked, or billed for, and whether he has been told of it. */
  readonly asked: ReadonlyMap<string, boolean>;
  readonly onTheWay: ReadonlySet<string>;
  readonly over: boolean;
}

/**
 * Whose share of the time it was (domain, B.4), from what the citizen was told: the same sum that routing has by its own
 * facts. Throws `ReferenceMissing` while this process has not seen the calendar of the terms.
 */
export function sharesTold(events: readonly RecordedEvent[], catalogue: Catalogue): readonly Share[] {
  const submitted = events[0]?.data as Submitted | undefined;
  if (submitted === undefined) return [];
  const { filedBy, receivedAt, terms } = submitted;
  const unit = filedBy.by === 'desk' ? filedBy.unit : null;
  let told: Told = { unit, asked: new Map(), onTheWay: new Set(), over: false };
  let spans: readonly Span[] = spansAfter([], holderOf(told), receivedAt);
  for (const event of events) {
    const next = after(told, event);
    if (next === undefined) continue;
    told = next.told;
    spans = spansAfter(spans, holderOf(told), next.at);
  }
  return sharesOf(spans, catalogue.calendar(terms.calendar));
}

function holderOf({ unit, asked, onTheWay, over }: Told): Holder | null {
  if (over) return null;
  if ([...asked.values()].includes(true)) return { with: 'citizen', unit: null };
  if (onTheWay.size > 0) return { with: 'transit', unit: null };
  return unit === null ? { with: 'triage', unit } : { with: 'unit', unit };
}

function after(told: Told, { type, data, recordedAt }: RecordedEvent): { told: Told; at: string } | undefined {
  if (type === 'CaseProgressNoted') return { told: noted(told, data as Noted), at: (data as Noted).at };
  if (type !== 'CitizenNotified') return undefined;
  const { about, ok } = data as IntakeData<'CitizenNotified'>;
  if (!ok || told.asked.get(about) !== false) return undefined;
  return { told: { ...told, asked: new Map(told.asked).set(about, true) }, at: recordedAt };
}

const paperFacts = new Set(['DocumentsHandedOver', 'DocumentsAcknowledged', 'DocumentsLost', 'DocumentsReturned']);
const endsAsking = new Set(['AnswerReceived', 'InformationRequestWithdrawn', 'FeeReceived', 'FeeAssessmentCancelled']);

function noted(told: Told, { fact, state, ref, unit, items = [], missing = [] }: Noted): Told {
  const next = { ...told, over: overAfter(told.over, state) };
  if (fact === 'WorkReceived' && state !== 'disputed') return { ...next, unit: unit ?? null };
  if (fact === 'InformationRequested' || fact === 'FeeAssessed')
    return { ...next, asked: new Map(told.asked).set(ref, false) };
  if (endsAsking.has(fact) || next.over) return { ...next, asked: new Map() };
  if (!paperFacts.has(fact)) return next;
  const onTheWay = new Set(told.onTheWay);
  for (const item of [...items, ...missing])
    if (fact === 'DocumentsHandedOver') onTheWay.add(item);
    else onTheWay.delete(item);
  return { ...next, onTheWay };
}

function overAfter(over: boolean, state: Noted['state']): boolean {
  if (state === 'reopened') return false;
  return over || ['decided', 'withdrawn', 'disputed', 'final', 'closed'].includes(state);
}
