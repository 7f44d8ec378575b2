import { Refusal, type RoutingFact, type StaffCommandBody } from '@garda/contracts';
import { checkOccurredAt } from '../shared/actor';
import { checkNotReported } from '../shared/catalogue';
import type { StaffAsk } from '../shared/commands';
import { routingFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import { stageOf, type KnownRoutingCase, type Place, type RoutingCase } from './case';
import { openCase, unitToOffer } from './hand-over';

/** From the third on, a move ends in triage, whose assignment binds (rule 7). */
const movesBetweenUnits = 2;

/** Not ours: to the unit that whoever moves it names. */
export function transferCase(
  state: RoutingCase,
  ask: StaffAsk<StaffCommandBody<'transfer'>>,
  given: Given,
): readonly RoutingFact[] {
  const { actor, body } = ask;
  const known = movable(state, ask, given);
  const { unit: from, stage } = known.place;
  if (!given.catalogue.actsFor(actor, from) && !given.catalogue.isOfKind(actor, 'quality', 'secretariat'))
    throw new Refusal('NOT_RESPONSIBLE', `${from} has the case`);
  checkNotBound(known.place);
  if (body.to === from) throw new Refusal('SAME_UNIT', `${from} has the case`);
  const unit = unitToOffer(body.to, known, given);
  const { caseId } = known.file;
  const move = {
    caseId,
    from,
    unit,
    offer: known.offers + 1,
    stage,
    terms: stageOf(known.file, stage),
    reason: body.reason,
  };
  return [routingFact('CaseTransferred', move), ...thirdMove(known)];
}

/** Back to the unit that had it before, its own stage or an earlier one; to triage where nobody had it. */
export function returnCase(
  state: RoutingCase,
  ask: StaffAsk<StaffCommandBody<'return'>>,
  given: Given,
): readonly RoutingFact[] {
  const { actor, body } = ask;
  const known = movable(state, ask, given);
  const { unit: from } = known.place;
  if (!given.catalogue.actsFor(actor, from)) throw new Refusal('NOT_RESPONSIBLE', `${from} has the case`);
  checkNotBound(known.place);
  const { caseId } = known.file;
  const { reason } = body;
  const before = known.trail.at(-1);
  // Who had it before may have ended, and this unit be what came after it: then nobody else had it.
  if (before === undefined || given.catalogue.present(before.unit) === from)
    return [routingFact('CaseReturned', { caseId, from, reason })];
  const { stage } = before;
  const unit = given.catalogue.present(before.unit);
  const to = { unit, offer: known.offers + 1, stage, terms: stageOf(known.file, stage) };
  return [routingFact('CaseReturned', { caseId, from, to, reason }), ...thirdMove(known)];
}

type Placed = KnownRoutingCase & { readonly place: Place };

/** A case that a unit has: nobody moves one that is about himself. */
function movable(
  state: RoutingCase,
  { actor, body }: StaffAsk<{ readonly occurredAt?: string | undefined }>,
  given: Given,
): Placed {
  checkOccurredAt(actor, body.occurredAt);
  const known = openCase(state);
  checkNotReported(given.catalogue, actor, known.file.reportedUnit);
  if (known.place === null) throw new Refusal('NOT_OFFERED', 'no unit has the case');
  return known as Placed;
}

function checkNotBound(place: Place): void {
  if (place.binding) throw new Refusal('BOUND_BY_TRIAGE', 'triage gave it: do it, or have it referred');
}

function thirdMove({ file, moves }: KnownRoutingCase): readonly RoutingFact[] {
  return moves < movesBetweenUnits
    ? []
    : [routingFact('CaseSentToTriage', { caseId: file.caseId, reason: 'third_move' })];
}
