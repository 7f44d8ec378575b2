import { createHash } from 'node:crypto';
import {
  canonicalJson,
  upcast,
  type IntakeData,
  type ProgressState,
  type RecordedIntakeFact,
  type Sealed,
} from '@garda/contracts';
import { unknownFact, UnknownFactError, type Fold } from '../shared/fold';
import type { CaseStatus, CitizenDecision, IntakeCase, Retention, SubmittedCase } from './case';
import { erasureAfter, isErasureFact, refundsAfter, dutyTold, type ErasureFact } from './erasure-state';
import { attached } from './evidence';
import { feesAfter } from './fee';
import { isMandateFact, mandatesAfter, type MandateFact } from './mandate';
import { newsAfter, told } from './news';

export const intakeFold: Fold<IntakeCase> = {
  initial: { status: 'none' },
  evolve(state, event) {
    const fact = upcast(event) as RecordedIntakeFact;
    if (fact.type === 'CaseSubmitted') return submitted(fact.data, fact.recordedAt);
    if (state.status === 'none') throw new UnknownFactError(event.type);
    if (fact.type === 'DutyDue' && fact.data.duty !== 'mandate_ends') return dutyTold(state, fact);
    if (isMandateFact(fact))
      return { ...state, mandates: mandatesAfter(state.mandates, fact), news: newsAfter(state.news, fact) };
    return isErasureFact(fact) ? erasureAfter(state, fact) : evolveKnown(state, fact as LaterFact);
  },
};

/** A sealed object in a state: its hash. */
export function sealedHash(sealed: Sealed): string {
  return createHash('sha256').update(canonicalJson(sealed)).digest('hex');
}

function submitted({ codeHash, ...data }: IntakeData<'CaseSubmitted'>, recordedAt: string): IntakeCase {
  return {
    status: 'received',
    file: {
      ...data,
      sealed: data.sealed.map(sealedHash),
      area: data.area ?? null,
      reportedUnit: data.reportedUnit ?? null,
      slip: data.slip ?? null,
      recordedAt,
    },
    unit: null,
    officer: null,
    question: null,
    withdrawal: null,
    decision: null,
    dispute: null,
    disputes: 0,
    news: [],
    summary: null,
    disclosures: [],
    answers: [],
    evidence: [],
    mandates: [],
    codeHash: codeHash ?? null,

    fees: [],
    claimed: false,
    refunds: { begun: 0, ended: 0 },
    supervised: false,
    erasure: null,
    retention: null,
  };
}

/** Facts of streams of their own, never a case's. */
type FactElsewhere = Extract<
  RecordedIntakeFact,
  { type: `${'Standard' | 'Unit' | 'Calendar' | 'Policy' | 'Slip' | 'StandIn' | 'Payment'}${string}` }
>;
type LaterFact = Exclude<RecordedIntakeFact, { type: 'CaseSubmitted' } | MandateFact | ErasureFact | FactElsewhere>;

function evolveKnown(state: SubmittedCase, fact: LaterFact): IntakeCase {
  switch (fact.type) {
    case 'InformationProvided':
      return { ...state, answers: [...state.answers, fact.eventId] };
    case 'EvidenceAttached':
      return attached(state, fact);
    case 'CaseWithdrawn':
      return { ...state, withdrawal: fact.eventId };
    case 'ServiceRated':
      return state.decision?.ref === fact.data.decision
        ? {
            ...state,
            decision: { ...state.decision, rated: { stars: fact.data.stars, satisfied: fact.data.satisfied } },
          }
        : state;
    case 'ResolutionDisputed':
      return { ...state, status: 'disputed', dispute: { ref: fact.eventId, before: state.status } };
    case 'CitizenNotified':
      return {
        ...state,
        news: state.news.map((item) => (item.ref === fact.data.about ? told(item, fact) : item)),
      };
    case 'PublicSummaryPublished': {
      const { text, unit, place } = fact.data;
      return { ...state, summary: { text, unit, place: place ?? state.summary?.place ?? null } };
    }
    case 'PersonalDataDisclosed':
      return { ...state, disclosures: [...state.disclosures, `${fact.data.day} ${fact.data.to}`] };
    case 'CaseProgressNoted':
      return progressed(state, fact);
    case 'RefundClaimed':
      return { ...state, claimed: true };
    case 'FeeNoted':
      return { ...state, fees: feesAfter(state.fees, fact.data) };
    case 'TrackingCodeReissued':
      return { ...state, codeHash: fact.data.codeHash };
    default:
      return unknownFact(fact);
  }
}

type ProgressFact = Extract<LaterFact, { type: 'CaseProgressNoted' }>;

/** The last one wins; what is only news leaves the status as it was. */
function progressed(state: SubmittedCase, { data, version }: ProgressFact): IntakeCase {
  const status = statusAfter(state, data.state);
  const news = [...state.news, { ref: data.ref, at: data.at, told: null, toldAt: null, failed: [] }];
  return {
    ...state,
    status,
    news,
    ...holder(state, data),
    refunds: refundsAfter(state.refunds, data),
    supervised: state.supervised || data.longer?.kind === 'supervision',
    question: data.state === 'waiting' ? { ref: data.ref, items: data.items ?? [] } : whileWaiting(state, status),
    retention: status === 'closed' ? (state.retention ?? keptSince(data.at, version)) : null,
    withdrawal: ['withdrawn', 'too_late', 'goes_on'].includes(data.state) ? null : state.withdrawal,
    decision: decisionAfter(state, data),
    dispute: data.fact === 'DisputeReceived' ? null : state.dispute,
    disputes: state.disputes + (data.fact === 'DisputeReceived' && data.state === 'disputed' ? 1 : 0),
  };
}

const keptSince = (since: string, version: number): Retention => ({ since, version, keptOn: false, listed: null });

function decisionAfter(
  { decision }: SubmittedCase,
  { state, ref, outcome, at, referral }: IntakeData<'CaseProgressNoted'>,
): CitizenDecision | null {
  if (state === 'decided')
    return { ref, outcome: outcome ?? null, at, rated: null, referral: referral ?? null, final: false };
  if (state === 'withdrawn') return null; // what was decided before is given up with the case
  return decision !== null && state === 'final' ? { ...decision, final: true } : decision;
}

function whileWaiting(state: SubmittedCase, status: CaseStatus): SubmittedCase['question'] {
  return status === 'waiting' ? state.question : null;
}

/**
 * Another unit, or none: the officer of the last one is not his any more. Who only decides a dispute has not got the case.
 */
function holder(state: SubmittedCase, { fact, unit, officer, state: noted }: IntakeData<'CaseProgressNoted'>) {
  if (fact === 'WorkReceived' && noted !== 'disputed')
    return { unit: unit ?? null, officer: unit === state.unit ? state.officer : null };
  if (fact === 'PartyDeclared') return { officer: null };
  if (fact === 'OfficerAssigned') return { unit: unit ?? state.unit, officer: officer ?? null };
  return {};
}

function statusAfter({ status: before, dispute }: SubmittedCase, noted: ProgressState): CaseStatus {
  switch (noted) {
    case 'dispute_moot':
      return before === 'disputed' && dispute !== null ? dispute.before : before;
    case 'goes_on':
    case 'too_late':
    case 'extended':
    case 'news':
      return before;
    case 'reopened':
      return 'working';
    default:
      return noted;
  }
}
