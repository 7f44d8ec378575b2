import { Refusal, type IntakeFact, type Sealed } from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import { citizensTermEnd, mostDisputes, ms } from '../shared/deadline';
import { intakeFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { IntakeCase, SubmittedCase } from './case';
import { checkNotErased } from './erasure';
import { submittedCase } from './submitted';

/** The code holder objects to a decision within its window, closed or not; resolution judges whether it stands. */
export function disputeDecision(
  state: IntakeCase,
  command: { readonly sealed: readonly Sealed[] },
  { now, catalogue }: Given,
): readonly IntakeFact[] {
  const known = submittedCase(state);
  checkNotErased(known);
  const { decision, status } = known;
  if (known.dispute !== null || status === 'disputed') throw new Refusal('DISPUTE_PENDING', 'an objection is open');
  if (status === 'final' || decision?.final === true) throw new Refusal('DECISION_FINAL', 'the decision is final');
  if ((status !== 'decided' && status !== 'closed') || decision === null)
    throw new Refusal('NOT_DECIDED', `the case is ${status}`);
  if (known.disputes >= mostDisputes) throw new Refusal('TOO_MANY_DISPUTES', `${mostDisputes} objections stood`);
  const until = disputableUntil(known, catalogue);
  if (until === undefined || ms(now) > ms(until)) throw new Refusal('DISPUTE_TOO_LATE', `the window ended ${until}`);
  const { caseId } = known.file;
  return [intakeFact('ResolutionDisputed', { caseId, decision: decision.ref, sealed: [...command.sealed] })];
}

/**
 * When the window of the present decision ends: it runs from the notification (rule 12). `told` is when he is being
 * told, where this very moment tells him. Undefined where there is no decision.
 */
export function disputableUntil(state: SubmittedCase, catalogue: Catalogue, told?: string): string | undefined {
  const { decision, file, news } = state;
  if (decision === null) return undefined;
  const toldAt = news.find((item) => item.ref === decision.ref)?.toldAt ?? told ?? null;
  const { calendar, disputeWithin } = file.terms;
  return citizensTermEnd(catalogue.calendar(calendar), { at: decision.at, told: toldAt }, disputeWithin);
}

/** Whether he may object now, as far as intake knows. */
export function mayDispute(state: SubmittedCase, given: Pick<Given, 'now' | 'catalogue'>): boolean {
  const { status, decision, dispute, disputes, erasure } = state;
  if (erasure?.state === 'erased') return false;
  if ((status !== 'decided' && status !== 'closed') || decision === null || decision.final) return false;
  const until = disputableUntil(state, given.catalogue, given.now);
  return dispute === null && disputes < mostDisputes && until !== undefined && ms(given.now) <= ms(until);
}
