import {
  Refusal,
  type IntakeData,
  type ResolutionFact,
  type RoutingData,
  type StaffCommandBody,
} from '@garda/contracts';
import { checkOccurredAt } from '../shared/actor';
import { checkNotReported, ReferenceMissing } from '../shared/catalogue';
import type { StaffAsk } from '../shared/commands';
import { mostDisputes, ms } from '../shared/deadline';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import { openDispute, type Decision, type Dispute, type KnownResolutionCase, type ResolutionCase } from './case';
import { windowEndsAt } from './due';
import { checkNoParty } from './party';
import { finalSince } from './start';

/** The citizen objects to a decision: whether that stands is judged here, by this log (domain, B.3). */
export function disputeReceived(
  state: KnownResolutionCase,
  fact: { readonly eventId: string; readonly recordedAt: string; readonly data: IntakeData<'ResolutionDisputed'> },
  given: Given,
): ResolutionFact {
  const { caseId } = state.file;
  const decision = disputable(state);
  const { catalogue } = given;
  // By when the citizen recorded it, not by when it was heard here: it wins over a case that closed meanwhile.
  const stands =
    decision?.ref === fact.data.decision && ms(fact.recordedAt) <= ms(windowEndsAt(state.file, decision, catalogue));
  return resolutionFact('DisputeReceived', {
    caseId,
    dispute: fact.eventId,
    decision: fact.data.decision,
    result: stands ? 'stands' : 'moot',
    // Where no unit had the case when it was decided, the quality unit answers for the decision.
    decidedBy: stands ? (decision.by ?? catalogue.unitOfKind('quality')?.code) : undefined,
    disputedAt: fact.recordedAt,
  });
}

/** The decision that may be objected to: the present one, unless it is final or was objected to as often as may be. */
function disputable(state: KnownResolutionCase): Decision | null {
  if (state.status !== 'decided' && state.status !== 'closed') return null;
  return finalSince(state) === undefined && state.disputes.length < mostDisputes ? state.decision : null;
}

/** Routing has named who decides. A body outside decides nothing here: the decision is final, and that is where to go. */
export function disputeRouted(
  state: KnownResolutionCase,
  { to, dispute }: RoutingData<'DisputeRouted'>,
  given: Given,
): readonly ResolutionFact[] {
  if (to === undefined || openDispute(state)?.ref !== dispute) return [];
  const unit = given.catalogue.unit(to);
  if (unit === undefined) throw new ReferenceMissing(`unit ${to}`);
  const { caseId } = state.file;
  const received = resolutionFact('WorkReceived', { caseId, kind: 'dispute', unit: to, dispute });
  if (unit.tier !== 'external') return [received];
  const decided = { caseId, dispute, unit: to, result: 'dismissed' as const, remedies: [to] };
  return [received, resolutionFact('DisputeDecided', decided)];
}

/** The unit that routing named decides, and no other; upheld, the case is worked on again by another officer. */
export function decideDispute(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'decide-dispute'>>,
  { catalogue }: Given,
): readonly ResolutionFact[] {
  const { actor, body } = ask;
  checkOccurredAt(actor, body.occurredAt);
  const known = knownCase(state);
  const dispute = disputeOf(known);
  if (actor.kind !== 'staff' || dispute.to === null || !catalogue.actsFor(actor, dispute.to))
    throw new Refusal('NOT_RESPONSIBLE', `${dispute.to ?? 'nobody'} is named to decide`);
  checkNoParty(known, actor);
  const { result, remedies = [] } = body;
  if (result === 'dismissed' && remedies.length === 0)
    throw new Refusal('REMEDIES_MISSING', 'whoever is dismissed hears where else he may turn');
  const { caseId } = known.file;
  const decided = { caseId, dispute: dispute.ref, unit: actor.unit, result, remedies, words: ask.sealedWords };
  const fact = resolutionFact('DisputeDecided', decided);
  return result === 'dismissed' ? [fact] : [fact, resolutionFact('CaseReopened', { caseId, reason: 'upheld' })];
}

/** A decided case is opened again unasked, by whoever watches over the units and is not reported himself. */
export function reopenCase(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'reopen'>>,
  given: Given,
): readonly ResolutionFact[] {
  const { actor, body, sealedWords: words } = ask;
  checkOccurredAt(actor, body.occurredAt);
  const known = knownCase(state);
  checkNotReported(given.catalogue, actor, known.file.reportedUnit);
  if (actor.kind !== 'staff' || !given.catalogue.isOfKind(actor, 'quality', 'oversight', 'secretariat'))
    throw new Refusal('NOT_RESPONSIBLE', 'the quality unit, the inspectorate or the secretary reopens');
  checkNoParty(known, actor);
  if (known.status === 'disputed') throw new Refusal('DISPUTE_PENDING', 'the dispute decides first');
  if ((known.status !== 'decided' && known.status !== 'closed') || known.decision === null)
    throw new Refusal('NOT_DECIDED', `the case is ${known.status}`);
  const { caseId } = known.file;
  const { unit } = actor;
  return [resolutionFact('CaseReopened', { caseId, reason: 'ex_officio', unit, cause: body.cause, words })];
}

function knownCase(state: ResolutionCase): KnownResolutionCase {
  if (state.status === 'none') throw new Refusal('CASE_NOT_FOUND', 'resolution has no such case');
  return state;
}

function disputeOf(known: KnownResolutionCase): Dispute {
  const dispute = openDispute(known);
  if (dispute === undefined) throw new Refusal('NOT_DISPUTED', `the case is ${known.status}`);
  return dispute;
}
