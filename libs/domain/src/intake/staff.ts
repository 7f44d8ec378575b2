import { Refusal, type IntakeFact, type StaffCommandBody } from '@garda/contracts';
import { checkOccurredAt, filingUnit, isImport } from '../shared/actor';
import { officeCalendar } from '../shared/calendar';
import { checkNotReported } from '../shared/catalogue';
import type { StaffAsk } from '../shared/commands';
import { ms } from '../shared/deadline';
import { intakeFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { IntakeCase, SubmittedCase } from './case';
import { checkNotErased } from './erasure';
import { submittedCase } from './submitted';

/** Words of the office, for everybody: only about what is public and lies at a place (rule 9). */
export function publishSummary(
  state: IntakeCase,
  ask: StaffAsk<StaffCommandBody<'publish-summary'>>,
  given: Given,
): readonly IntakeFact[] {
  const known = submittedCase(state);
  const { actor, body } = ask;
  checkOccurredAt(actor, body.occurredAt);
  if (known.file.content !== 'public') throw new Refusal('WOULD_PUBLISH_PRIVATE', 'the citizen handed it in privately');
  if (known.file.terms.publicity !== 'place') throw new Refusal('NOTHING_PUBLIC', 'the standard publishes no places');
  checkNotReported(given.catalogue, actor, known.file.reportedUnit);
  const unit = publishingUnit(known, ask, given);
  return [
    intakeFact('PublicSummaryPublished', { caseId: known.file.caseId, unit, text: body.text, place: body.place }),
  ];
}

function publishingUnit(known: SubmittedCase, { actor }: StaffAsk<unknown>, { catalogue }: Given): string {
  const has = known.unit === null ? null : catalogue.present(known.unit);
  if (actor.kind === 'staff' && (actor.unit === has || catalogue.isOfKind(actor, 'quality'))) return actor.unit;
  // The importer speaks for whoever has the case, or will have it.
  const unit = known.unit ?? catalogue.unitWithFunction(known.file.terms.owner)?.code;
  if (isImport(actor) && unit !== undefined) return unit;
  throw new Refusal('NOT_RESPONSIBLE', 'another unit has the case');
}

/**
 * Opens what the citizen wrote to one member of staff, for a purpose: recorded once a person, case and day.
 * Nothing when it is recorded for today. Who is withheld stays so for the unit that does the work (rule 9).
 */
export function discloseData(
  state: IntakeCase,
  ask: StaffAsk<StaffCommandBody<'disclose'>>,
  given: Given,
): readonly IntakeFact[] {
  const known = submittedCase(state);
  const { actor, body } = ask;
  const { catalogue } = given;
  if (actor.kind !== 'staff') throw new Refusal('NOT_RESPONSIBLE', 'only a member of staff opens personal data');
  checkNotReported(catalogue, actor, known.file.reportedUnit);
  const supervises = catalogue.isOfKind(actor, 'quality', 'oversight');
  const desks = [known.unit, filingUnit(known.file.filedBy)].map((unit) => unit && catalogue.present(unit));
  const works = desks.includes(actor.unit);
  if (!supervises && (!works || known.file.identity === 'withheld'))
    throw new Refusal('NOT_RESPONSIBLE', 'not for this unit to open');
  checkNotErased(known);
  const day = officeCalendar(catalogue.calendar(known.file.terms.calendar)).dateOf(ms(given.now));
  if (known.disclosures.includes(`${day} ${actor.id}`)) return [];
  const { caseId } = known.file;
  return [intakeFact('PersonalDataDisclosed', { caseId, to: actor.id, unit: actor.unit, purpose: body.purpose, day })];
}

/** What the caller has made of the slip: whether it may be used, and the hash of the code folded into it. */
export interface ReissueCode extends StaffAsk<StaffCommandBody<'reissue-code'>> {
  readonly codeHash: string;
}

/** A lost code is replaced for a named person who shows at a desk who he is (rule 14); the old one opens nothing more. */
export function reissueCode(state: IntakeCase, { actor, body, codeHash }: ReissueCode): readonly IntakeFact[] {
  const known = submittedCase(state);
  const { file } = known;
  checkNotErased(known);
  if (actor.kind !== 'staff') throw new Refusal('SLIP_NEEDS_DESK', 'only a desk sees who asks');
  if (file.identity !== 'named') throw new Refusal('CODE_NEEDS_NAMED', `identity is ${file.identity}`);
  return [intakeFact('TrackingCodeReissued', { caseId: file.caseId, unit: actor.unit, slip: body.slip, codeHash })];
}
