import type { RoutingData } from '@garda/contracts';

type Entered = RoutingData<'CaseEntered'>;

/** What routing must know of a case to place it and to count its time. */
export interface EnteredFile extends Omit<Entered, 'sealTo' | 'area' | 'reportedUnit'> {
  readonly area: string | null;
  readonly reportedUnit: string | null;
}

/** The present offer: which unit answers, for which stage, since when. */
export interface Place {
  readonly unit: string;
  readonly offer: number;
  readonly stage: number;
  readonly binding: boolean;
  /** When this unit was named, and the version of that fact: the clocks of the offer start here. */
  readonly since: string;
  readonly version: number;
  /** From when the stage's budget runs: the first one by policy from receipt, else from the hand-over. */
  readonly stageFrom: string;
  readonly acknowledged: boolean;
  readonly officer: string | null;
  /** The offer from which on this unit has had the case without a break. */
  readonly heldFrom: number;
}

export interface Triage {
  readonly reason: RoutingData<'CaseSentToTriage'>['reason'];
  readonly suggestion: string | null;
  readonly since: string;
  readonly version: number;
}

/** A stop of the clock: from a successful notification to the answer. */
export interface Wait {
  readonly for: 'question' | 'fee';
  readonly ref: string;
  readonly at: string;
  readonly until: string | null;
}

/** From when, and for how long, the whole promise runs. A resumed case runs a remedial time. */
export interface PromisedTime {
  readonly from: string;
  readonly times: readonly string[];
  readonly version: number;
}

export interface Climbed {
  readonly clock: 'unassigned' | 'triage' | 'stage' | 'total';
  readonly startedVersion: number;
  readonly rung: number;
  readonly to: string;
  /** The number of offers so far: a new offer begins again at its own head. */
  readonly offers: number;
}

export interface Settled {
  readonly how: 'decided' | 'withdrawn' | 'final';
  readonly outcome: string;
  readonly unit: string | null;
  readonly at: string;
}

/** Where a paper of the citizen is, as resolution said last. */
export interface PaperPlace {
  readonly item: string;
  readonly where: RoutingData<'PapersNoted'>['where'];
  readonly unit: string | null;
  readonly to: string | null;
}

export interface EnteredCase {
  readonly file: EnteredFile;
  readonly promise: PromisedTime;
  readonly place: Place | null;
  readonly triage: Triage | null;
  /** The stage that has, or needs, a unit. */
  readonly stage: number;
  /** The last number given to an offer. */
  readonly offers: number;
  /** Units that had the case before, oldest first. */
  readonly past: readonly string[];
  readonly waits: readonly Wait[];
  /** `clock startedVersion`, one entry a missed deadline. */
  readonly missed: readonly string[];
  readonly climbed: readonly Climbed[];
  readonly leader: string | null;
  readonly followers: readonly string[];
  readonly settled: Settled | null;

  readonly papers: readonly PaperPlace[];
}

/** A case as routing sees it: who answers for it, and is it late (domain, B.2). */
export type RoutingCase =
  | { readonly status: 'none' }
  | (EnteredCase & { readonly status: 'unrouted' })
  | (EnteredCase & { readonly status: 'triage'; readonly triage: Triage; readonly place: null })
  | (EnteredCase & { readonly status: 'offered' | 'held'; readonly place: Place; readonly triage: null })
  | (EnteredCase & { readonly status: 'settled' | 'released' });
export type KnownRoutingCase = Exclude<RoutingCase, { status: 'none' }>;

/** Open: somebody must still answer for it. */
export function isOpen(state: KnownRoutingCase): boolean {
  return state.status !== 'settled' && state.status !== 'released';
}

/** The version at which a clock of this case was started: a later start begins again at rung 1. */
export function startOf(state: KnownRoutingCase, clock: Climbed['clock']): number {
  if (clock === 'total') return state.promise.version;
  if (clock === 'triage') return state.triage?.version ?? 0;
  return state.place?.version ?? 0;
}

export function missedKey(clock: string, startedVersion: number): string {
  return `${clock} ${startedVersion}`;
}
