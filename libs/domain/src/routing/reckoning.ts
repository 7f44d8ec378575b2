import type { Catalogue } from '../shared/catalogue';
import { explain, type ExplainedDue, type ReckonedTerm, type Reckoning, type StartWhy } from '../shared/explained';
import { isOpen, stageOf, type EnteredFile, type KnownRoutingCase, type RoutingCase, type Wait } from './case';

const started: Readonly<Record<EnteredFile['filedBy']['by'], StartWhy>> = {
  desk: 'desk',
  citizen: 'recorded',
  program: 'imported',
};

/** From when, and for how long, the whole is promised; and when the citizen was waited for. */
export function totalReckoning(state: KnownRoutingCase): Reckoning {
  const { promise, file } = state;
  const anew = isAnew(state);
  return {
    from: promise.from,
    why: anew ? 'reopened' : started[file.filedBy.by],
    terms: [
      ...promise.times.map((time, index) => termOf(state, { time, index, anew })),
      ...promise.more.map((time) => ({ time, why: 'extension' as const, stage: null })),
    ],
    stops: stopsIn(state.waits),
    away: [],
  };
}

/** Promised once more after a decision; not so where the first promise only counts again. */
function isAnew({ promise, file }: KnownRoutingCase): boolean {
  return promise.from !== file.receivedAt || promise.times.length !== file.terms.stages.length;
}

function termOf(
  { file, longer }: KnownRoutingCase,
  { time, index, anew }: { time: string; index: number; anew: boolean },
): ReckonedTerm {
  const supervised = longer.some((one) => one.kind === 'supervision' && one.time === time);
  const asPromised = !anew && file.terms.stages[index]?.time === time;
  if (asPromised || !supervised) return { time, why: anew ? 'reopened' : 'stage', stage: anew ? null : index };
  return { time, why: 'supervision', stage: anew ? null : index };
}

/**
 * The same for the present stage; null where no unit has it. A resumed stage has the whole remedial time; a stage that
 * came back has what is left.
 */
export function stageReckoning(state: KnownRoutingCase): Reckoning | null {
  const { place, promise, file } = state;
  if (place === null) return null;
  if (place.stageVersion === promise.version) return totalReckoning(state);
  const fromReceipt = place.stageFrom === file.receivedAt;
  return {
    from: place.stageFrom,
    why: fromReceipt ? started[file.filedBy.by] : 'handed_over',
    terms: stageTerms(state),
    stops: stopsIn(state.waits),
    away: place.away.map(({ at, until }) => ({ at, until, why: 'elsewhere' })),
  };
}

/** The times of the present stage, one after the other. */
function stageTerms({ file, stage, longer: found }: KnownRoutingCase): readonly ReckonedTerm[] {
  const { time: own } = stageOf(file, stage);
  const here = found.filter((one) => one.stage === stage);
  const supervised = here.find(({ kind }) => kind === 'supervision')?.time;
  const first: ReckonedTerm =
    supervised === undefined
      ? { time: own, why: 'stage', stage }
      : { time: supervised, why: 'supervision' as const, stage };
  return [
    first,
    ...here.flatMap(({ kind, time }) => (kind === 'extension' ? [{ time, why: 'extension' as const, stage }] : [])),
  ];
}

function stopsIn(waits: readonly Wait[]): Reckoning['stops'] {
  return waits.map(({ at, until, for: why }) => ({ at, until, why }));
}

/** The citizen is waited for: the dates are the latest possible ones. */
export function isStopped({ waits }: KnownRoutingCase): boolean {
  return waits.some((wait) => wait.until === null);
}

export interface ExplainedDeadline {
  /** The edition of the calendar by which it is counted, pinned when the case came in. */
  readonly calendar: string;
  readonly total: ExplainedDue;
  readonly stage: ExplainedDue | null;
  readonly stopped: boolean;
}

/**
 * Why the case is due when it is: each step from its start to the date that `deadline` gives. A settled case goes on
 * saying what was promised, but has no stage and no stopped clock any more. Undefined for a case that never entered.
 */
export function explainDeadline(state: RoutingCase, catalogue: Catalogue): ExplainedDeadline | undefined {
  if (state.status === 'none') return undefined;
  const { calendar: version } = state.file.terms;
  const calendar = catalogue.calendar(version);
  const stage = isOpen(state) ? stageReckoning(state) : null;
  return {
    calendar: version,
    total: explain(calendar, totalReckoning(state)),
    stage: stage === null ? null : explain(calendar, stage),
    stopped: isOpen(state) && isStopped(state),
  };
}
