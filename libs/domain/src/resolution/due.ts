import type { ResolutionFact } from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import { citizensTermEnd, ms } from '../shared/deadline';
import { dueNow, type Due, type DueKey } from '../shared/due';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import { openFee } from './fees';
import { takeBack, takeBackDue } from './product-clock';
import { archive, archiveDue, hasReminded, remind, remindersOf, waitsForPapers } from './reminders';
import { feeDueAt } from './treasury';
import {
  openQuestion,
  type Decision,
  type KnownResolutionCase,
  type Question,
  type ResolutionCase,
  type WorkCase,
} from './case';

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
  if (state.status === 'none') return [];
  const kept = [...archiveDue(state, catalogue), ...takeBackDue(state, catalogue)];
  return [...endDue(state, catalogue), ...kept, ...remindersOf(state, catalogue)];
}

/** The clocks that end something: the citizen's silence, and the case. */
function endDue(state: KnownResolutionCase, catalogue: Catalogue): readonly Due[] {
  switch (state.status) {
    case 'waiting': {
      const question = openQuestion(state);
      if (question === undefined) return [];
      const dueAt = questionDueAt(state.file, question, catalogue);
      return [{ clock: 'answer', startedVersion: question.version, rung: 1, dueAt }];
    }
    case 'working': {
      const fee = openFee(state.money);
      // Only after the reminder: whoever was not reminded is not answered by silence.
      if (fee === undefined || !hasReminded(state, 'fee_not_paid', fee.version)) return [];
      const dueAt = feeDueAt(state.file, fee, catalogue);
      return [{ clock: 'payment', startedVersion: fee.version, rung: 1, dueAt }];
    }
    case 'decided': {
      const { decision } = state;
      const dueAt = decision.satisfied ?? windowEndsAt(state.file, decision, catalogue);
      return waitsForPapers(state) ? [] : [{ clock: 'close', startedVersion: decision.version, rung: 1, dueAt }];
    }
    case 'withdrawn': {
      const { at: dueAt, version: startedVersion } = state.withdrawal;
      return waitsForPapers(state) ? [] : [{ clock: 'close', startedVersion, rung: 1, dueAt }];
    }
    case 'final': {
      const { version, decidedAt } = state.disputes.at(-1) ?? { version: 0, decidedAt: null };
      if (decidedAt === null || waitsForPapers(state)) return [];
      return [{ clock: 'close', startedVersion: version, rung: 1, dueAt: decidedAt }];
    }
    default:
      return [];
  }
}

/** What a timer does. Checked again on the folded state: not due any more means nothing at all. */
export function fireResolution(state: ResolutionCase, key: DueKey, given: Given): readonly ResolutionFact[] {
  if (state.status === 'none') return [];
  const due = dueNow(resolutionDue(state, given.catalogue), key, given.now);
  if (due === undefined) return [];
  const { caseId } = state.file;
  switch (due.clock) {
    case 'answer':
    case 'payment':
      return [resolutionFact('CaseResolved', { caseId, unit: state.work?.unit, outcome: 'no_answer' })];
    case 'close':
      return closed(state);
    case 'archive':
      return archive(state);
    case 'product':
      return takeBack(state);
    default:
      return remind(state, due, given.catalogue) ?? [];
  }
}

function closed(state: KnownResolutionCase): readonly ResolutionFact[] {
  const { caseId } = state.file;
  if (state.status === 'withdrawn') return [resolutionFact('CaseClosed', { caseId, reason: 'withdrawn' })];
  if (state.status === 'final') return [resolutionFact('CaseClosed', { caseId, reason: 'dismissed' })];
  const satisfied = state.status === 'decided' && state.decision.satisfied !== null;
  return [resolutionFact('CaseClosed', { caseId, reason: satisfied ? 'satisfied' : 'silence' })];
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
