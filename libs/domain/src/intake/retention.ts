import type { IntakeFact } from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import { iso, ms } from '../shared/deadline';
import type { Due, DueKey } from '../shared/due';
import { intakeFact } from '../shared/facts';
import { retentionListedDays } from '../shared/silences';
import type { SubmittedCase } from './case';
import { erasureBars, erasureUnit, isErased, onList } from './erasure';

const clock = 'retention';

/** For how long a unit may keep data on; then it is asked again (A). */
const furtherYears = 1;

/**
 * The end of retention (domain, A.11): whoever decides about erasing is told some days before, so that it can keep the
 * data on where an inquiry needs them; then the clock erases them. What bars erasing bars the clock too: it runs out once
 * nothing does, and never sooner than those days after the unit was told.
 */
export function retentionDue(known: SubmittedCase, catalogue: Catalogue): readonly Due[] {
  const ends = endOf(known);
  if (known.retention === null || ends === undefined || isErased(known)) return [];
  if (erasureBars(known).length > 0 || erasureUnit(known, catalogue) === undefined) return [];
  const { version: startedVersion, listed } = known.retention;
  if (listed === null) return [{ clock, startedVersion, rung: 1, dueAt: daysAfter(ends, -retentionListedDays) }];
  const seen = daysAfter(listed.at, retentionListedDays);
  return [{ clock, startedVersion, rung: 2, dueAt: ms(seen) > ms(ends) ? seen : ends }];
}

export function fireRetention(known: SubmittedCase, { rung }: DueKey, catalogue: Catalogue): readonly IntakeFact[] {
  const unit = erasureUnit(known, catalogue);
  const { caseId, sealTo } = known.file;
  if (unit === undefined) return [];
  if (rung === 1) return [intakeFact('DutyDue', { caseId, duty: 'retention_ends', rung, ref: caseId, unit })];
  const list = onList(known);
  if (list === null) return [];
  const subjects = sealTo.map(({ subject }) => subject);
  return [intakeFact('PersonalDataErased', { caseId, request: list.ref, unit, subjects })];
}

export const isRetentionClock = (key: Pick<DueKey, 'clock'>): boolean => key.clock === clock;

function endOf({ retention, file }: SubmittedCase): string | undefined {
  const years = Number.parseInt(file.terms.retention ?? '', 10);
  if (retention === null || Number.isNaN(years)) return undefined;
  return yearsAfter(retention.since, retention.keptOn ? furtherYears : years);
}

/** The same day and hour, in UTC; of 29 February the day after, where there is none. */
function yearsAfter(instant: string, years: number): string {
  const day = new Date(instant);
  day.setUTCFullYear(day.getUTCFullYear() + years);
  return day.toISOString();
}

const daysAfter = (instant: string, days: number): string => iso(ms(instant) + days * 86_400_000);
