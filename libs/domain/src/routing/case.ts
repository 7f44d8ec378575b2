import { upcast, type RecordedRoutingFact, type RoutingData } from '@garda/contracts';
import { unknownFact, UnknownFactError, type Fold } from '../shared/fold';

type Entered = RoutingData<'CaseEntered'>;

/** What routing must know of a case to place it and to count its time. */
export interface EnteredFile extends Omit<Entered, 'sealTo' | 'area' | 'reportedUnit'> {
  readonly area: string | null;
  readonly reportedUnit: string | null;
}

/** The present offer: which unit answers, for which stage, since when. */
export interface Place {
  readonly unit: string;
  readonly offer: number;
  readonly stage: number;
  readonly binding: boolean;
  /** When this unit was named, and the version of that fact: the clocks of the offer start here. */
  readonly since: string;
  readonly version: number;
  /** From when the stage's budget runs: the first one by policy from receipt, else from the hand-over. */
  readonly stageFrom: string;
  readonly acknowledged: boolean;
  readonly officer: string | null;
}

export interface Triage {
  readonly reason: RoutingData<'CaseSentToTriage'>['reason'];
  readonly suggestion: string | null;
  readonly since: string;
  readonly version: number;
}

/** A stop of the clock: from a successful notification to the answer. */
export interface Wait {
  readonly for: 'question' | 'fee';
  readonly ref: string;
  readonly at: string;
  readonly until: string | null;
}

/** From when, and for how long, the whole promise runs. A resumed case runs a remedial time. */
export interface PromisedTime {
  readonly from: string;
  readonly times: readonly string[];
  readonly version: number;
}

export interface Climbed {
  readonly clock: 'unassigned' | 'triage' | 'stage' | 'total';
  readonly startedVersion: number;
  readonly rung: number;
  readonly to: string;
  /** The number of offers so far: a new offer begins again at its own head. */
  readonly offers: number;
}

export interface Settled {
  readonly how: 'decided' | 'withdrawn' | 'final';
  readonly outcome: string;
  readonly unit: string | null;
  readonly at: string;
}

export interface EnteredCase {
  readonly file: EnteredFile;
  readonly promise: PromisedTime;
  readonly place: Place | null;
  readonly triage: Triage | null;
  /** The stage that has, or needs, a unit. */
  readonly stage: number;
  /** The last number given to an offer. */
  readonly offers: number;
  /** Units that had the case before, oldest first. */
  readonly past: readonly string[];
  readonly waits: readonly Wait[];
  /** `clock startedVersion`, one entry a missed deadline. */
  readonly missed: readonly string[];
  readonly climbed: readonly Climbed[];
  readonly leader: string | null;
  readonly followers: readonly string[];
  readonly settled: Settled | null;
}

/** A case as routing sees it: who answers for it, and is it late (domain, B.2). */
export type RoutingCase =
  | { readonly status: 'none' }
  | (EnteredCase & { readonly status: 'unrouted' })
  | (EnteredCase & { readonly status: 'triage'; readonly triage: Triage; readonly place: null })
  | (EnteredCase & { readonly status: 'offered' | 'held'; readonly place: Place; readonly triage: null })
  | (EnteredCase & { readonly status: 'settled' | 'released' });
export type KnownRoutingCase = Exclude<RoutingCase, { status: 'none' }>;

export const routingFold: Fold<RoutingCase> = {
  initial: { status: 'none' },
  evolve(state, event) {
    const fact = upcast(event) as RecordedRoutingFact;
    if (fact.type === 'CaseEntered') return entered(fact.data, fact.version);
    if (state.status === 'none') throw new UnknownFactError(event.type);
    return evolveKnown(state, fact);
  },
};

/** Open: somebody must still answer for it. */
export function isOpen(state: KnownRoutingCase): boolean {
  return state.status !== 'settled' && state.status !== 'released';
}

function entered({ sealTo: _keys, ...data }: Entered, version: number): RoutingCase {
  return {
    status: 'unrouted',
    file: { ...data, area: data.area ?? null, reportedUnit: data.reportedUnit ?? null },
    promise: { from: data.receivedAt, times: data.terms.stages.map((stage) => stage.time), version },
    place: null,
    triage: null,
    stage: 0,
    offers: 0,
    past: [],
    waits: [],
    missed: [],
    climbed: [],
    leader: null,
    followers: [],
    settled: null,
  };
}

type LaterFact = Exclude<RecordedRoutingFact, { type: 'CaseEntered' }>;

function evolveKnown(state: KnownRoutingCase, fact: LaterFact): RoutingCase {
  switch (fact.type) {
    case 'CaseRouted':
      return offered(
        state,
        fact,
        state.triage === null && fact.data.stage === 0 ? state.file.receivedAt : fact.recordedAt,
      );
    case 'StageHandedOver':
      return offered(state, fact, fact.recordedAt);
    case 'CaseSentToTriage':
      return inTriage(state, fact);
    case 'HandOverAcknowledged':
      return state.status === 'offered' && state.place.offer === fact.data.offer
        ? { ...state, status: 'held', place: { ...state.place, acknowledged: true } }
        : state;
    case 'OfficerNoted':
      return withPlace(state, fact.data.offer, fact.data.officer ?? null);
    case 'DuplicateLinked':
      return linked(state, fact.data);
    case 'DuplicateUnlinked':
      return unlinked(state, fact.data);
    case 'DeadlineMissed':
      return { ...state, missed: [...state.missed, missedKey(fact.data.clock, startOf(state, fact.data.clock))] };
    case 'CaseEscalated': {
      const { clock, rung, to } = fact.data;
      return {
        ...state,
        climbed: [...state.climbed, { clock, rung, to, startedVersion: startOf(state, clock), offers: state.offers }],
      };
    }
    case 'WaitBegan': {
      const { for: why, ref, at } = fact.data;
      return { ...state, waits: [...state.waits, { for: why, ref, at, until: null }] };
    }
    case 'WaitEnded':
      return { ...state, waits: endWaits(state.waits, fact.data.at, fact.data.ref) };
    case 'WorkSettled':
      return settledBy(state, fact.data);
    case 'CaseResumed':
      return resumed(state, fact);
    case 'CaseReleased':
      return { ...state, status: 'released' };
    default:
      return unknownFact(fact);
  }
}

/** The version at which a clock of this case was started: a later start begins again at rung 1. */
export function startOf(state: KnownRoutingCase, clock: Climbed['clock']): number {
  if (clock === 'total') return state.promise.version;
  if (clock === 'triage') return state.triage?.version ?? 0;
  return state.place?.version ?? 0;
}

export function missedKey(clock: string, startedVersion: number): string {
  return `${clock} ${startedVersion}`;
}

type Offer = Extract<LaterFact, { type: 'CaseRouted' | 'StageHandedOver' }>;

function offered(state: KnownRoutingCase, fact: Offer, stageFrom: string): RoutingCase {
  const { unit, offer, stage } = fact.data;
  const binding = fact.type === 'CaseRouted' && fact.data.binding;
  const since = fact.recordedAt;
  return {
    ...state,
    status: 'offered',
    place: { unit, offer, stage, binding, since, version: fact.version, stageFrom, acknowledged: false, officer: null },
    triage: null,
    stage,
    offers: offer,
    past: pastUnits(state),
  };
}

function inTriage(state: KnownRoutingCase, fact: Extract<LaterFact, { type: 'CaseSentToTriage' }>): RoutingCase {
  const { reason, suggestion, stage } = fact.data;
  return {
    ...state,
    status: 'triage',
    place: null,
    triage: { reason, suggestion: suggestion?.refer ?? null, since: fact.recordedAt, version: fact.version },
    stage: stage ?? state.stage,
    past: pastUnits(state),
  };
}

function pastUnits(state: KnownRoutingCase): readonly string[] {
  const unit = state.place?.unit;
  return unit === undefined || state.past.includes(unit) ? state.past : [...state.past, unit];
}

function withPlace(state: KnownRoutingCase, offer: number, officer: string | null): RoutingCase {
  return state.place?.offer === offer ? ({ ...state, place: { ...state.place, officer } } as RoutingCase) : state;
}

function linked(state: KnownRoutingCase, { leader, follower }: RoutingData<'DuplicateLinked'>): RoutingCase {
  return state.file.caseId === follower
    ? { ...state, leader }
    : { ...state, followers: [...state.followers.filter((one) => one !== follower), follower] };
}

function unlinked(state: KnownRoutingCase, { follower }: RoutingData<'DuplicateUnlinked'>): RoutingCase {
  return state.file.caseId === follower
    ? { ...state, leader: null }
    : { ...state, followers: state.followers.filter((one) => one !== follower) };
}

function endWaits(waits: readonly Wait[], at: string, ref?: string): readonly Wait[] {
  return waits.map((wait) =>
    wait.until === null && (ref === undefined || wait.ref === ref) ? { ...wait, until: at } : wait,
  );
}

function settledBy(state: KnownRoutingCase, data: RoutingData<'WorkSettled'>): RoutingCase {
  const { how, outcome, unit, at } = data;
  return {
    ...state,
    // A case that was let go stays so: a late settlement only adds to what is known of it.
    status: state.status === 'released' ? 'released' : 'settled',
    waits: endWaits(state.waits, at),
    settled: { how, outcome, unit: unit ?? null, at },
  };
}

function resumed(state: KnownRoutingCase, fact: Extract<LaterFact, { type: 'CaseResumed' }>): RoutingCase {
  const { unit, offer, stage, time } = fact.data;
  const since = fact.recordedAt;
  const base = {
    ...state,
    stage,
    offers: offer,
    settled: null,
    promise: { from: since, times: [time], version: fact.version },
  };
  if (unit === undefined)
    return {
      ...base,
      status: 'triage',
      place: null,
      triage: { reason: 'no_unit', suggestion: null, since, version: fact.version },
      past: pastUnits(state),
    };
  const officer = state.place?.unit === unit ? state.place.officer : null;
  return {
    ...base,
    status: 'held',
    triage: null,
    place: {
      unit,
      offer,
      stage,
      binding: false,
      since,
      version: fact.version,
      stageFrom: since,
      acknowledged: true,
      officer,
    },
  };
}
