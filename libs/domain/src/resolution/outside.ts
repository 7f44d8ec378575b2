import type { ResolutionFact, RoutingData } from '@garda/contracts';
import { resolutionFact } from '../shared/facts';
import { isOpenWork, type KnownResolutionCase } from './case';

/** Referred outside is decided: by the unit that referred it. Heard after another decision, it is moot. */
export function referredOutside(
  state: KnownResolutionCase,
  { by, body, reference, contact, followUpOn }: RoutingData<'CaseReferredOutside'>,
): readonly ResolutionFact[] {
  if (!isOpenWork(state)) return [];
  const { caseId } = state.file;
  const referral = { body, reference, contact, followUpOn };
  const unit = state.work?.unit;
  return [resolutionFact('CaseResolved', { caseId, unit, outcome: 'referred_outside', by, referral })];
}

/** What is heard of the body outside, for the citizen. */
export function outsideNoted(
  { file: { caseId } }: KnownResolutionCase,
  fact: { readonly eventId: string; readonly data: { readonly body: string } },
  state: 'asked' | 'answered' | 'none',
): ResolutionFact {
  return resolutionFact('OutsideNoted', { caseId, body: fact.data.body, state, ref: fact.eventId });
}
