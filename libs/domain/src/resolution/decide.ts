import { Refusal, type CaseKind, type Outcome, type ResolutionFact, type StaffCommandBody } from '@garda/contracts';
import type { StaffAsk } from '../shared/commands';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { ResolutionCase } from './case';
import { checkNoOpenBill, checkPaid } from './fee-desk';
import { checkAssigned, checkWorking, isLastStage, workOf, type OpenWork } from './guards';

const ofComplaints: readonly Outcome[] = ['remedied', 'partly', 'unfounded', 'information_given'];
const ofRequests: readonly Outcome[] = ['granted', 'partly', 'information_given'];

/** What an officer may decide by kind of case; `refused` is a head's, the rest comes by rule. */
const outcomes: Readonly<Record<CaseKind, readonly Outcome[]>> = {
  complaint: ofComplaints,
  levy: ofComplaints,
  request: ofRequests,
  information: ofRequests,
  aspiration: ofRequests,
};

/** Products that are papers in the citizen's hand: granted means issued. Repairs and answers are no papers. */
const papers: readonly (string | undefined)[] = [
  'village_letter',
  'district_letter',
  'agency_letter',
  'population_document',
  'file',
  'copy',
];

/** The assigned officer decides on the last stage. */
export function resolveCase(
  state: ResolutionCase,
  ask: StaffAsk<Omit<StaffCommandBody<'resolve'>, 'outcome'> & { readonly outcome: Outcome }>,
  given: Given,
): readonly ResolutionFact[] {
  const known = workOf(state, ask, given);
  const { outcome } = ask.body;
  if (outcome === 'refused') throw new Refusal('HEAD_ONLY', 'only a head refuses, by a command of his own');
  checkWorking(known);
  checkAssigned(known, ask.actor, given);
  if (!isLastStage(known)) throw new Refusal('NOT_LAST_STAGE', 'the case has more stages');
  const { terms } = known.file;
  if (!outcomes[terms.kind].includes(outcome))
    throw new Refusal('OUTCOME_NOT_ALLOWED', `no outcome of a ${terms.kind}: ${outcome}`);
  if (outcome === 'granted') checkIssued(known);
  // What is not granted is not paid for: an open bill lapses with the decision.
  if (outcome === 'granted') checkPaid(known);
  if (outcome === 'partly') checkNoOpenBill(known);
  return [resolved(known, outcome, ask.sealedWords)];
}

function checkIssued({ file: { terms }, products }: OpenWork): void {
  if (papers.includes(terms.product) && !products.some((product) => !product.partial))
    throw new Refusal('PRODUCT_MISSING', `granted means issued: ${terms.product}`);
}

/** A head of the responsible unit refuses what was asked for; the citizen reads why. */
export function refuseCase(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'refuse'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = workOf(state, ask, given);
  checkWorking(known);
  if (!isLastStage(known)) throw new Refusal('NOT_LAST_STAGE', 'the case has more stages');
  return [resolved(known, 'refused', ask.sealedWords)];
}

/** A head of the responsible unit rejects for a reason of the closed list; a wrong door is a transfer, no reason. */
export function rejectCase(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'reject'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = workOf(state, ask, given);
  if (known.status === 'waiting') throw new Refusal('QUESTION_OPEN', 'the citizen is asked');
  if (known.status !== 'pending' && known.status !== 'working')
    throw new Refusal('NOT_WORKING', `the case is ${known.status}`);
  const { reason } = ask.body;
  if (reason === 'no_substance' && known.questions.length === 0)
    throw new Refusal('OUTCOME_NOT_ALLOWED', 'no substance: only after one question');
  return [
    resolutionFact('CaseRejected', {
      caseId: known.file.caseId,
      unit: known.work.unit,
      reason,
      words: ask.sealedWords,
    }),
  ];
}

function resolved(known: OpenWork, outcome: Outcome, words: StaffAsk<unknown>['sealedWords']): ResolutionFact {
  return resolutionFact('CaseResolved', { caseId: known.file.caseId, unit: known.work.unit, outcome, words });
}
