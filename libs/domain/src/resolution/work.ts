import { Refusal, type ResolutionFact, type StaffCommandBody } from '@garda/contracts';
import type { StaffAsk } from '../shared/commands';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { ResolutionCase } from './case';
import { checkNoOpenBill, checkPaid } from './fee-desk';
import { checkAssigned, checkWorking, isLastStage, workOf, type OpenWork } from './guards';

function workingOn<B extends { occurredAt?: string | undefined }>(
  state: ResolutionCase,
  ask: StaffAsk<B>,
  given: Given,
): OpenWork {
  const known = workOf(state, ask, given);
  checkWorking(known);
  checkAssigned(known, ask.actor, given);
  return known;
}

export function reportProgress(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'progress'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = workingOn(state, ask, given);
  const { code } = ask.body;
  return [
    resolutionFact('ProgressReported', {
      caseId: known.file.caseId,
      unit: known.work.unit,
      code,
      words: ask.sealedWords,
    }),
  ];
}

/** The product that the terms promise: the stage's partial one, or on the last stage the case's own. */
export function issueProduct(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'issue-product'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = workingOn(state, ask, given);
  const { product, partial, number, signatory } = ask.body;
  if (!partial && !isLastStage(known)) throw new Refusal('NOT_LAST_STAGE', 'the product is issued on the last stage');
  const promised = partial ? known.work.terms.partial : known.file.terms.product;
  if (promised !== product) throw new Refusal('PRODUCT_NOT_PROMISED', `promised is ${promised ?? 'none'}`);
  if (!partial) checkPaid(known);
  const { unit, stage } = known.work;
  return [
    resolutionFact('ProductIssued', { caseId: known.file.caseId, unit, stage, product, partial, number, signatory }),
  ];
}

/** A stage is done and the next one may begin. */
export function completeStage(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'complete-stage'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = workingOn(state, ask, given);
  if (isLastStage(known)) throw new Refusal('LAST_STAGE', 'the last stage ends with the decision');
  const { unit, stage, terms } = known.work;
  const issued = known.products.some((one) => one.partial && one.stage === stage);
  if (terms.partial !== undefined && !issued)
    throw new Refusal('PARTIAL_PRODUCT_MISSING', `the stage leaves: ${terms.partial}`);
  checkNoOpenBill(known);
  return [resolutionFact('StageCompleted', { caseId: known.file.caseId, unit, stage })];
}
