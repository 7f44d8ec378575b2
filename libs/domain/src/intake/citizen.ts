import { Refusal, type IntakeFact, type Sealed, type StaffCommandBody } from '@garda/contracts';
import type { StaffAsk } from '../shared/commands';
import { intakeFact } from '../shared/facts';
import type { IntakeCase } from './case';
import { checkNotErased } from './erasure';
import { submittedCase } from './submitted';
import { confirmedUnit } from './mandate';

export interface ProvideInformation {
  /** Event id of the question; absent when the citizen adds unasked. */
  readonly request?: string | undefined;
  readonly items: readonly string[];
  readonly sealed: readonly Sealed[];
}

export interface RateService {
  readonly stars: number;
  readonly satisfied: boolean;
  readonly sealed: readonly Sealed[];
}

/** The code holder answers the open question, or adds to his case until it is closed or withdrawn. */
export function provideInformation(state: IntakeCase, command: ProvideInformation): readonly IntakeFact[] {
  const known = submittedCase(state);
  checkNotErased(known);
  if (known.status === 'closed' || known.status === 'withdrawn')
    throw new Refusal('CASE_NOT_OPEN', `the case is ${known.status}`);
  const { request, items, sealed } = command;
  if (request !== undefined && known.question?.ref !== request)
    throw new Refusal('REQUEST_NOT_OPEN', 'no such question is open');
  const { caseId } = known.file;
  return [intakeFact('InformationProvided', { caseId, request, items: [...items], sealed: [...sealed] })];
}

/** The same for him by the unit whose mandate he has confirmed. */
export function provideForCitizen(
  state: IntakeCase,
  ask: StaffAsk<StaffCommandBody<'provide-information'>>,
): readonly IntakeFact[] {
  const { actor, body, sealedWords } = ask;
  const unit = confirmedUnit(submittedCase(state));
  if (actor.kind !== 'staff' || actor.unit !== unit)
    throw new Refusal('MANDATE_MISSING', 'the unit has no confirmed mandate');
  return provideInformation(state, { ...body, sealed: sealedWords === undefined ? [] : [sealedWords] });
}

/** The code holder takes his case back; resolution answers whether it stands. */
export function withdrawCase(
  state: IntakeCase,
  command: { readonly sealed: readonly Sealed[] },
): readonly IntakeFact[] {
  const known = submittedCase(state);
  if (known.status !== 'received' && known.status !== 'working' && known.status !== 'waiting')
    throw new Refusal('CASE_NOT_OPEN', `the case is ${known.status}`);
  if (known.withdrawal !== null) throw new Refusal('WITHDRAWAL_PENDING', 'a withdrawal is not answered yet');
  return [intakeFact('CaseWithdrawn', { caseId: known.file.caseId, sealed: [...command.sealed] })];
}

/** The code holder rates the present decision, once; satisfied lets it close at once. */
export function rateService(state: IntakeCase, command: RateService): readonly IntakeFact[] {
  const known = submittedCase(state);
  const { decision } = known;
  if (known.status !== 'decided' || decision === null) throw new Refusal('NOT_DECIDED', `the case is ${known.status}`);
  if (decision.rated !== null) throw new Refusal('ALREADY_RATED', 'this decision is rated');
  const { stars, satisfied, sealed } = command;
  const { caseId } = known.file;
  return [intakeFact('ServiceRated', { caseId, decision: decision.ref, stars, satisfied, sealed: [...sealed] })];
}
