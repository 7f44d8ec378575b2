import { Refusal, type IntakeFact, type StaffCommandBody } from '@garda/contracts';
import { checkNotReported } from '../shared/catalogue';
import type { StaffAsk } from '../shared/commands';
import type { Given } from '../shared/fold';
import type { IntakeCase, SubmittedCase } from './case';
import { noteNotification, untold } from './notify';
import { submittedCase } from './submitted';

/**
 * A desk has told the citizen what is new (rule 12): it counts like any other way. Only somebody who may know who he is
 * can have told him.
 */
export function tellCitizen(
  state: IntakeCase,
  { actor, body }: StaffAsk<StaffCommandBody<'tell-citizen'>>,
  { catalogue }: Given,
): readonly IntakeFact[] {
  const known = submittedCase(state);
  if (actor.kind !== 'staff') throw new Refusal('NOT_RESPONSIBLE', 'a desk tells people');
  checkNotReported(catalogue, actor, known.file.reportedUnit);
  if (!knowsHim(known, catalogue.isOfKind(actor, 'quality')))
    throw new Refusal('CITIZEN_NOT_KNOWN', `identity is ${known.file.identity}`);
  const news = untold(known).filter((ref) => body.about === undefined || ref === body.about);
  if (news.length === 0) throw new Refusal('NOTHING_TO_TELL', 'he was told, or there is no such news');
  return news.flatMap((about) => noteNotification(known, { about, channel: 'desk', ok: true }));
}

function knowsHim({ file }: SubmittedCase, supervises: boolean): boolean {
  return file.identity === 'named' || (file.identity === 'withheld' && supervises);
}
