import { iso, ms } from '../shared/deadline';
import { decisionOf, type KnownResolutionCase } from './case';

/** When a clock began: the time of a fact, and its version. */
export interface Start {
  readonly at: string;
  readonly version: number;
}

export function latest(a: Start, b: Start): Start {
  return { at: iso(Math.max(ms(a.at), ms(b.at))), version: Math.max(a.version, b.version) };
}

/** Since when the decision is final: a dispute about it was dismissed. */
export function finalSince(state: KnownResolutionCase): Start | undefined {
  const decision = decisionOf(state)?.ref;
  const dismissed = state.disputes.find((one) => one.state === 'dismissed' && one.decision === decision);
  return dismissed?.decidedAt == null ? undefined : { at: dismissed.decidedAt, version: dismissed.version };
}

/** Decided for want of an answer or a payment, which no dismissed dispute has made final: what was in time still counts. */
export function endedBySilence(state: KnownResolutionCase): boolean {
  return decisionOf(state)?.outcome === 'no_answer' && finalSince(state) === undefined;
}

/** Since when the work is over, while the case is not closed: decided, made final, or withdrawn. */
export function endOf(state: KnownResolutionCase): Start | undefined {
  switch (state.status) {
    case 'decided':
      return state.decision;
    case 'final':
      return finalSince(state);
    case 'withdrawn':
      return state.withdrawal;
    default:
      return undefined;
  }
}
