import { upcast, type RecordedResolutionFact, type ResolutionData } from '@garda/contracts';
import { unknownFact, UnknownFactError, type Fold } from '../shared/fold';
import {
  decisionOf,
  isOpenWork,
  openQuestion,
  type Decision,
  type KnownResolutionCase,
  type ResolutionCase,
  type Work,
} from './case';
import { fresh, open, resting } from './base';
import { courseAfter, isCourseFact, withoutParty } from './course';
import { feeTold, isMoneyFact, moneyAfter } from './fees';
import { isPaperFact, papersAfter } from './papers';
import { isProductFact, productsAfter } from './products';
import { recordsAfter } from './records';
import { workersAfter } from './workers';

import { around } from './around';
import { asked, closeQuestions, endQuestion } from './asked';
import { disputed, disputeDecided, namedToDecide } from './disputed';

/** Trips have streams of their own: no case knows them. */
type CaseFact = Exclude<RecordedResolutionFact, { type: 'TripRecorded' | 'TripApproved' }>;

export const resolutionFold: Fold<ResolutionCase> = {
  initial: { status: 'none' },
  evolve(state, event) {
    const fact = upcast(event) as CaseFact;
    if (fact.type === 'CaseKnown') return fresh(fact.data);
    if (state.status === 'none') throw new UnknownFactError(event.type);
    const records = recordsAfter(state.records, fact);
    const workers = workersAfter(state.workers, fact);
    const same = records === state.records && workers === state.workers;
    return evolveKnown(same ? state : withThese(state, records, workers), fact);
  },
};

/** While it is open a case has nothing but what every status has, and is copied as that. */
function withThese(
  state: KnownResolutionCase,
  records: KnownResolutionCase['records'],
  workers: KnownResolutionCase['workers'],
): KnownResolutionCase {
  return isOpenWork(state)
    ? (open(state, records, workers, state.status) as KnownResolutionCase)
    : { ...state, records, workers };
}

type ReceivedData = ResolutionData<'WorkReceived'>;
type LaterFact = Exclude<CaseFact, { type: 'CaseKnown' }>;

function evolveKnown(state: KnownResolutionCase, fact: LaterFact): ResolutionCase {
  if (isPaperFact(fact)) return { ...state, papers: papersAfter(state.papers, fact) };
  if (isMoneyFact(fact)) return { ...state, money: moneyAfter(state.money, fact) };
  if (isProductFact(fact)) return { ...state, products: productsAfter(state.products, fact) };
  if (isCourseFact(fact)) return withoutParty({ ...state, course: courseAfter(state.course, fact) }, fact);
  switch (fact.type) {
    case 'WorkReceived':
      return fact.data.kind === 'dispute' ? namedToDecide(state, fact.data) : received(state, fact, fact.data);
    case 'FollowsNoted':
    case 'OfficerAssigned':
    case 'MandateNoted':
      return around(state, fact);
    case 'CaseAccepted':
      return resting({ ...state, accepted: true });
    case 'InformationRequested':
      return { ...open(state), status: 'waiting', questions: [...state.questions, asked(fact)] };
    case 'InformationRequestWithdrawn':
      return resting(endQuestion(state, fact.data.request, 'withdrawn'));
    case 'AnswerReceived':
      return answered(state, fact.data);
    case 'CitizenTold':
      return toldOf(state, fact.data);
    case 'WithdrawalReceived':
      return fact.data.result === 'stands' ? withdrawn(state, fact) : state;
    case 'SatisfactionReceived':
      return satisfied(state, fact.data, fact.recordedAt);
    case 'ProgressReported':
    case 'GiftDeclined':
    case 'OutsideNoted':
    case 'RefundClaimReceived':
    case 'RecordCorrected':
      return state;
    case 'StageCompleted':
      return { ...open(state), status: 'handed' } as ResolutionCase;
    default:
      return evolveEnd(state, fact);
  }
}

type EndFact = Extract<
  LaterFact,
  {
    type:
      | ('CaseRejected' | 'CaseResolved' | 'DisputeReceived' | 'DisputeDecided' | 'CaseReopened' | 'CaseClosed')
      | 'ReminderDue';
  }
>;

/** What ends the work or begins it again, and what is told of silences. */
function evolveEnd(state: KnownResolutionCase, fact: EndFact): ResolutionCase {
  switch (fact.type) {
    case 'CaseRejected':
    case 'CaseResolved':
      return decided(state, fact);
    case 'CaseReopened':
      return reopened(state, fact);
    case 'DisputeReceived':
      return disputed(state, fact, open(state));
    case 'DisputeDecided':
      return disputeDecided(state, fact, open(state));
    case 'CaseClosed':
      return { ...open(state), status: 'closed', reason: fact.data.reason, decision: decisionOf(state) };
    case 'ReminderDue': {
      const { rung, step, startedVersion, to } = fact.data;
      return { ...state, reminded: [...state.reminded, { rung, step, startedVersion, to, at: fact.recordedAt }] };
    }
    default:
      return unknownFact(fact);
  }
}

/** Whoever keeps the case has it anew: what he is to do within a time runs from here. */
function reopened(state: KnownResolutionCase, fact: Extract<LaterFact, { type: 'CaseReopened' }>): ResolutionCase {
  const taken = state.officer === null ? null : { at: fact.recordedAt, version: fact.version };
  // It stands for itself from here: what its leader comes to is no answer to it any more.
  return resting({ ...open(state), leader: null, taken, accepted: false, reopened: state.reopened + 1 });
}

/**
 * The unit and stage follow routing in every status, so that no order of topics loses them;
 * the status moves only while the case is open (moot otherwise) and nobody is waited for.
 */
function received(
  state: KnownResolutionCase,
  { recordedAt, version }: Extract<LaterFact, { type: 'WorkReceived' }>,
  data: Exclude<ReceivedData, { kind: 'dispute' }>,
): ResolutionCase {
  const before = state.work;
  const work = data.kind === 'stage' ? workOf(data, recordedAt, version) : null;
  const sameUnit = work !== null && before?.unit === work.unit;
  const sameStage = sameUnit && before.stage === work.stage;
  const next = {
    ...state,
    work,
    officer: sameUnit ? state.officer : null,
    taken: sameUnit ? state.taken : null,
    accepted: sameStage && state.status !== 'handed' ? state.accepted : false,
  };
  if (!isOpenWork(state) || state.status === 'waiting') return next as ResolutionCase;
  return resting(next);
}

function workOf(data: Extract<ReceivedData, { kind: 'stage' }>, since: string, version: number): Work {
  const { unit, offer, stage, terms, binding } = data;
  return { unit, offer, stage, terms, binding, since, version };
}

/** An answer to the open question ends the wait; to a lapsed one it is noted there; any other is added to the file. */
function answered(state: KnownResolutionCase, { answer, request }: ResolutionData<'AnswerReceived'>): ResolutionCase {
  const wasOpen = openQuestion(state)?.ref === request && request !== undefined;
  const questions = state.questions.map((q) =>
    q.ref === request && (q.state === 'open' || q.state === 'lapsed') ? { ...q, state: 'answered' as const } : q,
  );
  const next = { ...state, questions, answers: [...state.answers, answer] };
  return wasOpen ? resting(next) : next;
}

function toldOf(state: KnownResolutionCase, { about, at }: ResolutionData<'CitizenTold'>): ResolutionCase {
  const questions = state.questions.map((q) => (q.ref === about && q.told === null ? { ...q, told: at } : q));
  const next = { ...state, questions, told: [...state.told, about], money: feeTold(state.money, about, at) };
  const decision = decisionOf(state);
  return decision?.ref === about && decision.told === null
    ? ({ ...next, decision: { ...decision, told: at } } as ResolutionCase)
    : next;
}

function withdrawn(
  state: KnownResolutionCase,
  fact: Extract<LaterFact, { type: 'WithdrawalReceived' }>,
): ResolutionCase {
  const { recordedAt: at, version } = fact;
  const ended = closeQuestions(open(state), 'withdrawn');
  return {
    ...ended,
    officer: null,
    taken: null,
    accepted: false,
    status: 'withdrawn',
    withdrawal: { ref: fact.data.withdrawal, at, version },
  };
}

function satisfied(
  state: KnownResolutionCase,
  data: ResolutionData<'SatisfactionReceived'>,
  at: string,
): ResolutionCase {
  const decision = decisionOf(state);
  if (decision === null || decision.ref !== data.decision || !data.satisfied) return state;
  return { ...state, decision: { ...decision, satisfied: at } } as ResolutionCase;
}

function decided(
  state: KnownResolutionCase,
  fact: Extract<LaterFact, { type: 'CaseResolved' | 'CaseRejected' }>,
): ResolutionCase {
  const { eventId: ref, recordedAt: at, version } = fact;
  const rejected = fact.type === 'CaseRejected';
  const decision: Decision = {
    ref,
    outcome: rejected ? 'rejected' : fact.data.outcome,
    reason: rejected ? fact.data.reason : null,
    unit: fact.data.unit ?? null,
    by: ('by' in fact.data ? fact.data.by : undefined) ?? fact.data.unit ?? null,
    officer: state.officer,
    at,
    version,
    told: null,
    satisfied: null,
  };
  return { ...closeQuestions(open(state), 'lapsed'), status: 'decided', decision };
}
