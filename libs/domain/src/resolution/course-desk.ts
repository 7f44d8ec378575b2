import { Refusal, type ResolutionFact, type StaffCommandBody } from '@garda/contracts';
import { checkOccurredAt } from '../shared/actor';
import { checkNotReported } from '../shared/catalogue';
import type { StaffAsk } from '../shared/commands';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import { isOpenWork, type ResolutionCase } from './case';
import { checkAssigned, checkWorking, workOf, type OpenWork } from './guards';
import { checkNoParty } from './party';

/** The officer was there, or took the first step: once, and where the stage promises it. */
export function takeFirstStep(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'take-first-step'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = workOf(state, ask, given);
  checkWorking(known);
  checkAssigned(known, ask.actor, given);
  const { unit, terms } = known.work;
  if (terms.firstVisit === undefined && terms.firstStep === undefined)
    throw new Refusal('NO_FIRST_STEP', 'the stage promises none');
  if (known.course.firstStep !== null) throw new Refusal('FIRST_STEP_TAKEN', 'it is taken once');
  return [resolutionFact('FirstStepTaken', { caseId: known.file.caseId, unit, words: ask.sealedWords })];
}

/** A head of the responsible unit takes the longer time that the stage allows, once; the citizen reads why. */
export function extendTime(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'extend-time'>>,
  given: Given,
): readonly ResolutionFact[] {
  const known = workOf(state, ask, given);
  checkWorking(known);
  const { unit, stage, terms } = known.work;
  if (terms.extension === undefined) throw new Refusal('EXTENSION_NOT_ALLOWED', 'the stage allows none');
  if (known.course.extension !== null) throw new Refusal('TIME_EXTENDED', 'it is extended once');
  const { caseId } = known.file;
  const longer = { unit, stage, time: terms.extension, reason: ask.body.reason };
  return [resolutionFact('TimeExtended', { caseId, ...longer, words: ask.sealedWords })];
}

/** The quality unit or the inspectorate finds that the complaint needs supervision, whoever works on it. */
export function findSupervision(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'find-supervision'>>,
  given: Given,
): readonly ResolutionFact[] {
  const { known, unit } = overseen(state, ask, given);
  const { stage, terms } = known.work;
  const { withSupervision: time } = terms;
  if (time === undefined) throw new Refusal('NO_SUPERVISION', 'the stage knows none');
  if (known.course.supervision !== null) throw new Refusal('SUPERVISION_FOUND', 'it is found once');
  const { caseId } = known.file;
  return [resolutionFact('SupervisionFound', { caseId, unit, stage, time, words: ask.sealedWords })];
}

/** The other side is heard too: what it says is sealed to the person it is about. */
export function hearUnit(
  state: ResolutionCase,
  ask: StaffAsk<StaffCommandBody<'hear-unit'>>,
  given: Given,
): readonly ResolutionFact[] {
  const { known, unit: by } = overseen(state, ask, given);
  const { caseId, reportedUnit, sealTo } = known.file;
  if (reportedUnit === null) throw new Refusal('NO_UNIT_REPORTED', 'nobody is reported');
  const { about } = ask.body;
  if (about !== undefined && !sealTo.some(({ subject }) => subject === about))
    throw new Refusal('SUBJECT_UNKNOWN', 'nothing is sealed to that subject');
  return [resolutionFact('ReportedUnitHeard', { caseId, unit: reportedUnit, by, words: ask.sealedWords })];
}

type Oversight = StaffAsk<{ readonly occurredAt?: string | undefined }>;

/** Work that goes on, seen by whoever watches over the units. */
function overseen(state: ResolutionCase, { actor, body }: Oversight, given: Given): { known: OpenWork; unit: string } {
  checkOccurredAt(actor, body.occurredAt);
  if (state.status === 'none') throw new Refusal('CASE_NOT_FOUND', 'resolution has no such case');
  if (!isOpenWork(state)) throw new Refusal('CASE_NOT_OPEN', `the case is ${state.status}`);
  checkNotReported(given.catalogue, actor, state.file.reportedUnit);
  checkNoParty(state, actor);
  if (actor.kind !== 'staff' || !given.catalogue.isOfKind(actor, 'quality', 'oversight'))
    throw new Refusal('NOT_RESPONSIBLE', 'the quality unit or the inspectorate watches over the units');
  if (state.work === null) throw new Refusal('NOT_WORKING', 'no unit has the case');
  const known = state as OpenWork;
  checkWorking(known);
  return { known, unit: actor.unit };
}
