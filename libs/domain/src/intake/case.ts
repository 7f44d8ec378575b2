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
import { feesAfter, type CitizenFee } from './fees';

type Submitted = IntakeData<'CaseSubmitted'>;
type Channel = IntakeData<'CitizenNotified'>['channel'];

/** What was handed in; never changes. Sealed objects only by hash: the log has them, the state needs no copy. */
export interface SubmittedFile extends Omit<Submitted, 'sealed' | 'area' | 'codeHash' | 'reportedUnit'> {
  readonly sealed: readonly string[];
  readonly area: string | null;
  readonly codeHash: string | null;
  readonly reportedUnit: string | null;
  readonly recordedAt: string;
}

/** A piece of news for the citizen, by the id of resolution's fact. */
export interface News {
  readonly ref: string;
  readonly at: string;
  /** The channel by which he was told, once he was. */
  readonly told: Channel | null;
  readonly failed: readonly Channel[];
}

export interface CitizenDecision {
  readonly ref: string;
  readonly outcome: string | null;
  readonly at: string;
  readonly rated: { readonly stars: number; readonly satisfied: boolean } | null;
}

export interface CitizenCase {
  readonly file: SubmittedFile;
  /** Who has it now, as the citizen is told. */
  readonly unit: string | null;
  readonly officer: string | null;
  /** The open question, by the id of resolution's InformationRequested. */
  readonly question: { readonly ref: string; readonly items: readonly string[] } | null;
  /** A withdrawal that resolution has not answered yet. */
  readonly withdrawal: string | null;
  readonly decision: CitizenDecision | null;
  readonly news: readonly News[];
  readonly summary: { readonly text: string; readonly place: string | null; readonly unit: string } | null;
  /** `day staff`, one entry a disclosure. */
  readonly disclosures: readonly string[];
  /** Event ids of what the citizen added. */
  readonly answers: readonly string[];

  readonly fees: readonly CitizenFee[];
  /** A refund was asked for. */
  readonly claimed: boolean;
}

/** A case as the citizen sees it (domain, B.1). */
export type IntakeCase =
  | { readonly status: 'none' }
  | (CitizenCase & {
      readonly status: 'received' | 'working' | 'waiting' | 'decided' | 'disputed' | 'final' | 'closed' | 'withdrawn';
    });
export type SubmittedCase = Exclude<IntakeCase, { status: 'none' }>;

export const intakeFold: Fold<IntakeCase> = {
  initial: { status: 'none' },
  evolve(state, event) {
    const fact = upcast(event) as RecordedIntakeFact;
    if (fact.type === 'CaseSubmitted') return submitted(fact.data, fact.recordedAt);
    if (state.status === 'none') throw new UnknownFactError(event.type);
    return evolveKnown(state, fact);
  },
};

/** A sealed object in a state: its hash. */
export function sealedHash(sealed: Sealed): string {
  return createHash('sha256').update(canonicalJson(sealed)).digest('hex');
}

function submitted(data: Submitted, recordedAt: string): IntakeCase {
  return {
    status: 'received',
    file: {
      ...data,
      sealed: data.sealed.map(sealedHash),
      area: data.area ?? null,
      codeHash: data.codeHash ?? null,
      reportedUnit: data.reportedUnit ?? null,
      recordedAt,
    },
    unit: null,
    officer: null,
    question: null,
    withdrawal: null,
    decision: null,
    news: [],
    summary: null,
    disclosures: [],
    answers: [],

    fees: [],
    claimed: false,
  };
}

function evolveKnown(state: SubmittedCase, fact: Exclude<RecordedIntakeFact, { type: 'CaseSubmitted' }>): IntakeCase {
  switch (fact.type) {
    case 'InformationProvided':
      return { ...state, answers: [...state.answers, fact.eventId] };
    case 'CaseWithdrawn':
      return { ...state, withdrawal: fact.eventId };
    case 'ServiceRated':
      return state.decision?.ref === fact.data.decision
        ? {
            ...state,
            decision: { ...state.decision, rated: { stars: fact.data.stars, satisfied: fact.data.satisfied } },
          }
        : state;
    case 'CitizenNotified':
      return {
        ...state,
        news: state.news.map((item) => (item.ref === fact.data.about ? told(item, fact.data) : item)),
      };
    case 'PublicSummaryPublished': {
      const { text, unit, place } = fact.data;
      return { ...state, summary: { text, unit, place: place ?? state.summary?.place ?? null } };
    }
    case 'PersonalDataDisclosed':
      return { ...state, disclosures: [...state.disclosures, `${fact.data.day} ${fact.data.to}`] };
    case 'CaseProgressNoted':
      return progressed(state, fact.data);
    case 'RefundClaimed':
      return { ...state, claimed: true };
    case 'FeeNoted':
      return { ...state, fees: feesAfter(state.fees, fact.data) };
    case 'StandardPublished':
    case 'StandardSuperseded':
    case 'UnitPublished':
    case 'CalendarPublished':
    case 'PolicyPublished':
      throw new UnknownFactError(fact.type); // streams of their own, never a case's
    default:
      return unknownFact(fact);
  }
}

function told(item: News, { channel, ok }: IntakeData<'CitizenNotified'>): News {
  return ok ? { ...item, told: item.told ?? channel } : { ...item, failed: [...item.failed, channel] };
}

/** The last one wins; what is only news leaves the status as it was. */
function progressed(state: SubmittedCase, data: IntakeData<'CaseProgressNoted'>): IntakeCase {
  const status = statusAfter(state.status, data.state);
  const news = [...state.news, { ref: data.ref, at: data.at, told: null, failed: [] }];
  const decided = data.state === 'decided';
  return {
    ...state,
    status,
    news,
    ...holder(state, data),
    question: data.state === 'waiting' ? { ref: data.ref, items: data.items ?? [] } : whileWaiting(state, status),
    withdrawal: ['withdrawn', 'too_late', 'goes_on'].includes(data.state) ? null : state.withdrawal,
    decision: decided ? { ref: data.ref, outcome: data.outcome ?? null, at: data.at, rated: null } : state.decision,
  };
}

function whileWaiting(state: SubmittedCase, status: SubmittedCase['status']): SubmittedCase['question'] {
  return status === 'waiting' ? state.question : null;
}

/** Another unit, or none: the officer of the last one is not his any more. */
function holder(state: SubmittedCase, { fact, unit, officer }: IntakeData<'CaseProgressNoted'>) {
  if (fact === 'WorkReceived')
    return { unit: unit ?? null, officer: unit === state.unit && unit !== undefined ? state.officer : null };
  if (fact === 'OfficerAssigned') return { unit: unit ?? state.unit, officer: officer ?? null };
  return {};
}

function statusAfter(before: SubmittedCase['status'], noted: ProgressState): SubmittedCase['status'] {
  switch (noted) {
    case 'goes_on':
    case 'too_late':
    case 'dispute_moot':
    case 'extended':
    case 'news':
      return before;
    case 'reopened':
      return 'working';
    default:
      return noted;
  }
}
