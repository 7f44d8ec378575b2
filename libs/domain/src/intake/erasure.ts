import { Refusal, type Actor, type ErasureBar, type IntakeFact, type StaffCommandBody } from '@garda/contracts';
import { checkNotReported, type Catalogue } from '../shared/catalogue';
import type { StaffAsk } from '../shared/commands';
import { iso, ms } from '../shared/deadline';
import type { Due, DueKey } from '../shared/due';
import { intakeFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import { erasureSilenceHours } from '../shared/silences';
import type { IntakeCase, Retention, SubmittedCase } from './case';
import { submittedCase } from './submitted';

/** The code holder wants to be forgotten; an office answers. */
export function requestErasure(state: IntakeCase): readonly IntakeFact[] {
  const known = submittedCase(state);
  checkNotErased(known);
  if (known.erasure?.state === 'asked') throw new Refusal('ERASURE_ASKED', 'a request is open');
  return [intakeFact('ErasureRequested', { caseId: known.file.caseId })];
}

/**
 * Erased, or refused. Neither is free: nothing is erased while the case, money or an inquiry is under way, and nothing is
 * refused for a reason that does not hold.
 */
export function decideErasure(
  state: IntakeCase,
  { actor, body }: StaffAsk<StaffCommandBody<'decide-erasure'>>,
  { catalogue }: Given,
): readonly IntakeFact[] {
  const known = submittedCase(state);
  if (actor.kind !== 'staff') throw new Refusal('NOT_RESPONSIBLE', 'an office decides it');
  checkDecides(known, actor, catalogue);
  const { erasure, file } = known;
  if (erasure?.state !== 'asked') return keepOn(known, actor.unit, body);
  const bars = erasureBars(known);
  const answer = { caseId: file.caseId, request: erasure.ref, unit: actor.unit };
  if (body.result === 'refused') {
    const code = bars.find((one) => one === body.code);
    if (code === undefined) throw new Refusal('REASON_DOES_NOT_HOLD', `what holds: ${bars.join(', ')}`);
    return [intakeFact('ErasureRefused', { ...answer, code })];
  }
  if (bars.length > 0) throw new Refusal('ERASURE_BARRED', bars.join(', '));
  return [intakeFact('PersonalDataErased', { ...answer, subjects: file.sealTo.map(({ subject }) => subject) })];
}

/** Only the clock erases what nobody asked for; a unit can keep it on: it may know of an inquiry that no fact here tells. */
function keepOn(
  known: SubmittedCase,
  unit: string,
  { result, code }: StaffCommandBody<'decide-erasure'>,
): readonly IntakeFact[] {
  const list = onList(known);
  if (list === null || result === 'erased') throw new Refusal('NO_ERASURE_ASKED', 'no request is open');
  if (code !== 'inquiry_runs') throw new Refusal('REASON_DOES_NOT_HOLD', 'only for an inquiry');
  return [intakeFact('ErasureRefused', { caseId: known.file.caseId, request: list.ref, unit, code })];
}

/** The fact by which a unit was told that the clock will erase these data; none where it will not, or has. */
export function onList(known: SubmittedCase): Retention['listed'] {
  return isErased(known) || known.retention === null ? null : known.retention.listed;
}

function checkDecides(known: SubmittedCase, actor: Extract<Actor, { kind: 'staff' }>, catalogue: Catalogue): void {
  const kind = decidingKind(known);
  if (catalogue.isOfKind(actor, kind)) checkNotReported(catalogue, actor, known.file.reportedUnit);
  else if (actor.unit !== erasureUnit(known, catalogue))
    throw new Refusal('NOT_RESPONSIBLE', `the ${kind} unit decides it`);
}

/** The quality unit decides; of a levy report, which it never sees, the inspectorate. */
function decidingKind(known: SubmittedCase): 'quality' | 'oversight' {
  return isLevy(known) ? 'oversight' : 'quality';
}

/** Who is to decide: where the case is about that unit itself, whoever stands in for it (rule 8). */
export function erasureUnit(known: SubmittedCase, catalogue: Catalogue): string | undefined {
  const unit = catalogue.unitOfKind(decidingKind(known))?.code;
  const { reportedUnit } = known.file;
  if (unit === undefined || !catalogue.isAboveOrSame(unit, reportedUnit)) return unit;
  const standIn = catalogue.standInFor(unit);
  return standIn?.tier === 'external' ? undefined : standIn?.code; // no body outside holds our keys
}

/** What keeps his data now, as far as intake's own facts say. An objection runs even where the case was closed meanwhile. */
export function erasureBars(known: SubmittedCase): readonly ErasureBar[] {
  const open = known.status !== 'closed';
  const inquiry =
    known.dispute !== null || (open && (known.status === 'disputed' || known.supervised || isLevy(known)));
  return [
    ...(open ? (['case_open'] as const) : []),
    ...(owesMoney(known) ? (['money_unsettled'] as const) : []),
    ...(inquiry ? (['inquiry_runs'] as const) : []),
  ];
}

const isLevy = ({ file }: SubmittedCase): boolean => file.terms.kind === 'levy';

/** A refund is under way, or was asked for and resolution has not heard of it yet: then each payment has one. */
function owesMoney({ refunds, claimed, fees }: SubmittedCase): boolean {
  const payments = fees.reduce((sum, { paid, refunded }) => sum + paid + refunded, 0);
  return refunds.begun > refunds.ended || (claimed && refunds.begun < payments);
}

/** He was forgotten: nobody knows any more who he is. */
export function isErased({ erasure }: SubmittedCase): boolean {
  return erasure?.state === 'erased';
}

/** Whoever was forgotten can say nothing more in this case: nobody could read it. */
export function checkNotErased(known: SubmittedCase): void {
  if (isErased(known)) throw new Refusal('PERSONAL_DATA_ERASED', 'the keys are destroyed');
}

const clock = 'erasure';

/** A request that nobody answers: told to whoever is to decide it, then to the regional secretary. Counted by the hour. */
function silencesOf(known: SubmittedCase, catalogue: Catalogue) {
  const { erasure } = known;
  if (erasure?.state !== 'asked') return [];
  return erasureSilenceHours.flatMap((hours, index) => {
    const rung = index + 1;
    const unit = erasureWatcher(rung, known, catalogue);
    if (unit === undefined || erasure.told.includes(rung)) return [];
    return [{ erasure, rung, unit, dueAt: iso(ms(erasure.at) + hours * 3_600_000) }];
  });
}

export function erasureDue(known: SubmittedCase, catalogue: Catalogue): readonly Due[] {
  return silencesOf(known, catalogue).map(({ erasure: { version: startedVersion }, rung, dueAt }) => {
    return { clock, startedVersion, rung, dueAt };
  });
}

export function fireErasure(known: SubmittedCase, key: DueKey, catalogue: Catalogue): readonly IntakeFact[] {
  const { caseId } = known.file;
  return silencesOf(known, catalogue)
    .filter(({ rung }) => rung === key.rung)
    .map(({ erasure, rung, unit }) =>
      intakeFact('DutyDue', { caseId, duty: 'erasure_undecided', rung, ref: erasure.ref, unit }),
    );
}

export const isErasureClock = (key: Pick<DueKey, 'clock'>): boolean => key.clock === clock;

/** Who answers a request, and then who hears that it is not answered: never whoever the case is about. */
function erasureWatcher(rung: number, known: SubmittedCase, catalogue: Catalogue): string | undefined {
  if (rung === 1) return erasureUnit(known, catalogue);
  const unit = catalogue.unitOfKind('secretariat')?.code;
  return unit === undefined || catalogue.isAboveOrSame(unit, known.file.reportedUnit) ? undefined : unit;
}
