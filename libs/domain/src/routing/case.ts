import type { RoutingData, StageTerms } from '@garda/contracts';
import type { Stop } from '../shared/deadline';
import type { DueKey } from '../shared/due';
import type { Span } from '../shared/shares';

type Entered = RoutingData<'CaseEntered'>;

/** What routing must know of a case to place it and to count its time. */
export interface EnteredFile extends Omit<Entered, 'sealTo' | 'area' | 'reportedUnit'> {
  readonly area: string | null;
  readonly reportedUnit: string | null;
}

/** Rule 10: it has a ladder of its own, and a unit that nobody outside sees. */
export function isLevy({ terms }: Pick<EnteredFile, 'terms'>): boolean {
  return terms.kind === 'levy';
}

/** The pinned terms of a stage. Facts name no other than those that the standard has. */
export function stageOf({ terms }: Pick<EnteredFile, 'terms'>, stage: number): StageTerms {
  const found = terms.stages[stage];
  if (found === undefined) throw new RangeError(`the pinned terms have no stage ${stage}`);
  return found;
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
  /** The version at which that budget began to run: a stage that comes back goes on with the rest of it. */
  readonly stageVersion: number;
  /** When the stage was with others before it came back: their time, not this unit's. */
  readonly away: readonly Stop[];
  readonly acknowledged: boolean;
  readonly officer: string | null;
  /** Since when nobody has it there: since the offer, or since its officer gave it up; and the version of that fact. */
  readonly vacant: { readonly at: string; readonly version: number };
  /** The offer from which on this unit has had the case without a break. */
  readonly heldFrom: number;
}

/** Who had the case before the present offer, and could get it back. */
export interface Step extends Pick<Place, 'unit' | 'stage' | 'stageFrom' | 'stageVersion' | 'away'> {
  readonly left: string;
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
  /** Added once, where the standard allows it. */
  readonly more: readonly string[];
  readonly version: number;
}

/** How much longer a stage may take. */
export type Longer = Omit<RoutingData<'TimeExtensionNoted'>, 'caseId'>;

export interface Climbed {
  readonly clock: RoutingData<'CaseEscalated'>['clock'];
  readonly startedVersion: number;
  readonly rung: number;
  readonly to: string;
  /** The number of offers so far: a new offer begins again at its own head. */
  readonly offers: number;
}

/** A case that follows this one, and by which of its links. */
export interface Follower {
  readonly caseId: string;
  readonly link: number;
}

export interface Settled {
  readonly how: 'decided' | 'withdrawn' | 'final';
  readonly outcome: string;
  readonly unit: string | null;
  readonly at: string;
}

/** A dispute that stands: who decided, who is to decide now, and since when the citizen waits. */
export interface RoutedDispute {
  /** Event id of intake's ResolutionDisputed. */
  readonly ref: string;
  readonly decidedBy: string | null;
  /** Null: the policy names nobody, a person has to. */
  readonly to: string | null;
  readonly at: string;
  readonly version: number;
}

/** A case that lies with a body outside, and who asks there. */
export interface Referral {
  readonly body: string;
  readonly by: string;
  readonly at: string;
  readonly version: number;
  readonly asked: boolean;
  /** Null while it is waited for. */
  readonly answer: 'answered' | 'none' | null;
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
  /** The offers before the present one, since a person or the policy last chose: the last one is returned to. */
  readonly trail: readonly Step[];
  /** Transfers and returns so far. */
  readonly moves: number;
  readonly waits: readonly Wait[];
  readonly longer: readonly Longer[];
  /** The first step was taken, where one is promised. */
  readonly firstStep: boolean;
  /** `clock startedVersion`, one entry a missed deadline. */
  readonly missed: readonly string[];
  readonly climbed: readonly Climbed[];
  readonly leader: string | null;
  /** The number of the last link to a leader, whether it stands or is over; 0: there was none. */
  readonly link: number;
  readonly followers: readonly Follower[];
  readonly settled: Settled | null;
  readonly dispute: RoutedDispute | null;
  readonly referral: Referral | null;

  readonly papers: readonly PaperPlace[];
  /** With whom it was, and for how long. */
  readonly spans: readonly Span[];
}

/** A case as routing sees it: who answers for it, and is it late (domain, B.2). */
export type RoutingCase =
  | { readonly status: 'none' }
  | (EnteredCase & { readonly status: 'unrouted' })
  | (EnteredCase & { readonly status: 'triage'; readonly triage: Triage; readonly place: null })
  | (EnteredCase & { readonly status: 'offered' | 'held'; readonly place: Place; readonly triage: null })
  | (EnteredCase & { readonly status: 'settled' | 'outside' | 'released' });
export type KnownRoutingCase = Exclude<RoutingCase, { status: 'none' }>;

/**
 * The referral that somebody follows up, also after the case is closed. One that came after another decision is moot,
 * and one whose case is worked on again is over; resolution may still take it over when that decision falls away, so
 * it stays known.
 */
export function activeReferral({ status, referral, settled }: KnownRoutingCase): Referral | null {
  const lies = status === 'outside' || (status === 'released' && settled?.outcome === 'referred_outside');
  return lies ? referral : null;
}

/** Open: somebody of the regency must still answer for it. */
export function isOpen(state: KnownRoutingCase): boolean {
  return state.status !== 'settled' && state.status !== 'outside' && state.status !== 'released';
}

/** The version at which a clock of this case was started: a later start begins again at rung 1. 0: it does not run. */
export function startOf(state: KnownRoutingCase, clock: Climbed['clock']): number {
  if (clock === 'total') return state.promise.version;
  if (clock === 'triage') return state.triage?.version ?? 0;
  if (clock === 'outside') return state.referral?.version ?? 0;
  if (clock === 'disputed') return state.dispute?.version ?? 0;
  if (clock === 'levy') return state.place?.vacant.version ?? state.triage?.version ?? 0;
  if (clock === 'unassigned') return state.place?.vacant.version ?? 0;
  if (clock === 'stage') return state.place?.stageVersion ?? 0;
  return state.place?.version ?? 0;
}

/** Whether a rung was reached since its clock was started last. */
export function hasClimbed({ climbed }: KnownRoutingCase, { clock, startedVersion, rung }: DueKey): boolean {
  return climbed.some((one) => one.clock === clock && one.startedVersion === startedVersion && one.rung === rung);
}

export function missedKey(clock: string, startedVersion: number): string {
  return `${clock} ${startedVersion}`;
}
