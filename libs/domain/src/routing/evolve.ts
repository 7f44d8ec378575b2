import { upcast, type RecordedRoutingFact, type RoutingData } from '@garda/contracts';
import { unknownFact, UnknownFactError, type Fold } from '../shared/fold';
import { missedKey, startOf, type KnownRoutingCase, type Place, type RoutingCase, type Wait } from './case';
import { papersAfter } from './papers';

type Entered = RoutingData<'CaseEntered'>;

export const routingFold: Fold<RoutingCase> = {
  initial: { status: 'none' },
  evolve(state, event) {
    const fact = upcast(event) as RecordedRoutingFact;
    if (fact.type === 'CaseEntered') return entered(fact.data, fact.version);
    if (state.status === 'none') throw new UnknownFactError(event.type);
    return evolveKnown(state, fact);
  },
};

function entered(data: Entered, version: number): RoutingCase {
  const { caseId, terms, filedBy, papers, receivedAt, entry, objectPlace, attributes, identity, content } = data;
  const { area = null, reportedUnit = null } = data;
  return {
    status: 'unrouted',
    file: {
      ...{ caseId, terms, filedBy, papers, receivedAt, entry, objectPlace, attributes, identity, content },
      ...{ area, reportedUnit },
    },
    promise: { from: receivedAt, times: terms.stages.map((stage) => stage.time), version },
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

    papers: [],
  };
}

type LaterFact = Exclude<RecordedRoutingFact, { type: 'CaseEntered' }>;

function evolveKnown(state: KnownRoutingCase, fact: LaterFact): RoutingCase {
  switch (fact.type) {
    case 'CaseRouted':
    case 'StageHandedOver':
      return offered(state, fact);
    case 'CaseSentToTriage':
      return inTriage(state, fact);
    case 'HandOverAcknowledged':
      return acknowledged(state, fact.data.offer);
    case 'OfficerNoted':
      return officerNoted(state, fact.data);
    case 'DuplicateLinked':
      return linked(state, fact.data);
    case 'DuplicateUnlinked':
      return unlinked(state, fact.data);
    case 'DeadlineMissed':
      return { ...state, missed: [...state.missed, missedKey(fact.data.clock, startOf(state, fact.data.clock))] };
    case 'CaseEscalated':
      return climbed(state, fact.data);
    case 'WaitBegan':
      return waiting(state, fact.data);
    case 'WaitEnded':
      return { ...state, waits: endWaits(state.waits, fact.data.at, fact.data.ref) };
    case 'WorkSettled':
      return settledBy(state, fact.data);
    case 'CaseResumed':
      return resumed(state, fact);
    case 'CaseReleased':
      return { ...state, status: 'released' };

    case 'PapersNoted':
      return { ...state, papers: papersAfter(state.papers, fact.data) };
    default:
      return unknownFact(fact);
  }
}

function acknowledged(state: KnownRoutingCase, offer: number): RoutingCase {
  if (state.status !== 'offered' || state.place.offer !== offer) return state;
  return { ...state, status: 'held', place: { ...state.place, acknowledged: true } };
}

function climbed(state: KnownRoutingCase, { clock, rung, to }: RoutingData<'CaseEscalated'>): RoutingCase {
  const { offers } = state;
  return { ...state, climbed: [...state.climbed, { clock, rung, to, startedVersion: startOf(state, clock), offers }] };
}

function waiting(state: KnownRoutingCase, { for: why, ref, at }: RoutingData<'WaitBegan'>): RoutingCase {
  return { ...state, waits: [...state.waits, { for: why, ref, at, until: null }] };
}

type Offer = Extract<LaterFact, { type: 'CaseRouted' | 'StageHandedOver' }>;

function offered(state: KnownRoutingCase, fact: Offer): RoutingCase {
  const { unit, offer, stage } = fact.data;
  const binding = fact.type === 'CaseRouted' && fact.data.binding;
  const since = fact.recordedAt;
  // The first stage by policy runs from receipt; days in triage are routing's, not the unit's.
  const stageFrom = stage === 0 && state.triage === null ? state.file.receivedAt : since;
  return {
    ...state,
    status: 'offered',
    place: {
      ...{ unit, offer, stage, binding, since, version: fact.version, stageFrom, acknowledged: false },
      ...tenure(state, unit, offer),
    },
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

/** An officer of an earlier offer counts while the unit has had the case ever since: the office may act before it hears. */
function officerNoted(state: KnownRoutingCase, { offer, officer }: RoutingData<'OfficerNoted'>): RoutingCase {
  const { place } = state;
  if (place === null || offer < place.heldFrom || offer > place.offer) return state;
  return { ...state, place: { ...place, officer: officer ?? null } } as RoutingCase;
}

/** The unit that has the case keeps its officer through a new offer; another one begins without. */
function tenure({ place }: KnownRoutingCase, unit: string, offer: number): Pick<Place, 'officer' | 'heldFrom'> {
  return place?.unit === unit
    ? { officer: place.officer, heldFrom: place.heldFrom }
    : { officer: null, heldFrom: offer };
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
      ...tenure(state, unit, offer),
    },
  };
}
