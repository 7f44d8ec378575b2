import { Refusal, type IntakeData, type IntakeFact, type StaffCommandBody } from '@garda/contracts';
import { checkNotReported, type Catalogue } from '../shared/catalogue';
import type { StaffAsk } from '../shared/commands';
import { iso, ms, termEnd } from '../shared/deadline';
import { silences } from '../shared/silences';
import type { Due, DueKey } from '../shared/due';
import { intakeFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { IntakeCase, SubmittedCase } from './case';
import { submittedCase } from './submitted';
import { openMandate, type Mandate } from './mandate';

/** Counted from the recording (A: to be named by the regency). */
const [usualTerm] = silences.mandate.terms;
const warnedBeforeDays = 3;

/** The desk writes down whom the citizen lets act for him. Another mandate ends by it. */
export function recordMandate(
  state: IntakeCase,
  ask: StaffAsk<StaffCommandBody<'record-mandate'>>,
  { catalogue }: Given,
): readonly IntakeFact[] {
  const known = submittedCase(state);
  const { actor, body } = ask;
  if (actor.kind !== 'staff') throw new Refusal('NOT_RESPONSIBLE', 'a desk records mandates');
  const unit = body.unit ?? actor.unit;
  if (catalogue.unit(unit) === undefined) throw new Refusal('UNIT_UNKNOWN', `no unit ${unit}`);
  if (unit !== actor.unit && !catalogue.isOfKind(actor, 'quality'))
    throw new Refusal('NOT_RESPONSIBLE', 'a unit takes mandates for itself');
  checkNotReported(catalogue, actor, known.file.reportedUnit);
  if (unit === known.file.reportedUnit) throw new Refusal('UNIT_IS_REPORTED', 'the case is about this unit');
  const { caseId } = known.file;
  return [
    ...ending(known, 'replaced'),
    intakeFact('MandateRecorded', { caseId, unit, carrier: body.carrier, term: usualTerm }),
  ];
}

/** The code holder says that it is so; only then may the unit receive for him. */
export function confirmMandate(state: IntakeCase, command: { readonly mandate: string }): readonly IntakeFact[] {
  const known = submittedCase(state);
  const mandate = mandateOf(known, command.mandate);
  if (mandate.state === 'confirmed') throw new Refusal('MANDATE_CONFIRMED', 'the mandate is confirmed');
  return [intakeFact('MandateConfirmed', { caseId: known.file.caseId, mandate: mandate.ref })];
}

/** The code holder takes it back, at any time. */
export function revokeMandate(state: IntakeCase, command: { readonly mandate: string }): readonly IntakeFact[] {
  const known = submittedCase(state);
  mandateOf(known, command.mandate);
  return ending(known, 'revoked');
}

/** The carrier leaves: his unit names another, and the mandate goes on. */
export function changeCarrier(
  state: IntakeCase,
  { actor, body }: StaffAsk<StaffCommandBody<'change-carrier'>>,
): readonly IntakeFact[] {
  const known = submittedCase(state);
  const mandate = mandateOf(known);
  if (actor.kind !== 'staff' || actor.unit !== mandate.unit)
    throw new Refusal('NOT_RESPONSIBLE', 'another unit has the mandate');
  if (mandate.carrier === body.carrier) return [];
  const { caseId } = known.file;
  return [intakeFact('MandateCarrierChanged', { caseId, mandate: mandate.ref, carrier: body.carrier })];
}

/** The unit has done what it was for. */
export function endMandate(
  state: IntakeCase,
  { actor }: StaffAsk<StaffCommandBody<'end-mandate'>>,
  { catalogue }: Given,
): readonly IntakeFact[] {
  const known = submittedCase(state);
  const mandate = mandateOf(known);
  const may = actor.kind === 'staff' && (actor.unit === mandate.unit || catalogue.isOfKind(actor, 'quality'));
  if (!may) throw new Refusal('NOT_RESPONSIBLE', 'another unit has the mandate');
  return ending(known, 'fulfilled');
}

function mandateOf(known: SubmittedCase, ref?: string): Mandate {
  const mandate = openMandate(known);
  if (mandate === undefined || (ref !== undefined && mandate.ref !== ref))
    throw new Refusal('MANDATE_MISSING', 'no such mandate is open');
  return mandate;
}

function ending(known: SubmittedCase, reason: IntakeData<'MandateEnded'>['reason']): readonly IntakeFact[] {
  const mandate = openMandate(known);
  if (mandate === undefined) return [];
  return [intakeFact('MandateEnded', { caseId: known.file.caseId, mandate: mandate.ref, reason })];
}

/** When a mandate ends by itself. */
export function mandateEndsAt(file: SubmittedCase['file'], mandate: Mandate, catalogue: Catalogue): string {
  return termEnd(catalogue.calendar(file.terms.calendar), mandate.at, mandate.term);
}

/** When desk and citizen are told that it will end. */
export function mandateWarnedAt(file: SubmittedCase['file'], mandate: Mandate, catalogue: Catalogue): string {
  const days = Math.max(0, Number.parseInt(mandate.term, 10) - warnedBeforeDays);
  return iso(ms(termEnd(catalogue.calendar(file.terms.calendar), mandate.at, `${days}wd`)));
}

/** The clocks of a mandate: it is about to end, and its end (domain, B.6). */
export function mandateDue(state: SubmittedCase, catalogue: Catalogue): readonly Due[] {
  const mandate = openMandate(state);
  if (mandate === undefined) return [];
  const warnAt = mandateWarnedAt(state.file, mandate, catalogue);
  const clock = { clock: 'mandate', startedVersion: mandate.version };
  return [
    ...(mandate.warned ? [] : [{ ...clock, rung: 1, dueAt: warnAt }]),
    { ...clock, rung: 2, dueAt: mandateEndsAt(state.file, mandate, catalogue) },
  ];
}

export function fireMandate(state: SubmittedCase, key: DueKey): readonly IntakeFact[] {
  const mandate = mandateOf(state);
  if (key.rung === 2) return ending(state, 'expired');
  const { caseId } = state.file;
  return [intakeFact('DutyDue', { caseId, duty: 'mandate_ends', rung: 1, ref: mandate.ref, unit: mandate.unit })];
}
