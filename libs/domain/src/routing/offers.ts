import type { RecordedRoutingFact } from '@garda/contracts';
import type { KnownRoutingCase, Place, RoutingCase, Step } from './case';

type Fact<T extends RecordedRoutingFact['type']> = Extract<RecordedRoutingFact, { type: T }>;

/** A new offer of a stage: by policy or triage, as the next stage, or to another unit because it was not ours. */
export function offered(
  state: KnownRoutingCase,
  fact: Fact<'CaseRouted' | 'StageHandedOver' | 'CaseTransferred'>,
): RoutingCase {
  const { unit, offer, stage } = fact.data;
  const binding = fact.type === 'CaseRouted' && fact.data.binding;
  const since = fact.recordedAt;
  if (fact.type === 'CaseTransferred' && fact.data.reason === 'unit_ended') return succeeded(state, fact);
  // The first stage by policy runs from receipt; days in triage and with a wrong unit are routing's, not the unit's.
  const fromReceipt = fact.type === 'CaseRouted' && state.triage === null;
  return {
    ...state,
    status: 'offered',
    place: {
      ...{ unit, offer, stage, binding, since, version: fact.version, acknowledged: false },
      vacant: { at: since, version: fact.version },
      ...{ stageFrom: fromReceipt ? state.file.receivedAt : since, stageVersion: fact.version, away: [] },
      ...tenure(state, unit, offer),
    },
    triage: null,
    stage,
    offers: offer,
    past: pastUnits(state),
    trail: state.place === null ? state.trail : [...state.trail, stepOf(state.place, since)],
    moves: state.moves + (fact.type === 'CaseTransferred' ? 1 : 0),
  };
}

/** The unit ended, its successor goes on: as far as the time of the stage goes, and who had it before, nothing happened. */
function succeeded(state: KnownRoutingCase, fact: Fact<'CaseTransferred'>): RoutingCase {
  const { unit, offer, stage } = fact.data;
  const { recordedAt: since, version } = fact;
  const { stageFrom = since, stageVersion = version, away = [] } = state.place ?? {};
  return {
    ...state,
    status: 'offered',
    place: {
      ...{ unit, offer, stage, binding: false, since, version, acknowledged: false },
      vacant: { at: since, version },
      ...{ stageFrom, stageVersion, away },
      ...tenure(state, unit, offer),
    },
    triage: null,
    stage,
    offers: offer,
    past: pastUnits(state),
  };
}

/** Back to the unit that had it before: its stage goes on with what is left of its time. */
export function returned(state: KnownRoutingCase, fact: Fact<'CaseReturned'>): RoutingCase {
  const { recordedAt: since, version } = fact;
  const moved = { ...state, moves: state.moves + 1 };
  const step = state.trail.at(-1);
  const { to } = fact.data;
  if (to === undefined || step === undefined) return inTriage(moved, { reason: 'returned', since, version });
  const { unit, offer, stage } = to;
  return {
    ...moved,
    status: 'offered',
    place: {
      ...{ unit, offer, stage, binding: false, since, version, acknowledged: false },
      vacant: { at: since, version },
      ...{ stageFrom: step.stageFrom, stageVersion: step.stageVersion },
      away: [...step.away, { at: step.left, until: since }],
      ...tenure(state, unit, offer),
    },
    triage: null,
    stage,
    offers: offer,
    past: pastUnits(state),
    trail: state.trail.slice(0, -1),
  };
}

/** No unit has it. Whoever gets it from here gets it by a person's choice, so nobody is there to give it back to. */
export function inTriage(
  state: KnownRoutingCase,
  why: {
    readonly reason: Fact<'CaseSentToTriage'>['data']['reason'];
    readonly suggestion?: string | undefined;
    readonly stage?: number | undefined;
    readonly since: string;
    readonly version: number;
  },
): RoutingCase {
  const { reason, suggestion = null, since, version } = why;
  return {
    ...state,
    status: 'triage',
    place: null,
    triage: { reason, suggestion, since, version },
    stage: why.stage ?? state.stage,
    past: pastUnits(state),
    trail: [],
  };
}

/** The work goes on after a decision: with the unit that had it, bound by nothing, in a time of its own. */
export function resumed(state: KnownRoutingCase, fact: Fact<'CaseResumed'>): RoutingCase {
  const { unit, offer, stage, time, from, anotherOfficer = false } = fact.data;
  const { recordedAt: since, version } = fact;
  const base = {
    ...state,
    stage,
    offers: offer,
    settled: null,
    dispute: null,
    // It stands for itself from here, and has its own clocks.
    leader: null,
    promise:
      from === undefined
        ? { from: since, times: [time], more: [], version }
        : { from, times: state.file.terms.stages.map((one) => one.time), more: [], version },
  };
  if (unit === undefined) return inTriage(base, { reason: 'no_unit', since, version });
  return {
    ...base,
    status: 'held',
    triage: null,
    place: {
      ...{ unit, offer, stage, binding: false, since, version, acknowledged: true },
      vacant: { at: since, version },
      ...{ stageFrom: since, stageVersion: version, away: [] },
      ...tenure(state, unit, offer),
      ...(anotherOfficer ? { officer: null } : {}),
    },
    trail: [],
  };
}

function stepOf({ unit, stage, stageFrom, stageVersion, away }: Place, left: string): Step {
  return { unit, stage, stageFrom, stageVersion, away, left };
}

function pastUnits(state: KnownRoutingCase): readonly string[] {
  const unit = state.place?.unit;
  return unit === undefined || state.past.includes(unit) ? state.past : [...state.past, unit];
}

/** The unit that has the case keeps its officer through a new offer; another one begins without. */
function tenure({ place }: KnownRoutingCase, unit: string, offer: number): Pick<Place, 'officer' | 'heldFrom'> {
  return place?.unit === unit
    ? { officer: place.officer, heldFrom: place.heldFrom }
    : { officer: null, heldFrom: offer };
}
