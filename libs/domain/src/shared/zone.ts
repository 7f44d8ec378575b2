import { Temporal } from '@js-temporal/polyfill';

/** Offsets change only on a quarter of an hour, so one look-up serves the quarter. */
const quarter = 15 * 60_000;
const mostOffsets = 50_000;
const offsets = new Map<string, number>();

/** Minutes east of UTC at an instant, in milliseconds. */
function offsetAt(zone: string, ms: number): number {
  const slot = Math.floor(ms / quarter);
  const key = `${zone} ${slot}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const instant = Temporal.Instant.fromEpochMilliseconds(slot * quarter);
  const offset = Math.round(instant.toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000);
  if (offsets.size >= mostOffsets) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** The date on the wall of the office. */
export function localDate(zone: string, ms: number): string {
  return new Date(ms + offsetAt(zone, ms)).toISOString().slice(0, 10);
}

/** The instant at which the office's clock shows `time` (HH:MM) on `date`. In a gap of summer time: as if it were not put forward. */
export function instantAt(zone: string, date: string, time: string): number {
  return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone).epochMilliseconds;
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(date: string): number {
  return ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}
