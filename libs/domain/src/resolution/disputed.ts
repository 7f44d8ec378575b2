import type { RecordedResolutionFact, ResolutionData } from '@garda/contracts';
import { decisionOf, type KnownResolutionCase, type ResolutionCase, type WorkCase } from './case';

type Fact<T extends RecordedResolutionFact['type']> = Extract<RecordedResolutionFact, { type: T }>;

/** The decision stands back until the dispute is decided. `base` is what every status has. */
export function disputed(state: KnownResolutionCase, fact: Fact<'DisputeReceived'>, base: WorkCase): ResolutionCase {
  const decision = decisionOf(state);
  if (fact.data.result === 'moot' || decision === null) return state;
  const { dispute: ref, disputedAt: at } = fact.data;
  const opened = { ref, decision: decision.ref, at, to: null, remedies: [], decidedAt: null, version: fact.version };
  return { ...base, status: 'disputed', decision, disputes: [...state.disputes, { ...opened, state: 'open' }] };
}

export function namedToDecide(
  state: KnownResolutionCase,
  { unit, dispute }: Extract<ResolutionData<'WorkReceived'>, { kind: 'dispute' }>,
): ResolutionCase {
  return { ...state, disputes: state.disputes.map((one) => (one.ref === dispute ? { ...one, to: unit } : one)) };
}

/** Upheld, the officer who decided loses the case for good; dismissed, the decision is final. */
export function disputeDecided(
  state: KnownResolutionCase,
  fact: Fact<'DisputeDecided'>,
  base: WorkCase,
): ResolutionCase {
  const { result, remedies, dispute } = fact.data;
  const decided = { state: result, remedies, decidedAt: fact.recordedAt, version: fact.version };
  const disputes = state.disputes.map((one) => (one.ref === dispute ? { ...one, ...decided } : one));
  const decision = decisionOf(state);
  if (decision === null) return { ...state, disputes }; // whoever folds any facts meets these too
  if (result === 'dismissed') return { ...base, status: 'final', decision, disputes };
  const { officer } = decision;
  const barred = officer === null || state.barred.includes(officer) ? state.barred : [...state.barred, officer];
  return { ...state, officer: null, taken: null, disputes, barred };
}
