import type { ErasureBar, IntakeData } from '@garda/contracts';
import type { CitizenFee } from './fee';
import type { Mandate } from './mandate';
import type { News } from './news';

type Submitted = IntakeData<'CaseSubmitted'>;

/** What was handed in; never changes. Sealed objects only by hash: the log has them, the state needs no copy. */
export interface SubmittedFile extends Omit<Submitted, 'sealed' | 'area' | 'codeHash' | 'reportedUnit' | 'slip'> {
  readonly sealed: readonly string[];
  readonly area: string | null;
  readonly reportedUnit: string | null;
  readonly slip: NonNullable<Submitted['slip']> | null;
  readonly recordedAt: string;
}

export interface CitizenDecision {
  readonly ref: string;
  readonly outcome: string | null;
  readonly at: string;
  readonly rated: { readonly stars: number; readonly satisfied: boolean } | null;
  /** Who has it now, where it was referred outside. */
  readonly referral: NonNullable<IntakeData<'CaseProgressNoted'>['referral']> | null;
  /** A dispute about it was dismissed. */
  readonly final: boolean;
}

/** What the citizen can show: kept elsewhere, and known again by its hash. */
export interface Evidence {
  /** Event id of EvidenceAttached. */
  readonly ref: string;
  readonly sha256: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number | null;
  readonly at: string;
}

/** The last request of the citizen to be forgotten, and what became of it. */
export interface Erasure {
  /** Event id of ErasureRequested. */
  readonly ref: string;
  readonly at: string;
  readonly version: number;
  readonly state: 'asked' | 'refused' | 'erased';
  readonly code: ErasureBar | null;
  /** Rungs of silence that were told of. */
  readonly told: readonly number[];
}

/** A closed case whose data are kept for their time. */
export interface Retention {
  /** When it was closed; or when a unit said that its data are still needed. */
  readonly since: string;
  readonly version: number;
  readonly keptOn: boolean;
  /** The fact by which a unit was told that the time ends. */
  readonly listed: { readonly ref: string; readonly at: string } | null;
}

/** Refunds that resolution began, and those that came to an end. */
export interface Refunds {
  readonly begun: number;
  readonly ended: number;
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
  /** An objection that resolution has not answered yet, and where the case stood before it. */
  readonly dispute: { readonly ref: string; readonly before: CaseStatus } | null;
  /** Objections that stood. */
  readonly disputes: number;
  readonly news: readonly News[];
  readonly summary: { readonly text: string; readonly place: string | null; readonly unit: string } | null;
  /** `day staff`, one entry a disclosure. */
  readonly disclosures: readonly string[];
  /** Event ids of what the citizen added. */
  readonly answers: readonly string[];
  readonly evidence: readonly Evidence[];
  readonly mandates: readonly Mandate[];
  /** Of the code that opens the case now. */
  readonly codeHash: string | null;

  readonly fees: readonly CitizenFee[];
  /** A refund was asked for. */
  readonly claimed: boolean;
  readonly refunds: Refunds;
  /** It came under supervision. */
  readonly supervised: boolean;
  readonly erasure: Erasure | null;
  /** None while the case is open. */
  readonly retention: Retention | null;
}

export type CaseStatus = 'received' | 'working' | 'waiting' | 'decided' | 'disputed' | 'final' | 'closed' | 'withdrawn';

/** A case as the citizen sees it (domain, B.1). */
export type IntakeCase = { readonly status: 'none' } | (CitizenCase & { readonly status: CaseStatus });
export type SubmittedCase = Exclude<IntakeCase, { status: 'none' }>;
