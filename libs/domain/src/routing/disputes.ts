import {
  Refusal,
  type RecordedResolutionFact,
  type ResolutionData,
  type RoutingFact,
  type RoutingPolicy,
  type StaffCommandBody,
  type Unit,
} from '@garda/contracts';
import { checkOccurredAt } from '../shared/actor';
import { checkNotReported, type Catalogue } from '../shared/catalogue';
import type { StaffAsk } from '../shared/commands';
import { routingFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import { isLevy, type EnteredFile, type KnownRoutingCase, type RoutedDispute, type RoutingCase } from './case';
import { settle } from './followers';
import { entered } from './hand-over';

type Arbiter = NonNullable<NonNullable<RoutingPolicy['disputes']>['village']>[number];
/** Nobody of ours decides what a body outside decided. */
type Named = Readonly<Partial<Record<Unit['tier'] | 'levy', readonly Arbiter[]>>>;

/** A dispute that stands goes where the policy says; where it names nobody, the clock runs and a person has to. */
export function disputeReceived(
  state: KnownRoutingCase,
  data: ResolutionData<'DisputeReceived'>,
  { catalogue }: Given,
): readonly RoutingFact[] {
  const { dispute, decidedBy, disputedAt, result } = data;
  if (result === 'moot') return [];
  const { caseId } = state.file;
  const to = arbiterFor(state.file, decidedBy, catalogue);
  return [routingFact('DisputeRouted', { caseId, dispute, decidedBy, to, by: 'policy', disputedAt })];
}

/** Dismissed is final: the case stays with whoever had it, and its outcome what it was. */
export function disputeDecided(
  state: KnownRoutingCase,
  { data, recordedAt: at }: Extract<RecordedResolutionFact, { type: 'DisputeDecided' }>,
): readonly RoutingFact[] {
  const { settled } = state;
  if (data.result === 'upheld' || settled === null) return []; // upheld, the work is resumed by a fact of its own
  const { outcome, unit } = settled;
  return settle(state, { how: 'final', outcome, unit: unit ?? undefined, at });
}

/** A person names who decides a dispute for which the policy knew nobody. */
export function routeDispute(
  state: RoutingCase,
  ask: StaffAsk<StaffCommandBody<'route-dispute'>>,
  { catalogue }: Given,
): readonly RoutingFact[] {
  const { actor, body } = ask;
  checkOccurredAt(actor, body.occurredAt);
  const known = entered(state);
  const dispute = openDispute(known);
  checkNotReported(catalogue, actor, known.file.reportedUnit);
  if (!catalogue.isOfKind(actor, 'quality', 'secretariat'))
    throw new Refusal('NOT_RESPONSIBLE', 'the quality unit or the secretary names who decides');
  const decided = dispute.decidedBy === null ? undefined : catalogue.present(dispute.decidedBy);
  if (actor.kind === 'staff' && actor.unit === decided)
    throw new Refusal('UNIT_JUDGES_ITSELF', `${actor.unit} made the decision`);
  const to = catalogue.unit(body.to);
  if (to === undefined || catalogue.isEnded(to.code)) throw new Refusal('UNIT_UNKNOWN', `no unit ${body.to}`);
  if (to.code === decided) throw new Refusal('UNIT_DECIDED_BEFORE', `${to.code} made the decision`);
  if (catalogue.keepsAway(to.code, known.file.reportedUnit))
    throw new Refusal('UNIT_IS_REPORTED', `${to.code} is reported, or above the reported unit`);
  const { caseId } = known.file;
  const { ref, decidedBy, at: disputedAt } = dispute;
  const named = { caseId, dispute: ref, decidedBy: decidedBy ?? undefined, to: to.code, by: 'person' as const };
  return [routingFact('DisputeRouted', { ...named, disputedAt })];
}

function openDispute({ dispute, status }: KnownRoutingCase): RoutedDispute {
  if (dispute === null) throw new Refusal('NOT_DISPUTED', `the case is ${status}, no dispute is open`);
  if (dispute.to !== null) throw new Refusal('DISPUTE_ROUTED', `${dispute.to} is to decide`);
  return dispute;
}

/** Rule 8: the first of the pinned policy that did not decide, and is neither reported nor above who is. */
export function arbiterFor(file: EnteredFile, decidedBy: string | undefined, catalogue: Catalogue): string | undefined {
  const tier = decidedBy === undefined ? undefined : catalogue.unit(decidedBy)?.tier;
  const whose = isLevy(file) ? 'levy' : tier;
  const named: Named = catalogue.policy(file.terms.policy).disputes ?? {};
  return (whose === undefined ? undefined : named[whose])
    ?.flatMap((one) => unitOf(one, catalogue)?.code ?? [])
    .find((code) => mayDecide(code, { file, decidedBy }, catalogue));
}

/** Whoever came after the unit that decided has its people: it did not decide less. */
export function mayDecide(
  code: string,
  { file, decidedBy }: { readonly file: EnteredFile; readonly decidedBy: string | undefined },
  catalogue: Catalogue,
): boolean {
  const decided = decidedBy !== undefined && (code === decidedBy || code === catalogue.present(decidedBy));
  return !decided && !catalogue.keepsAway(code, file.reportedUnit);
}

function unitOf(one: Arbiter, catalogue: Catalogue): Unit | undefined {
  if (typeof one === 'string') return catalogue.unit(catalogue.present(one));
  return 'function' in one ? catalogue.unitWithFunction(one.function) : catalogue.unitOfKind(one.kind);
}
