import { Refusal, type Actor } from '@garda/contracts';
import { actsFor, checkOccurredAt, officerId } from '../shared/actor';
import { checkNotReported } from '../shared/catalogue';
import type { Given } from '../shared/fold';
import { checkNoParty } from './party';
import { isOpenWork, type KnownResolutionCase, type ResolutionCase, type Work } from './case';

/** A case that somebody may work on: it exists, is not decided, and a unit has it. */
export type OpenWork = KnownResolutionCase & { readonly work: Work };

interface Ask {
  readonly actor: Actor;
  readonly body: { readonly occurredAt?: string | undefined };
}

/** Guards of every command of the work: known, open, by the responsible unit, and by nobody who is reported. */
export function workOf(state: ResolutionCase, ask: Ask, given: Given): OpenWork {
  checkOccurredAt(ask.actor, ask.body.occurredAt);
  if (state.status === 'none') throw new Refusal('CASE_NOT_FOUND', 'resolution has no such case');
  if (!isOpenWork(state)) throw new Refusal('CASE_NOT_OPEN', `the case is ${state.status}`);
  checkNotReported(given.catalogue, ask.actor, state.file.reportedUnit);
  checkNoParty(state, ask.actor);
  // Until routing has passed the case of a unit that ended to its successor, it is nobody's to work on.
  const { unit } = state.work ?? {};
  if (unit === undefined || given.catalogue.isEnded(unit) || !actsFor(ask.actor, unit))
    throw new Refusal('NOT_RESPONSIBLE', `${unit ?? 'no unit'} is responsible`);
  return state as OpenWork;
}

/** The officer of the case himself, or who is named to stand in for him today. */
export function checkAssigned({ officer, barred }: OpenWork, actor: Actor, { catalogue, now }: Given): void {
  if (officer === null || !catalogue.doesWorkOf(officer, actor, now))
    throw new Refusal('NOT_ASSIGNED', 'the case is assigned to another officer');
  if (barred.includes(officerId(actor)))
    throw new Refusal('OFFICER_DECIDED_BEFORE', 'after an upheld dispute another officer, and another stand-in');
}

/** Work that was accepted and waits for nobody. */
export function checkWorking(state: OpenWork): void {
  if (state.status === 'waiting') throw new Refusal('QUESTION_OPEN', 'the citizen is asked');
  if (state.status !== 'working') throw new Refusal('NOT_WORKING', `the case is ${state.status}`);
}

/** Index of the last pinned stage. */
export function isLastStage(state: OpenWork): boolean {
  return state.work.stage === state.file.terms.stages.length - 1;
}
