import type { ResolutionFact } from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import { citizensTermEnd, ms } from '../shared/deadline';
import { dueNow, type Due, type DueKey } from '../shared/due';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import { openQuestion, type Decision, type Question, type ResolutionCase, type WorkCase } from './case';

/** When the citizen's silence on a question becomes a decision. */
export function questionDueAt(file: WorkCase['file'], question: Question, catalogue: Catalogue): string {
  return citizensTermEnd(catalogue.calendar(file.terms.calendar), question, file.terms.answerWithin);
}

/** When the window of a decision is over. */
export function windowEndsAt(file: WorkCase['file'], decision: Decision, catalogue: Catalogue): string {
  return citizensTermEnd(catalogue.calendar(file.terms.calendar), decision, file.terms.disputeWithin);
}

/** All that will happen to this case by the clock alone, as things stand (domain, B.6). */
export function resolutionDue(state: ResolutionCase, catalogue: Catalogue): readonly Due[] {
  switch (state.status) {
    case 'waiting': {
      const question = openQuestion(state);
      if (question === undefined) return [];
      const dueAt = questionDueAt(state.file, question, catalogue);
      return [{ clock: 'answer', startedVersion: question.version, rung: 1, dueAt }];
    }
    case 'decided': {
      const { decision } = state;
      const dueAt = decision.satisfied ?? windowEndsAt(state.file, decision, catalogue);
      return [{ clock: 'close', startedVersion: decision.version, rung: 1, dueAt }];
    }
    case 'final': {
      const { version, decidedAt } = state.disputes.at(-1) ?? { version: 0, decidedAt: null };
      return decidedAt === null ? [] : [{ clock: 'close', startedVersion: version, rung: 1, dueAt: decidedAt }];
    }
    case 'withdrawn':
      return [{ clock: 'close', startedVersion: state.withdrawal.version, rung: 1, dueAt: state.withdrawal.at }];
    default:
      return [];
  }
}

/** What a timer does. Checked again on the folded state: not due any more means nothing at all. */
export function fireResolution(state: ResolutionCase, key: DueKey, given: Given): readonly ResolutionFact[] {
  if (state.status === 'none') return [];
  if (dueNow(resolutionDue(state, given.catalogue), key, given.now) === undefined) return [];
  const { caseId } = state.file;
  switch (state.status) {
    case 'waiting':
      return [resolutionFact('CaseResolved', { caseId, unit: state.work?.unit, outcome: 'no_answer' })];
    case 'decided':
      return [
        resolutionFact('CaseClosed', { caseId, reason: state.decision.satisfied === null ? 'silence' : 'satisfied' }),
      ];
    case 'final':
      return [resolutionFact('CaseClosed', { caseId, reason: 'dismissed' })];
    case 'withdrawn':
      return [resolutionFact('CaseClosed', { caseId, reason: 'withdrawn' })];
    default:
      return [];
  }
}

/** Whether an answer came in time to a question that lapsed meanwhile: then nothing of it may be lost. */
export function answersInTime(
  state: WorkCase,
  answer: { readonly request?: string | undefined; readonly answeredAt: string },
  catalogue: Catalogue,
): boolean {
  const question = state.questions.find((one) => one.ref === answer.request && one.state === 'lapsed');
  return question !== undefined && ms(answer.answeredAt) <= ms(questionDueAt(state.file, question, catalogue));
}
