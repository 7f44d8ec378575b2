import type { RecordedResolutionFact } from '@garda/contracts';
import type { KnownResolutionCase, Question, WorkCase } from './case';
import { lapsed } from './fees';

export function asked(fact: Extract<RecordedResolutionFact, { type: 'InformationRequested' }>): Question {
  const { unit, items, offList } = fact.data;
  const { eventId: ref, recordedAt: at, version } = fact;
  return { ref, unit, items, offList, at, version, told: null, state: 'open' };
}

export function endQuestion(state: KnownResolutionCase, ref: string, how: Question['state']): KnownResolutionCase {
  const questions = state.questions.map((q) => (q.ref === ref && q.state === 'open' ? { ...q, state: how } : q));
  return { ...state, questions };
}

/** Nobody is waited for any more: neither an answer nor a payment. */
export function closeQuestions(state: WorkCase, how: Question['state']): WorkCase {
  const questions = state.questions.map((q) => (q.state === 'open' ? { ...q, state: how } : q));
  return { ...state, questions, money: lapsed(state.money) };
}
