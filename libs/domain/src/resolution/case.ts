import type { ResolutionData, Rung, StageTerms } from '@garda/contracts';
import type { Money } from './fees';
import type { Paper } from './papers';

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

export interface IssuedProduct {
  readonly ref: string;
  readonly unit: string;
  readonly stage: number;
  readonly product: string;
  readonly partial: boolean;
  readonly number: string;
}

export interface Decision {
  /** Event id of CaseResolved or CaseRejected. */
  readonly ref: string;
  /** An outcome, or `rejected`. */
  readonly outcome: string;
  readonly reason: string | null;
  readonly unit: string | null;
  readonly at: string;
  readonly version: number;
  readonly told: string | null;
  /** When the citizen said that he is satisfied with this decision. */
  readonly satisfied: string | null;
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
  readonly reopened: number;

  /** When the present officer was given it. */
  readonly taken: { readonly at: string; readonly version: number } | null;
  readonly papers: readonly Paper[];
  readonly reminded: readonly Reminded[];
  readonly money: Money;
}

/** A case as the work on it (domain, B.3). */
export type ResolutionCase =
  | { readonly status: 'none' }
  | (WorkCase & { readonly status: 'known'; readonly work: null })
  | (WorkCase & { readonly status: 'pending' | 'working' | 'handed'; readonly work: Work })
  | (WorkCase & { readonly status: 'waiting' })
  | (WorkCase & { readonly status: 'decided'; readonly decision: Decision })
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

/** Open: the office has work to do, or waits for somebody. */
export function isOpenWork(state: KnownResolutionCase): boolean {
  return state.status !== 'decided' && state.status !== 'withdrawn' && state.status !== 'closed';
}

export function openQuestion(state: WorkCase): Question | undefined {
  return state.questions.find((question) => question.state === 'open');
}

export function decisionOf(state: KnownResolutionCase): Decision | null {
  return state.status === 'decided' || state.status === 'closed' ? state.decision : null;
}
