import type { IntakeData, RecordedEvent, ResolutionData } from '@garda/contracts';
import { remedialTime } from '../routing/remedial';
import type { Catalogue } from '../shared/catalogue';
import {
  dueOfReckoning,
  explain,
  type ExplainedDue,
  type ReckonedStop,
  type ReckonedTerm,
  type Reckoning,
  type StartWhy,
} from '../shared/explained';
import { askedAfter, type Asked } from './asked';

type Noted = IntakeData<'CaseProgressNoted'>;
type Submitted = IntakeData<'CaseSubmitted'>;
type Reopening = ResolutionData<'CaseReopened'>['reason'];

const started: Readonly<Record<Submitted['filedBy']['by'], StartWhy>> = {
  desk: 'desk',
  citizen: 'recorded',
  program: 'imported',
};

/**
 * When the case is due, as the citizen is told: the promise of the day of receipt, moved by what he was told since. The
 * same date that routing has by its own facts (rule 5). Throws `ReferenceMissing` while the calendar is not seen here.
 */
export function dueTold(events: readonly RecordedEvent[], catalogue: Catalogue): string | undefined {
  const told = reckoningTold(events);
  return told && dueOfReckoning(catalogue.calendar(told.calendar), told.reckoning);
}

/** Why it is due then, step by step. */
export function explainTold(events: readonly RecordedEvent[], catalogue: Catalogue): ExplainedDue | undefined {
  const told = reckoningTold(events);
  return told && explain(catalogue.calendar(told.calendar), told.reckoning);
}

interface Told {
  readonly calendar: string;
  readonly reckoning: Reckoning;
}

function reckoningTold(events: readonly RecordedEvent[]): Told | undefined {
  const submitted = events[0]?.data as Submitted | undefined;
  if (submitted === undefined) return undefined;
  const start = promised(submitted);
  const { terms, ...rest } = events.reduce((before, event) => termsAfter(before, event, submitted), {
    ...start,
    stage: 0,
  });
  return {
    calendar: submitted.terms.calendar,
    reckoning: { from: rest.from, why: rest.why, terms, stops: stopsTold(events), away: [] },
  };
}

interface Running extends Pick<Reckoning, 'from' | 'why' | 'terms'> {
  /** The one that is worked on, or the next one where it is done. A return leads back. */
  readonly stage: number;
}

function promised({ receivedAt, filedBy, terms }: Submitted): Pick<Reckoning, 'from' | 'why' | 'terms'> {
  return {
    from: receivedAt,
    why: started[filedBy.by],
    terms: terms.stages.map(({ time }, stage) => ({ time, why: 'stage', stage })),
  };
}

function termsAfter(before: Running, { type, data }: RecordedEvent, submitted: Submitted): Running {
  if (type !== 'CaseProgressNoted') return before;
  const { longer: found, reopened, fact, stage, at } = data as Noted;
  if (stage !== undefined) return { ...before, stage };
  if (fact === 'StageCompleted') return { ...before, stage: before.stage + 1 };
  if (reopened !== undefined) return { ...before, ...promisedAnew(submitted, reopened, before.stage, at) };
  return found === undefined ? before : { ...before, terms: longer(before.terms, found) };
}

/** What the office did wrong it mends in a time of its own; a late answer gives the stage its time anew. */
function promisedAnew(
  submitted: Submitted,
  reason: Reopening,
  stage: number,
  at: string,
): Pick<Reckoning, 'from' | 'why' | 'terms'> {
  if (reason === 'unlinked') return promised(submitted);
  const { stages } = submitted.terms;
  const own = stages[stage]?.time;
  const mends = reason === 'upheld' || reason === 'ex_officio' || own === undefined;
  const time = mends ? remedialTime(stages.map((one) => one.time)) : own;
  return { from: at, why: 'reopened', terms: [{ time, why: 'reopened', stage: null }] };
}

/** By one more time, or by another time instead of a stage's own. A time after reopening is one for all stages. */
function longer(
  terms: readonly ReckonedTerm[],
  { kind, stage, time }: NonNullable<Noted['longer']>,
): readonly ReckonedTerm[] {
  if (kind === 'extension') return [...terms, { time, why: 'extension', stage: null }];
  return terms.map((own) =>
    own.why !== 'extension' && (own.stage === stage || own.stage === null) ? { ...own, time, why: 'supervision' } : own,
  );
}

function stopsTold(events: readonly RecordedEvent[]): readonly ReckonedStop[] {
  const asked = events.reduce<readonly Asked[]>(askedAfter, []);
  return asked.flatMap(({ why, at, until }) => (at === null ? [] : [{ why, at, until }]));
}
