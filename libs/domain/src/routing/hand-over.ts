import { Refusal, type RoutingFact, type StaffCommandBody } from '@garda/contracts';
import { actsFor, checkOccurredAt } from '../shared/actor';
import type { StaffAsk } from '../shared/commands';
import { routingFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import { isOpen, type KnownRoutingCase, type RoutingCase } from './case';
import { papersComing } from './papers';
import { offerTo } from './place';

/** The case, or the refusal that there is none. */
export function entered(state: RoutingCase): KnownRoutingCase {
  if (state.status === 'none') throw new Refusal('CASE_NOT_FOUND', 'routing has no such case');
  return state;
}

export function openCase(state: RoutingCase): KnownRoutingCase {
  const known = entered(state);
  if (!isOpen(known)) throw new Refusal('CASE_NOT_OPEN', `the case is ${known.status}`);
  return known;
}

/** A person places what the policy could not: this binds, the unit may then only do it or have it referred. */
export function triageCase(
  state: RoutingCase,
  ask: StaffAsk<StaffCommandBody<'triage'>>,
  given: Given,
): readonly RoutingFact[] {
  const { actor, body } = ask;
  checkOccurredAt(actor, body.occurredAt);
  const known = openCase(state);
  if (known.status !== 'triage') throw new Refusal('NOT_IN_TRIAGE', `the case is ${known.status}`);
  if (!given.catalogue.isOfKind(actor, 'quality', 'secretariat'))
    throw new Refusal('NOT_RESPONSIBLE', 'the quality unit or the secretary triages');
  const unit = unitToOffer(body.unit, known, given);
  return offerTo(unit, { file: known.file, stage: known.stage, offer: known.offers + 1 }, 'triage');
}

/** A unit that a person names for the case: one of ours, and neither reported nor above who is. */
export function unitToOffer(code: string, { file }: KnownRoutingCase, { catalogue }: Given): string {
  const unit = catalogue.unit(code);
  // An outside body is not assigned, it is referred to.
  if (unit === undefined || unit.tier === 'external') throw new Refusal('UNIT_UNKNOWN', `no unit ${code}`);
  if (catalogue.keepsAway(unit.code, file.reportedUnit))
    throw new Refusal('UNIT_IS_REPORTED', `${unit.code} is reported, or above the reported unit`);
  return unit.code;
}

/** The receiver says that it answers for the case. */
export function acknowledgeHandOver(
  state: RoutingCase,
  ask: StaffAsk<StaffCommandBody<'acknowledge'>>,
): readonly RoutingFact[] {
  const { actor, body } = ask;
  checkOccurredAt(actor, body.occurredAt);
  const known = openCase(state);
  if (known.place === null) throw new Refusal('NOT_OFFERED', 'the case is offered to nobody');
  const { unit, offer } = known.place;
  if (!actsFor(actor, unit)) {
    const had = actor.kind === 'staff' && known.past.includes(actor.unit);
    throw new Refusal(had ? 'OFFER_PASSED' : 'NOT_RESPONSIBLE', `the case is offered to ${unit}`);
  }
  if (known.status !== 'offered') throw new Refusal('NOT_OFFERED', 'the hand-over is acknowledged already');
  if (papersComing(known.papers))
    throw new Refusal(
      'PAPERS_ON_THE_WAY',
      'with papers from elsewhere, whoever acknowledges them answers for the case',
    );
  return [routingFact('HandOverAcknowledged', { caseId: known.file.caseId, unit, offer, how: 'receiver' })];
}
