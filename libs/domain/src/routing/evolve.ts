import { upcast, type RecordedRoutingFact, type RoutingData } from '@garda/contracts';
import { unknownFact, UnknownFactError, type Fold } from '../shared/fold';
import { spansAfter } from '../shared/shares';
import { missedKey, startOf, type EnteredFile, type KnownRoutingCase, type RoutingCase, type Wait } from './case';
import { answeredOutside, askedOutside, referred, settledStatus } from './outside-state';
import { linked, unlinked } from './followers';
import { longer } from './longer';
import { inTriage, offered, resumed, returned } from './offers';
import { holderOf, momentOf, receiverOf } from './holder';
import { papersAfter } from './papers';

type Entered = RoutingData<'CaseEntered'>;

export const routingFold: Fold<RoutingCase> = {
  initial: { status: 'none' },
  evolve(state, event) {
    const fact = upcast(event) as RecordedRoutingFact;
    if (fact.type === 'CaseEntered') return entered(fact.data, fact.version);
    if (state.status === 'none') throw new UnknownFactError(event.type);
    const next = evolveKnown(state, fact) as KnownRoutingCase;
    const spans = spansAfter(state.spans, holderOf(next), momentOf(fact));
    return spans === next.spans ? next : { ...next, spans };
  },
};

/** What routing keeps of a case as it came in. */
export function fileOf(data: Entered): EnteredFile {
  const { caseId, terms, filedBy, papers, receivedAt, entry, objectPlace, attributes, identity, content } = data;
  const { area = null, reportedUnit = null } = data;
  return {
    ...{ caseId, terms, filedBy, papers, receivedAt, entry, objectPlace, attributes, identity, content },
    ...{ area, reportedUnit },
  };
}

function entered(data: Entered, version: number): RoutingCase {
  const { terms, filedBy, receivedAt } = data;
  return {
    status: 'unrouted',
    file: fileOf(data),
    promise: { from: receivedAt, times: terms.stages.map((stage) => stage.time), more: [], version },
    place: null,
    triage: null,
    stage: 0,
    offers: 0,
    past: [],
    trail: [],
    moves: 0,
    waits: [],
    longer: [],
    firstStep: false,
    missed: [],
    climbed: [],
    leader: null,
    link: 0,
    followers: [],
    settled: null,
    dispute: null,
    referral: null,

    papers: [],
    spans: spansAfter([], receiverOf(filedBy), receivedAt),
  };
}

type LaterFact = Exclude<RecordedRoutingFact, { type: 'CaseEntered' }>;

function evolveKnown(state: KnownRoutingCase, fact: LaterFact): RoutingCase {
  if (fact.type === 'PapersNoted') return { ...state, papers: papersAfter(state.papers, fact.data) };
  switch (fact.type) {
    case 'CaseRouted':
    case 'StageHandedOver':
    case 'CaseTransferred':
      return offered(state, fact);
    case 'CaseReturned':
      return returned(state, fact);
    case 'CaseSentToTriage': {
      const { reason, suggestion, stage } = fact.data;
      const { recordedAt: since, version } = fact;
      return inTriage(state, { reason, suggestion: suggestion?.refer, stage, since, version });
    }
    case 'HandOverAcknowledged':
      return acknowledged(state, fact.data.offer);
    case 'OfficerNoted':
      return officerNoted(state, fact);
    case 'FirstStepNoted':
      return { ...state, firstStep: true };
    case 'TimeExtensionNoted':
      return longer(state, fact.data);
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
    default:
      return evolveSettled(state, fact);
  }
}

type SettledFact = Extract<
  LaterFact,
  {
    type:
      | 'DisputeRouted'
      | 'CaseReferredOutside'
      | 'OutsideBodyAsked'
      | 'OutsideBodyAnswered'
      | 'WorkSettled'
      | 'CaseResumed'
      | 'CaseReleased';
  }
>;

/** What ends the work, and what happens to a case after that. */
function evolveSettled(state: KnownRoutingCase, fact: SettledFact): RoutingCase {
  switch (fact.type) {
    case 'DisputeRouted':
      return disputeRouted(state, fact.data, fact.version);
    case 'CaseReferredOutside':
      return referred(state, fact);
    case 'OutsideBodyAsked':
      return askedOutside(state);
    case 'OutsideBodyAnswered':
      return answeredOutside(state, fact.data.how);
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

/** An officer of an earlier offer counts while the unit has had the case ever since: the office may act before it hears. */
function officerNoted(
  state: KnownRoutingCase,
  { data, recordedAt, version }: Extract<LaterFact, { type: 'OfficerNoted' }>,
): RoutingCase {
  const { offer } = data;
  const { place } = state;
  if (place === null || offer < place.heldFrom || offer > place.offer) return state;
  const officer = data.officer ?? null;
  const vacant = officer === null ? { at: recordedAt, version } : place.vacant;
  return { ...state, place: { ...place, officer, vacant } } as RoutingCase;
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
    status: settledStatus(state, outcome),
    waits: endWaits(state.waits, at),
    dispute: null,
    settled: { how, outcome, unit: unit ?? null, at },
  };
}

/** The clock runs from the dispute; that a person names somebody later starts no other one. */
function disputeRouted(state: KnownRoutingCase, data: RoutingData<'DisputeRouted'>, version: number): RoutingCase {
  const { dispute: ref, decidedBy = null, to = null, disputedAt: at } = data;
  const since = state.dispute?.ref === ref ? state.dispute.version : version;
  return { ...state, dispute: { ref, decidedBy, to, at, version: since } };
}
