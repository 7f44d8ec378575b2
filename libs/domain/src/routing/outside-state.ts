import type { RecordedRoutingFact } from '@garda/contracts';
import type { EnteredCase, KnownRoutingCase, Referral, RoutingCase } from './case';

type Fact<T extends RecordedRoutingFact['type']> = Extract<RecordedRoutingFact, { type: T }>;

/** It lies with a body outside; the unit and the stage stay what they were, should it come back. */
export function referred(state: KnownRoutingCase, fact: Fact<'CaseReferredOutside'>): RoutingCase {
  const { recordedAt: at, version } = fact;
  const { body, by } = fact.data;
  return {
    ...(state as EnteredCase),
    status: 'outside',
    referral: { body, by, at, version, asked: false, answer: null },
  };
}

export function askedOutside(state: KnownRoutingCase): RoutingCase {
  return withReferral(state, { asked: true });
}

export function answeredOutside(state: KnownRoutingCase, answer: 'answered' | 'none'): RoutingCase {
  return withReferral(state, { answer });
}

/** Where a case stands once the work is settled: one that was let go stays so, it is only known better. */
export function settledStatus({ status }: KnownRoutingCase, outcome: string): 'settled' | 'outside' | 'released' {
  if (status === 'released') return 'released';
  return outcome === 'referred_outside' ? 'outside' : 'settled';
}

function withReferral(state: KnownRoutingCase, more: Partial<Referral>): RoutingCase {
  return { ...state, referral: state.referral && { ...state.referral, ...more } };
}
