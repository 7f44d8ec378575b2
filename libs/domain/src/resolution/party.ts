import { Refusal, type Actor, type ResolutionFact, type StaffCommandBody } from '@garda/contracts';
import { checkOccurredAt } from '../shared/actor';
import type { StaffAsk } from '../shared/commands';
import { resolutionFact } from '../shared/facts';
import { isOpenWork, type ResolutionCase, type WorkCase } from './case';

/** Nobody works on, or decides, what he is a party to. */
export function checkNoParty({ course }: Pick<WorkCase, 'course'>, actor: Actor): void {
  if (actor.kind === 'staff') checkNotParty(course.parties, actor.id);
}

export function checkNotParty(parties: readonly string[], officer: string): void {
  if (parties.includes(officer)) throw new Refusal('OFFICER_IS_PARTY', 'he has declared himself a party');
}

/** A member of staff says that he is a party, whether he has the case or might get it. Nothing when he said so before. */
export function declareParty(
  state: ResolutionCase,
  { actor, body }: StaffAsk<StaffCommandBody<'declare-party'>>,
): readonly ResolutionFact[] {
  checkOccurredAt(actor, body.occurredAt);
  if (state.status === 'none') throw new Refusal('CASE_NOT_FOUND', 'resolution has no such case');
  if (!isOpenWork(state)) throw new Refusal('CASE_NOT_OPEN', `the case is ${state.status}`);
  if (actor.kind !== 'staff') throw new Refusal('NOT_RESPONSIBLE', `a ${actor.kind} does no office work`);
  const { id: officer, unit } = actor;
  if (state.course.parties.includes(officer)) return [];
  const offer = state.officer === officer ? state.work?.offer : undefined;
  return [resolutionFact('PartyDeclared', { caseId: state.file.caseId, unit, officer, offer })];
}
