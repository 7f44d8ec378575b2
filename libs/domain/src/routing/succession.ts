import type { RoutingFact } from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import { routingFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import { isOpen, stageOf, type KnownRoutingCase, type Place, type RoutingCase } from './case';
import { arbiterFor, mayDecide } from './disputes';

/**
 * A unit has ended, and a case is still with it: the successor gets it, or is named to decide the dispute. Nothing where
 * the case has gone on meanwhile, so whoever asks may ask as often as he likes.
 */
export function passToSuccessor(state: RoutingCase, given: Given): readonly RoutingFact[] {
  if (state.status === 'none') return [];
  return isOpen(state) ? passWork(state, given.catalogue) : passDispute(state, given.catalogue);
}

/** By rule: no move, whatever bound the unit that ended does not bind its successor, and the stage's time goes on. */
function passWork(state: KnownRoutingCase, catalogue: Catalogue): readonly RoutingFact[] {
  const { place, file } = state;
  if (place === null || !catalogue.isEnded(place.unit)) return [];
  const { caseId } = file;
  const unit = catalogue.present(place.unit);
  const terms = stageOf(file, place.stage);
  // Nobody judges himself, however he came by the case (rule 8): a person finds somebody.
  if (catalogue.keepsAway(unit, file.reportedUnit))
    return [routingFact('CaseSentToTriage', { caseId, reason: 'unit_ended' })];
  return [routingFact('CaseTransferred', { caseId, ...offerAfter(state, place, unit), terms, reason: 'unit_ended' })];
}

function offerAfter({ offers }: KnownRoutingCase, { unit: from, stage }: Place, unit: string) {
  return { from, unit, offer: offers + 1, stage };
}

/** Whoever was named to decide is no more: the successor decides, unless he may not; then the policy names another. */
function passDispute({ file, dispute }: KnownRoutingCase, catalogue: Catalogue): readonly RoutingFact[] {
  if (dispute === null || dispute.to === null || !catalogue.isEnded(dispute.to)) return [];
  const { ref, at: disputedAt } = dispute;
  const decidedBy = dispute.decidedBy ?? undefined;
  const successor = catalogue.present(dispute.to);
  const to = mayDecide(successor, { file, decidedBy }, catalogue) ? successor : arbiterFor(file, decidedBy, catalogue);
  return [routingFact('DisputeRouted', { caseId: file.caseId, dispute: ref, decidedBy, to, by: 'policy', disputedAt })];
}
