import type { IntakeData, ProgressState, RecordedEvent } from '@garda/contracts';

export type PublicStatus = 'open' | 'closed';
/** Where a case stands, as far as everybody may know. Waiting for the citizen is between him and the office. */
export type PublicState = 'received' | 'working' | 'decided' | 'disputed' | 'final' | 'closed' | 'withdrawn';

export interface PublicCase {
  readonly caseId: string;
  readonly number: string;
  readonly standard: string;
  readonly standardVersion: number;
  readonly area: string | null;
  readonly lat: number | null;
  readonly long: number | null;
  readonly description: string | null;
  readonly place: string | null;
  readonly unit: string | null;
  readonly state: PublicState;
  readonly imported: boolean;
  readonly calendar: string;
  readonly stageTimes: readonly string[];
  readonly requestedAt: string;
  readonly updatedAt: string;
}

export interface PublicUpdate {
  readonly updateId: string;
  readonly caseId: string;
  readonly number: string;
  readonly kind: 'summary' | 'status';
  readonly state: PublicState;
  readonly text: string | null;
  readonly at: string;
  readonly position: bigint;
}

/** `closed` from the decision on, `open` again when the case is disputed or reopened (domain, B.4). */
export function publicStatus(state: PublicState): PublicStatus {
  return state === 'received' || state === 'working' || state === 'disputed' ? 'open' : 'closed';
}

/** The public state a progress note leads to; undefined leaves it as it is. */
const publicStateOf: Record<ProgressState, PublicState | undefined> = {
  received: undefined,
  working: 'working',
  waiting: undefined,
  decided: 'decided',
  disputed: 'disputed',
  final: 'final',
  closed: 'closed',
  reopened: 'working',
  withdrawn: 'withdrawn',
  goes_on: undefined,
  too_late: undefined,
  dispute_moot: undefined,
  extended: undefined,
  news: undefined,
};

/** Who decides a dispute answers for it, not for the case. */
const disputing: ReadonlySet<ProgressState> = new Set(['disputed', 'final']);

export interface Step {
  readonly now: PublicCase | undefined;
  readonly update?: PublicUpdate;
}

/**
 * What one fact changes for everybody. A case that is not about a place, or whose content is private, never begins, and
 * so nothing about it follows. No word a citizen wrote and no identity passes through here.
 */
export function publicStep(before: PublicCase | undefined, event: RecordedEvent): Step {
  if (event.type === 'CaseSubmitted') return { now: begin(event) };
  if (before === undefined) return { now: undefined };
  if (event.type === 'PublicSummaryPublished') return summary(before, event);
  if (event.type === 'CaseProgressNoted') return progress(before, event);
  return { now: before };
}

function begin(event: RecordedEvent): PublicCase | undefined {
  const data = event.data as IntakeData<'CaseSubmitted'>;
  if (data.terms.publicity !== 'place' || data.content !== 'public') return undefined;
  const imported = data.channel === 'import';
  return {
    caseId: data.caseId,
    number: data.number,
    standard: data.terms.standard,
    standardVersion: data.terms.standardVersion,
    area: data.objectPlace.areaCode ?? null,
    lat: data.objectPlace.lat ?? null,
    long: data.objectPlace.long ?? null,
    description: null,
    place: null,
    unit: null,
    state: 'received',
    imported,
    calendar: data.terms.calendar,
    stageTimes: data.terms.stages.map((stage) => stage.time),
    requestedAt: data.receivedAt,
    updatedAt: imported ? event.occurredAt : event.recordedAt,
  };
}

function summary(before: PublicCase, event: RecordedEvent): Step {
  const data = event.data as IntakeData<'PublicSummaryPublished'>;
  const at = saidByImport(event) ? event.occurredAt : event.recordedAt;
  const now = {
    ...before,
    description: data.text,
    place: data.place ?? before.place,
    updatedAt: later(before.updatedAt, at),
  };
  return { now, update: updateOf(now, event, { kind: 'summary', text: data.text, at }) };
}

/**
 * A change of status is public by itself, but for cases of another system: their notes are the whole of what was said.
 */
function progress(before: PublicCase, event: RecordedEvent): Step {
  const data = event.data as IntakeData<'CaseProgressNoted'>;
  const state = publicStateOf[data.state] ?? before.state;
  const unit = disputing.has(data.state) || data.fact === 'DisputeDecided' ? before.unit : (data.unit ?? before.unit);
  if (state === before.state) return { now: { ...before, unit } };
  const at = before.imported ? data.at : event.recordedAt;
  const now = { ...before, unit, state, updatedAt: later(before.updatedAt, at) };
  return before.imported ? { now } : { now, update: updateOf(now, event, { kind: 'status', text: null, at }) };
}

/** The importer replays another system's notes: they became public when that system published them. */
function saidByImport(event: RecordedEvent): boolean {
  return event.meta.actor.kind === 'program' && event.meta.actor.id === 'import';
}

function updateOf(now: PublicCase, event: RecordedEvent, of: Pick<PublicUpdate, 'kind' | 'text' | 'at'>): PublicUpdate {
  const { caseId, number, state } = now;
  return { updateId: event.eventId, caseId, number, state, position: event.position, ...of };
}

/** Times of one precision compare as instants, whatever their text. */
function later(a: string, b: string): string {
  return Date.parse(b) >= Date.parse(a) ? b : a;
}
