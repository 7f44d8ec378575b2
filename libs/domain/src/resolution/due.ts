import type { ResolutionData, ResolutionFact } from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import { citizensTermEnd, ms } from '../shared/deadline';
import { dueNow, type Due, type DueKey } from '../shared/due';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import { takeBack, takeBackDue } from './product-clock';
import {
  archive,
  archiveDue,
  awaitedFees,
  hasReminded,
  remind,
  remindersOf,
  waitsForPapers,
  type Reminder,
} from './reminders';
import { endOf } from './start';
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
  return state.status === 'none' ? [] : dueOf(state, catalogue);
}

function dueOf(state: KnownResolutionCase, catalogue: Catalogue): readonly Due[] {
  const kept = [...archiveDue(state, catalogue), ...takeBackDue(state, catalogue)];
  return [...endDue(state, catalogue), ...kept, ...remindersOf(state, catalogue)];
}

/** The clocks that end something: the citizen's silence, and the case. */
function endDue(state: KnownResolutionCase, catalogue: Catalogue): readonly Due[] {
  const question = openQuestion(state);
  if (question !== undefined) {
    const dueAt = questionDueAt(state.file, question, catalogue);
    return [{ clock: 'answer', startedVersion: question.version, rung: 1, dueAt }];
  }
  // Only after the reminder: whoever was not reminded is not answered by silence.
  const reminded = awaitedFees(state).filter(({ version }) => hasReminded(state, 'fee_not_paid', version));
  const paymentDue = reminded.map((fee): Due => {
    const dueAt = feeDueAt(state.file, fee, catalogue);
    return { clock: 'payment', startedVersion: fee.version, rung: 1, dueAt };
  });
  return [...paymentDue, ...closeDue(state, catalogue)];
}

/** A decision waits for the citizen; what is final or withdrawn waits for nobody, and all of them for the papers. */
function closeDue(state: KnownResolutionCase, catalogue: Catalogue): readonly Due[] {
  const end = endOf(state);
  if (end === undefined || waitsForPapers(state)) return [];
  const dueAt =
    state.status === 'decided'
      ? (state.decision.satisfied ?? windowEndsAt(state.file, state.decision, catalogue))
      : end.at;
  return [{ clock: 'close', startedVersion: end.version, rung: 1, dueAt }];
}

/** What a timer does. Checked again on the folded state: not due any more means nothing at all. */
export function fireResolution(state: ResolutionCase, key: DueKey, given: Given): readonly ResolutionFact[] {
  if (state.status === 'none') return [];
  const due = dueNow(dueOf(state, given.catalogue), key, given.now);
  if (due === undefined) return [];
  const { caseId } = state.file;
  switch (due.clock) {
    case 'answer':
    case 'payment':
      return [resolutionFact('CaseResolved', { caseId, unit: state.work?.unit, outcome: 'no_answer' })];
    case 'close':
      return [resolutionFact('CaseClosed', { caseId, reason: reasonOf(state) })];
    case 'archive':
      return archive(state);
    case 'product':
      return takeBack(state);
    default:
      return [remind(state, due as Reminder)]; // every other clock is a reminder's
  }
}

function reasonOf(state: KnownResolutionCase): ResolutionData<'CaseClosed'>['reason'] {
  if (state.status === 'decided') return state.decision.satisfied === null ? 'silence' : 'satisfied';
  return state.status === 'final' ? 'dismissed' : 'withdrawn';
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
