import type { IntakeData, RecordedEvent } from '@garda/contracts';
import { filingUnit } from '../shared/actor';
import type { Catalogue } from '../shared/catalogue';
import { sharesOf, spansAfter, type Holder, type Share, type Span } from '../shared/shares';
import { askedAfter, isOver, type Asked } from './asked';

type Noted = IntakeData<'CaseProgressNoted'>;
type Submitted = IntakeData<'CaseSubmitted'>;

/** What the citizen was told of a case that says with whom it is. */
interface Told {
  readonly unit: string | null;
  readonly asked: readonly Asked[];
  readonly onTheWay: readonly string[];
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
  let told: Told = { unit: filingUnit(filedBy) ?? null, asked: [], onTheWay: [], over: false };
  let spans: readonly Span[] = spansAfter([], holderOf(told), receivedAt);
  for (const event of events) {
    told = after(told, event);
    spans = spansAfter(spans, holderOf(told), momentOf(event));
  }
  return sharesOf(spans, catalogue.calendar(terms.calendar));
}

function holderOf({ unit, asked, onTheWay, over }: Told): Holder | null {
  if (over) return null;
  if (asked.some(({ at, until }) => at !== null && until === null)) return { with: 'citizen', unit: null };
  if (onTheWay.length > 0) return { with: 'transit', unit: null };
  return { with: unit === null ? 'triage' : 'unit', unit };
}

/** When a fact made its difference: what is taken over says when that happened elsewhere. */
function momentOf({ type, data, recordedAt }: RecordedEvent): string {
  return type === 'CaseProgressNoted' || type === 'FeeNoted' ? (data as Noted).at : recordedAt;
}

function after(told: Told, event: RecordedEvent): Told {
  const asked = askedAfter(told.asked, event);
  if (event.type !== 'CaseProgressNoted') return { ...told, asked };
  const noted = event.data as Noted;
  return {
    unit: unitAfter(told.unit, noted),
    asked,
    onTheWay: onTheWayAfter(told.onTheWay, noted),
    over: noted.state !== 'reopened' && (told.over || isOver(noted.state)),
  };
}

/** Who only decides a dispute has not got the case. */
function unitAfter(unit: string | null, noted: Noted): string | null {
  return noted.fact === 'WorkReceived' && noted.state !== 'disputed' ? (noted.unit ?? null) : unit;
}

/** Papers travel whatever the case waits for, also once it is decided. */
function onTheWayAfter(onTheWay: readonly string[], { fact, items = [], missing = [] }: Noted): readonly string[] {
  switch (fact) {
    case 'DocumentsHandedOver':
      return [...onTheWay, ...items];
    case 'DocumentsAcknowledged':
    case 'DocumentsLost':
      return onTheWay.filter((item) => !items.includes(item) && !missing.includes(item));
    default:
      return onTheWay;
  }
}
