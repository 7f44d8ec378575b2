import { Refusal, type ResolutionFact, type StaffCommandBody } from '@garda/contracts';
import { officerId } from '../shared/actor';
import type { StaffAsk } from '../shared/commands';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { ResolutionCase } from './case';
import { checkAssigned, workOf, type OpenWork } from './guards';
import { anyOnTheWay } from './papers';
import { checkNotParty } from './party';

/** An officer of the responsible unit takes the case himself; nothing when he has it. */
export function takeCase(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'take'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = workOf(state, ask, given);
  checkNotHanded(known);
  const officer = officerId(ask.actor);
  if (known.officer === officer) return [];
  if (known.officer !== null) throw new Refusal('ALREADY_ASSIGNED', 'another officer has the case');
  checkNotBarred(known, officer);
  return [assigned(known, officer, 'taken')];
}

/** The head gives the case to an officer, whoever had it before. */
export function assignCase(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'assign'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = workOf(state, ask, given);
  checkNotHanded(known);
  const { officer } = ask.body;
  if (known.officer === officer) return [];
  checkNotBarred(known, officer);
  return [assigned(known, officer, 'head')];
}

/** The assigned officer, and nobody else, accepts the work: the file is complete. */
export function acceptCase(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'accept'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = workOf(state, ask, given);
  if (known.status !== 'pending') throw new Refusal('NOT_PENDING', `the case is ${known.status}`);
  checkAssigned(known, ask.actor, given);
  if (anyOnTheWay(known.papers)) throw new Refusal('PAPERS_ON_THE_WAY', 'the file is complete when they are here');
  const { unit } = known.work;
  return [resolutionFact('CaseAccepted', { caseId: known.file.caseId, unit, officer: officerId(ask.actor) })];
}

function checkNotHanded(known: OpenWork): void {
  if (known.status === 'handed') throw new Refusal('NOT_PENDING', 'the stage is done, the next unit is being found');
}

/** A dispute overturned what this officer decided: now another one looks at it. */
function checkNotBarred({ barred, course }: OpenWork, officer: string): void {
  checkNotParty(course.parties, officer);
  if (barred.includes(officer)) throw new Refusal('OFFICER_DECIDED_BEFORE', 'after an upheld dispute another officer');
}

function assigned(known: OpenWork, officer: string, by: 'taken' | 'head'): ResolutionFact {
  const { unit, offer } = known.work;
  return resolutionFact('OfficerAssigned', { caseId: known.file.caseId, offer, unit, officer, by });
}
