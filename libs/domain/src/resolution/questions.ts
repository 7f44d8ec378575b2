import { Refusal, type ResolutionFact, type StaffCommandBody } from '@garda/contracts';
import type { StaffAsk } from '../shared/commands';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import { openQuestion, type ResolutionCase } from './case';
import { checkAssigned, checkWorking, workOf } from './guards';

const mostQuestions = 2;

/** Asks the citizen; what is not on the standard's list is flagged, so that he sees it was not promised. */
export function askCitizen(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'ask'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = workOf(state, ask, given);
  checkWorking(known);
  checkAssigned(known, ask.actor, given);
  if (known.questions.length >= mostQuestions)
    throw new Refusal('TOO_MANY_QUESTIONS', `the citizen is asked at most ${mostQuestions} times`);
  const { items } = ask.body;
  const listed = known.file.terms.requirements;
  return [
    resolutionFact('InformationRequested', {
      caseId: known.file.caseId,
      unit: known.work.unit,
      items,
      offList: items.filter((item) => !listed.includes(item)),
      words: ask.sealedWords,
    }),
  ];
}

/** Whoever has the case now withdraws the question, also one that another unit asked. */
export function withdrawQuestion(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'withdraw-question'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = workOf(state, ask, given);
  const question = openQuestion(known);
  if (known.status !== 'waiting' || question === undefined)
    throw new Refusal('NOT_WAITING', `the case is ${known.status}, no question is open`);
  return [resolutionFact('InformationRequestWithdrawn', { caseId: known.file.caseId, request: question.ref })];
}
