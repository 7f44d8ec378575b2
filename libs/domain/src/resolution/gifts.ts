import type { ResolutionFact, StaffCommandBody } from '@garda/contracts';
import { officerId } from '../shared/actor';
import type { StaffAsk } from '../shared/commands';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { ResolutionCase } from './case';
import { workOf } from './guards';

/**
 * An officer of the unit puts on record that he declined a gift, whatever the case waits for. It protects him, changes
 * nothing for the citizen, and is no fee.
 */
export function declineGift(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'decline-gift'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = workOf(state, ask, given);
  const { unit } = known.work;
  const { gift } = ask.body;
  const { caseId } = known.file;
  const officer = officerId(ask.actor);
  return [resolutionFact('GiftDeclined', { caseId, unit, officer, gift, words: ask.sealedWords })];
}
