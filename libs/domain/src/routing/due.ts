import type { RoutingFact } from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import { dueAt, termEnd } from '../shared/deadline';
import type { Due, DueKey } from '../shared/due';
import { dueNow } from '../shared/due';
import { dueOfReckoning } from '../shared/explained';
import { routingFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import { silences } from '../shared/silences';
import {
  hasClimbed,
  isLevy,
  isOpen,
  missedKey,
  stageOf,
  startOf,
  type Climbed,
  type KnownRoutingCase,
  type Place,
  type RoutingCase,
} from './case';
import { ladder, levyLadder, triageLadder } from './ladder';
import { outside, outsideSilent, waitsFor } from './outside';
import { papersComing } from './papers';
import { isStopped, stageReckoning, totalReckoning } from './reckoning';

const [triageTerm] = silences.triage.terms;
const [deemedAfter] = silences.handover.terms;
const [disputeTerm] = silences.disputed.terms;
const [, , , lastRung] = silences.unassigned.terms;
const [, , lastOfLevy] = silences.levy.terms;

/** When the promise is due, and when the present stage is; derived, never stored. */
export interface Deadline {
  readonly totalDueAt: string;
  readonly stageDueAt: string | null;
  /** The citizen is waited for: the dates are the latest possible ones, as if he answered at the limit. */
  readonly stopped: boolean;
}

/** Rule 5: from receipt, by the pinned terms and calendar, moved only by the stops. Nothing once it is settled. */
export function deadline(state: RoutingCase, catalogue: Catalogue): Deadline | undefined {
  return state.status === 'none' || !isOpen(state) ? undefined : deadlineOf(state, catalogue);
}

function deadlineOf(state: KnownRoutingCase, catalogue: Catalogue): Deadline {
  const calendar = catalogue.calendar(state.file.terms.calendar);
  const stage = stageReckoning(state);
  return {
    totalDueAt: dueOfReckoning(calendar, totalReckoning(state)),
    stageDueAt: stage === null ? null : dueOfReckoning(calendar, stage),
    stopped: isStopped(state),
  };
}

/** All that will happen to this case by the clock alone, as things stand (domain, B.6). */
export function routingDue(state: RoutingCase, catalogue: Catalogue): readonly Due[] {
  if (state.status === 'none') return [];
  if (!isOpen(state)) return [...disputed(state, catalogue), ...outside(state, catalogue)];
  return [
    ...deemed(state, catalogue),
    // A follower goes with its leader: nobody is told of it a second time.
    ...(state.leader === null
      ? [
          ...(isLevy(state.file)
            ? untouched(state, catalogue)
            : [...triage(state, catalogue), ...unassigned(state, catalogue)]),
          ...firstStep(state, catalogue),
          ...late(state, catalogue),
        ]
      : []),
  ];
}

/** What a timer does. Checked again on the folded state: not due any more means nothing at all. */
export function fireRouting(state: RoutingCase, key: DueKey, given: Given): readonly RoutingFact[] {
  if (state.status === 'none') return [];
  const due = dueNow(routingDue(state, given.catalogue), key, given.now);
  if (due === undefined) return [];
  const { caseId } = state.file;
  const { catalogue } = given;
  const clock = due.clock as Climbed['clock'] | 'handover';
  switch (clock) {
    case 'handover':
      return state.place === null
        ? []
        : [routingFact('HandOverAcknowledged', { caseId, ...offerOf(state.place), how: 'deemed' })];
    case 'unassigned':
    case 'levy':
    case 'triage':
    case 'disputed':
      return told(state, rungsOf(state, clock, catalogue), { ...due, clock });
    case 'outside':
      return due.rung === 1 ? told(state, rungsOf(state, clock, catalogue), { ...due, clock }) : outsideSilent(state);
    case 'first_step':
      return notBegun(state, { ...due, clock }, catalogue);
    case 'stage':
    case 'total':
      return missed(state, { ...due, clock }, catalogue);
  }
}

function offerOf({ unit, offer }: Place) {
  return { unit, offer };
}

/** Without papers from elsewhere, silence for a working day is a yes. */
function deemed(state: KnownRoutingCase, catalogue: Catalogue): readonly Due[] {
  if (state.status !== 'offered' || papersComing(state.papers)) return [];
  const calendar = catalogue.calendar(state.file.terms.calendar);
  const { version: startedVersion, since } = state.place;
  return [{ clock: 'handover', startedVersion, rung: 1, dueAt: termEnd(calendar, since, deemedAfter) }];
}

function triage(state: KnownRoutingCase, catalogue: Catalogue): readonly Due[] {
  if (state.status !== 'triage') return [];
  const calendar = catalogue.calendar(state.file.terms.calendar);
  const { version: startedVersion, since } = state.triage;
  return triageLadder(state.file.reportedUnit, catalogue)
    .map((_, index) => ({
      clock: 'triage',
      startedVersion,
      rung: index + 1,
      dueAt: termEnd(calendar, since, triageTerm),
    }))
    .filter((due) => !hasClimbed(state, due));
}

function disputed(state: KnownRoutingCase, catalogue: Catalogue): readonly Due[] {
  const { dispute } = state;
  if (dispute === null) return [];
  const dueAt = termEnd(catalogue.calendar(state.file.terms.calendar), dispute.at, disputeTerm);
  return disputeLadder(state, catalogue)
    .map((_, index) => ({ clock: 'disputed', startedVersion: dispute.version, rung: index + 1, dueAt }))
    .filter((due) => !hasClimbed(state, due));
}

function unassigned(state: KnownRoutingCase, catalogue: Catalogue): readonly Due[] {
  const place = state.place;
  if (place === null || place.officer !== null) return [];
  const calendar = catalogue.calendar(state.file.terms.calendar);
  return ladder(place.unit, state.file.reportedUnit, catalogue)
    .map((_, index) => ({
      clock: 'unassigned',
      startedVersion: place.vacant.version,
      rung: index + 1,
      dueAt: termEnd(calendar, place.vacant.at, silences.unassigned.terms[index] ?? lastRung),
    }))
    .filter((due) => !hasClimbed(state, due));
}

/** Rule 10: nobody has taken it, at the unit it was given to or because no unit could be named. */
function untouched(state: KnownRoutingCase, catalogue: Catalogue): readonly Due[] {
  const { place, file } = state;
  if (place !== null && place.officer !== null) return [];
  const calendar = catalogue.calendar(file.terms.calendar);
  const startedVersion = startOf(state, 'levy');
  const givenUp = place !== null && (place.offer > 1 || place.vacant.version !== place.version);
  const from = givenUp ? place.vacant.at : file.receivedAt;
  return ladderOf(state, catalogue)
    .map((_, index) => ({
      clock: 'levy',
      startedVersion,
      rung: index + 1,
      dueAt: termEnd(calendar, from, silences.levy.terms[index] ?? lastOfLevy),
    }))
    .filter((due) => !hasClimbed(state, due));
}

/** A case of one stage has one clock: the stage is the promise. */
function late(state: KnownRoutingCase, catalogue: Catalogue): readonly Due[] {
  const { totalDueAt, stageDueAt } = deadlineOf(state, catalogue);
  const total: Due = { clock: 'total', startedVersion: startOf(state, 'total'), rung: 1, dueAt: totalDueAt };
  const stage: readonly Due[] =
    stageDueAt === null || state.promise.times.length === 1
      ? []
      : [{ clock: 'stage', startedVersion: startOf(state, 'stage'), rung: 1, dueAt: stageDueAt }];
  return [...stage, total].filter((due) => !state.missed.includes(missedKey(due.clock, due.startedVersion)));
}

type Rung = Due & { readonly clock: Climbed['clock'] };

/** Whoever stands on this rung hears of it, where the ladder has it. */
function told(state: KnownRoutingCase, rungs: readonly string[], { clock, rung, dueAt: due }: Rung) {
  const { caseId } = state.file;
  return rungs.slice(rung - 1, rung).map((to) => routingFact('CaseEscalated', { caseId, clock, rung, to, dueAt: due }));
}

/** Nobody was there in the time that is promised for the first step: told of once an offer. */
function firstStep(state: KnownRoutingCase, catalogue: Catalogue): readonly Due[] {
  const { place, file, waits } = state;
  const { firstVisit, firstStep: step = firstVisit } = stageOf(file, state.stage);
  if (place === null || state.firstStep || step === undefined || ladderOf(state, catalogue).length === 0) return [];
  // Of a levy report that nobody has, its own clock tells.
  if (isLevy(file) && place.officer === null) return [];
  const { version: startedVersion, since } = place;
  const isTold = state.climbed.some((one) => one.clock === 'first_step' && one.startedVersion === startedVersion);
  const due = dueAt(catalogue.calendar(file.terms.calendar), since, [step], waits);
  return isTold ? [] : [{ clock: 'first_step', startedVersion, rung: 1, dueAt: due }];
}

/** The next rung hears of it; where all of them have heard of this offer, the last one once more. */
function notBegun(state: KnownRoutingCase, due: Rung, catalogue: Catalogue): readonly RoutingFact[] {
  const rungs = ladderOf(state, catalogue);
  return told(state, rungs, { ...due, rung: Math.min(reachedIn(state, rungs) + 1, rungs.length) });
}

/** How far up those are who heard of the present offer. */
function reachedIn(state: KnownRoutingCase, rungs: readonly string[]): number {
  const told = state.climbed.filter((one) => one.offers === state.offers);
  return Math.max(0, ...told.map((one) => rungs.indexOf(one.to) + 1));
}

/** Late: recorded, and the next rung hears of it; who heard of this offer before is not told again. */
function missed(
  state: KnownRoutingCase,
  due: Due & { readonly clock: 'stage' | 'total' },
  catalogue: Catalogue,
): readonly RoutingFact[] {
  const { clock, dueAt: at } = due;
  const rungs = ladderOf(state, catalogue);
  return [
    routingFact('DeadlineMissed', { caseId: state.file.caseId, clock, dueAt: at, unit: state.place?.unit }),
    ...told(state, rungs, { ...due, rung: reachedIn(state, rungs) + 1 }),
  ];
}

function rungsOf(state: KnownRoutingCase, clock: string, catalogue: Catalogue): readonly string[] {
  if (clock === 'outside') return waitsFor(state).map(({ by }) => catalogue.present(by));
  if (clock === 'triage') return triageLadder(state.file.reportedUnit, catalogue);
  return clock === 'disputed' ? disputeLadder(state, catalogue) : ladderOf(state, catalogue);
}

/** Straight to the regional secretary, unless the dispute is about himself. */
function disputeLadder({ file, dispute }: KnownRoutingCase, catalogue: Catalogue): readonly string[] {
  return triageLadder(file.reportedUnit, catalogue).filter((unit) => unit !== dispute?.decidedBy);
}

function ladderOf(state: KnownRoutingCase, catalogue: Catalogue): readonly string[] {
  const { place, file } = state;
  const named = isLevy(file) ? levyLadder : ladder;
  return named(place?.unit ?? null, file.reportedUnit, catalogue);
}
