import {
  upcast,
  type IntakeData,
  type IntakeFact,
  type RecordedEvent,
  type RecordedResolutionFact,
  type ResolutionData,
  type Rung,
  type Sealed,
} from '@garda/contracts';
import { isCourseFact, type CourseFact } from '../resolution/course';
import { intakeFact } from '../shared/facts';
import { NotKnownYet } from '../shared/fold';
import type { IntakeCase, SubmittedCase } from './case';
import { feeNoted } from './fees';

/** Silences of the citizen: he is reminded himself. */
const hisRungs: ReadonlySet<Rung> = new Set(['papers_not_fetched', 'fee_not_paid', 'product_not_collected']);

type Noted = Omit<IntakeData<'CaseProgressNoted'>, 'caseId' | 'ref' | 'fact' | 'at'>;

/**
 * What the citizen is told of resolution's work, one note a fact. Facts that he caused himself, or that change
 * nothing for him, make none.
 */
export function intakeReaction(state: IntakeCase, foreign: RecordedEvent): readonly IntakeFact[] {
  const fact = upcast(foreign) as RecordedResolutionFact;
  if (state.status === 'none') throw new NotKnownYet();
  const noted = noteOf(state, fact);
  if (noted === undefined) return [];
  const { caseId } = state.file;
  const note = { caseId, ref: fact.eventId, fact: fact.type, at: fact.recordedAt, ...noted };
  const fee = feeNoted(state, fact);
  return [intakeFact('CaseProgressNoted', note), ...(fee === undefined ? [] : [intakeFact('FeeNoted', fee)])];
}

function noteOf(state: SubmittedCase, fact: RecordedResolutionFact): Noted | undefined {
  if (isCourseFact(fact)) return noteOfCourse(state, fact);
  switch (fact.type) {
    case 'WorkReceived':
      return workNote(fact.data);
    case 'OfficerAssigned':
      return { state: 'news', unit: fact.data.unit, officer: fact.data.officer };
    case 'CaseAccepted':
      return { state: 'working', unit: fact.data.unit, officer: fact.data.officer };
    case 'InformationRequested':
      return { state: 'waiting', unit: fact.data.unit, items: fact.data.items, words: fact.data.words };
    case 'InformationRequestWithdrawn':
      return { state: 'working' };
    case 'AnswerReceived':
      return answersOpenQuestion(state, fact.data.request) ? { state: 'working' } : undefined;
    case 'ProgressReported':
      return { state: 'news', unit: fact.data.unit, words: fact.data.words };
    case 'ProductIssued':
      // What only the next stage needs is nothing that he fetches.
      return { state: 'news', unit: fact.data.unit, items: fact.data.partial ? undefined : [fact.data.product] };
    case 'StageCompleted':
      return { state: 'news', unit: fact.data.unit };
    case 'CaseResolved':
      return decidedNote(fact.data);
    case 'CaseRejected':
      return { state: 'decided', unit: fact.data.unit, outcome: 'rejected', words: fact.data.words };
    case 'WithdrawalReceived':
      return { state: fact.data.result === 'stands' ? 'withdrawn' : fact.data.result };
    case 'OutsideNoted':
      return { state: 'news', outcome: fact.data.state };
    case 'DisputeReceived':
    case 'DisputeDecided':
      return disputeNote(fact);
    case 'CaseReopened':
      return { state: 'reopened', words: fact.data.words, reopened: fact.data.reason };
    case 'CaseClosed':
      return { state: 'closed' };
    default:
      return noteOfThings(state, fact); // what routing or the citizen himself caused makes none
  }
}

function answersOpenQuestion(state: SubmittedCase, request: string | undefined): boolean {
  return request !== undefined && state.question?.ref === request;
}

/** Of his case on its way. What is sealed to somebody else than him is not for him to read. */
function noteOfCourse(state: SubmittedCase, fact: CourseFact): Noted | undefined {
  switch (fact.type) {
    case 'PartyDeclared':
      return fact.data.offer === undefined ? undefined : { state: 'news', unit: fact.data.unit };
    case 'FirstStepTaken':
      return { state: 'news', unit: fact.data.unit, words: fact.data.words };
    case 'TimeExtended':
    case 'SupervisionFound': {
      const { unit, stage, time, words } = fact.data;
      const kind = fact.type === 'TimeExtended' ? 'extension' : 'supervision';
      return { state: 'extended', unit, words, longer: { kind, stage, time } };
    }
    case 'ReportedUnitHeard': {
      const { unit, words } = fact.data;
      return { state: 'news', unit, words: hisOwn(state, words) };
    }
  }
}

/** Words that are sealed to him, and to nobody else. */
function hisOwn(state: SubmittedCase, words: Sealed | undefined): Sealed | undefined {
  return words?.subject === state.file.sealTo[0]?.subject ? words : undefined;
}

/** Of his papers, his money, and what he is reminded of. */
function noteOfThings(state: SubmittedCase, fact: RecordedResolutionFact): Noted | undefined {
  switch (fact.type) {
    case 'DocumentsReceived':
    case 'DocumentsLost':
    case 'DocumentsArchived':
      return { state: 'news', unit: fact.data.unit, items: fact.data.items };
    case 'DocumentsReturned': {
      const { unit, items, to } = fact.data;
      return { state: 'news', unit, items, ...(to === 'proxy' ? { to } : {}) };
    }
    case 'DocumentsHandedOver':
      return { state: 'news', unit: fact.data.to, items: fact.data.items };
    case 'DocumentsAcknowledged': {
      const { unit, items, missing } = fact.data;
      return { state: 'news', unit, items, ...(missing.length === 0 ? {} : { missing }) };
    }
    case 'ReminderDue':
      return hisRungs.has(fact.data.rung) ? { state: 'news' } : undefined;
    case 'ProductSent':
      return { state: 'news', unit: fact.data.to, items: [fact.data.product] };
    case 'ProductDelivered':
    case 'ProductTakenBack':
      return { state: 'news', unit: fact.data.unit, items: [fact.data.product] };
    case 'RecordCorrected':
      return correctedNote(state, fact.data);
    case 'FeeAssessed':
    case 'FeeAssessmentCancelled':
    case 'FeeRefunded':
      return { state: 'news', unit: fact.data.unit };
    case 'RefundDecided':
      return { state: 'news', unit: fact.data.unit, outcome: fact.data.granted ? 'granted' : 'refused' };
    case 'FeeReceived':
    case 'RefundRequested':
      return { state: 'news' };
    default:
      return undefined;
  }
}

/** What he was told before stands corrected. What he was never told of is none of his news. */
function correctedNote(
  state: SubmittedCase,
  { unit, words, supersedes }: ResolutionData<'RecordCorrected'>,
): Noted | undefined {
  if (!state.news.some(({ ref }) => ref === supersedes)) return undefined;
  return { state: 'news', unit, words: hisOwn(state, words), supersedes };
}

function decidedNote({ unit, outcome, words, referral }: ResolutionData<'CaseResolved'>): Noted {
  return { state: 'decided', unit, outcome, words, referral };
}

function disputeNote(fact: Extract<RecordedResolutionFact, { type: 'DisputeReceived' | 'DisputeDecided' }>): Noted {
  if (fact.type === 'DisputeReceived') return { state: fact.data.result === 'stands' ? 'disputed' : 'dispute_moot' };
  const { result, unit, words } = fact.data;
  return { state: result === 'dismissed' ? 'final' : 'news', unit, words };
}

/** With whom the case is, with nobody, or who is to decide the dispute. */
function workNote(data: ResolutionData<'WorkReceived'>): Noted {
  if (data.kind === 'none') return { state: 'news' };
  if (data.kind === 'dispute') return { state: 'disputed', unit: data.unit };
  return { state: 'news', unit: data.unit, stage: data.stage };
}
