import type { ResolutionData, Rung, StageTerms } from '@garda/contracts';
import type { Course } from './course';
import type { Money } from './fees';
import type { Paper } from './papers';
import type { IssuedProduct } from './products';

type Known = ResolutionData<'CaseKnown'>;

export interface WorkFile extends Omit<Known, 'reportedUnit'> {
  readonly reportedUnit: string | null;
}

/** The stage a unit has: that of the last WorkReceived. */
export interface Work {
  readonly unit: string;
  readonly offer: number;
  readonly stage: number;
  readonly terms: StageTerms;
  readonly binding: boolean;
  /** When this unit heard of it. */
  readonly since: string;
  readonly version: number;
}

/** What the office has put on record in words or numbers of its own, and what corrects it. */
export interface OfficeRecord {
  /** Event id of the fact. */
  readonly ref: string;
  readonly type: string;
  readonly unit: string;
  readonly at: string;
  /** Event id of the RecordCorrected that supersedes it. */
  readonly corrected: string | null;
  readonly number: string | null;
}

/** A silence that was told of: of one start of its clock. */
export interface Reminded {
  readonly rung: Rung;
  readonly step: number;
  readonly startedVersion: number;
  readonly to: readonly string[];
  readonly at: string;
}

export interface Question {
  /** Event id of InformationRequested. */
  readonly ref: string;
  readonly unit: string;
  readonly items: readonly string[];
  readonly offList: readonly string[];
  readonly at: string;
  readonly version: number;
  /** When the citizen was told; null while nobody could tell him. */
  readonly told: string | null;
  readonly state: 'open' | 'answered' | 'withdrawn' | 'lapsed';
}

export interface Decision {
  /** Event id of CaseResolved or CaseRejected. */
  readonly ref: string;
  /** An outcome, or `rejected`. */
  readonly outcome: string;
  readonly reason: string | null;
  /** The unit that was responsible. */
  readonly unit: string | null;
  /** The unit whose decision it is: it never decides a dispute about it. */
  readonly by: string | null;
  /** Who had the case when it was decided: after an upheld dispute another one takes it. */
  readonly officer: string | null;
  readonly at: string;
  readonly version: number;
  readonly told: string | null;
  /** When the citizen said that he is satisfied with this decision. */
  readonly satisfied: string | null;
}

/** A dispute that stood when it was received. */
export interface Dispute {
  /** Event id of intake's ResolutionDisputed. */
  readonly ref: string;
  /** Event id of the decision that is disputed. */
  readonly decision: string;
  readonly at: string;
  /** Who decides it, once routing has named somebody. */
  readonly to: string | null;
  readonly state: 'open' | 'upheld' | 'dismissed';
  readonly remedies: readonly string[];
  readonly decidedAt: string | null;
  /** Version of the fact that decided it, from which the clock of the closing starts. */
  readonly version: number;
}

export interface WorkCase {
  readonly file: WorkFile;
  /** Null: no unit has it (triage). */
  readonly work: Work | null;
  readonly officer: string | null;
  /** Whether the present unit has accepted the present stage. */
  readonly accepted: boolean;
  readonly questions: readonly Question[];
  readonly products: readonly IssuedProduct[];
  readonly answers: readonly string[];
  /** Abouts of CitizenTold: nobody is told twice. */
  readonly told: readonly string[];
  readonly leader: string | null;
  /** The number of the last link that was heard of, whether it stands or is over; 0: there was none. */
  readonly link: number;
  readonly reopened: number;
  /** The last mandate, ended or not. */
  readonly mandate: Proxy | null;
  readonly disputes: readonly Dispute[];
  /** Officers whose decision a dispute overturned. */
  readonly barred: readonly string[];

  /** When the present officer was given it. */
  readonly taken: { readonly at: string; readonly version: number } | null;
  readonly papers: readonly Paper[];
  readonly reminded: readonly Reminded[];
  readonly money: Money;
  readonly course: Course;
  readonly records: readonly OfficeRecord[];
  /** Staff who have had the case or worked on it. */
  readonly workers: readonly string[];
}

/** Who acts for the citizen: only a confirmed one may receive papers or a product (domain, B.5). */
export interface Proxy {
  /** Event id of intake's MandateRecorded. */
  readonly ref: string;
  readonly unit: string;
  readonly carrier: string;
  readonly state: ResolutionData<'MandateNoted'>['state'];
  /** When this was heard. */
  readonly at: string;
}

/** A case as the work on it (domain, B.3). */
export type ResolutionCase =
  | { readonly status: 'none' }
  | (WorkCase & { readonly status: 'known'; readonly work: null })
  | (WorkCase & { readonly status: 'pending' | 'working' | 'handed'; readonly work: Work })
  | (WorkCase & { readonly status: 'waiting' })
  | (WorkCase & { readonly status: 'decided' | 'disputed' | 'final'; readonly decision: Decision })
  | (WorkCase & { readonly status: 'withdrawn'; readonly withdrawal: Withdrawal })
  | (WorkCase & {
      readonly status: 'closed';
      readonly reason: ResolutionData<'CaseClosed'>['reason'];
      readonly decision: Decision | null;
    });
export interface Withdrawal {
  readonly ref: string;
  readonly at: string;
  readonly version: number;
}
export type KnownResolutionCase = Exclude<ResolutionCase, { status: 'none' }>;

const over: ReadonlySet<string> = new Set(['decided', 'disputed', 'final', 'withdrawn', 'closed']);

/** Open: the office has work to do, or waits for somebody. */
export function isOpenWork(state: KnownResolutionCase): boolean {
  return !over.has(state.status);
}

export function openQuestion(state: WorkCase): Question | undefined {
  return state.questions.find((question) => question.state === 'open');
}

export function decisionOf(state: KnownResolutionCase): Decision | null {
  return 'decision' in state ? state.decision : null;
}

export function openDispute(state: KnownResolutionCase): Dispute | undefined {
  return state.status === 'disputed' ? state.disputes.find((one) => one.state === 'open') : undefined;
}
