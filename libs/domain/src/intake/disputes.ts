import { Refusal, type IntakeFact, type Sealed } from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import { citizensTermEnd, mostDisputes, ms } from '../shared/deadline';
import { intakeFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { CitizenDecision, IntakeCase, SubmittedCase } from './case';
import { checkNotErased, isErased } from './erasure';
import { submittedCase } from './submitted';

/** The code holder objects to a decision within its window, closed or not; resolution judges whether it stands. */
export function disputeDecision(
  state: IntakeCase,
  command: { readonly sealed: readonly Sealed[] },
  given: Given,
): readonly IntakeFact[] {
  const known = submittedCase(state);
  checkNotErased(known);
  const decision = disputable(known, given);
  if (decision instanceof Refusal) throw decision;
  const { caseId } = known.file;
  return [intakeFact('ResolutionDisputed', { caseId, decision: decision.ref, sealed: [...command.sealed] })];
}

/** The decision to which he may object now, as far as intake knows; else why not. */
function disputable(
  known: SubmittedCase,
  { now, catalogue }: Pick<Given, 'now' | 'catalogue'>,
): CitizenDecision | Refusal {
  const { decision, dispute, disputes, status } = known;
  if (dispute !== null || status === 'disputed') return new Refusal('DISPUTE_PENDING', 'an objection is open');
  if (decision === null) return new Refusal('NOT_DECIDED', `the case is ${status}`);
  if (decision.final) return new Refusal('DECISION_FINAL', 'the decision is final');
  if (status !== 'decided' && status !== 'closed') return new Refusal('NOT_DECIDED', `the case is ${status}`);
  if (disputes >= mostDisputes) return new Refusal('TOO_MANY_DISPUTES', `${mostDisputes} objections stood`);
  const until = windowEnd(known, decision, { catalogue });
  return ms(now) > ms(until) ? new Refusal('DISPUTE_TOO_LATE', `the window ended ${until}`) : decision;
}

/**
 * When the window of the present decision ends: it runs from the notification (rule 12). `told` is when he is being
 * told, where this very moment tells him. Undefined where there is no decision.
 */
export function disputableUntil(known: SubmittedCase, catalogue: Catalogue, told?: string): string | undefined {
  return known.decision === null ? undefined : windowEnd(known, known.decision, { catalogue, told });
}

function windowEnd(
  { file: { terms }, news }: SubmittedCase,
  { ref, at }: CitizenDecision,
  { catalogue, told = null }: { readonly catalogue: Catalogue; readonly told?: string | null | undefined },
): string {
  const toldAt = news.find((item) => item.ref === ref)?.toldAt ?? told;
  return citizensTermEnd(catalogue.calendar(terms.calendar), { at, told: toldAt }, terms.disputeWithin);
}

/** Whether he may object now. */
export function mayDispute(known: SubmittedCase, given: Pick<Given, 'now' | 'catalogue'>): boolean {
  return !isErased(known) && !(disputable(known, given) instanceof Refusal);
}
