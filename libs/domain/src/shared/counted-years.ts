import { ms } from './deadline';
import { addDays, localDate } from './zone';

/** A year is counted in public once it has been over for this long: whatever was recorded in it has been read by then. */
const daysAfter = 31;

/** The last year that is counted in public, by the calendar on the wall of the office. */
export function lastCountedYear(now: string, zone: string): number {
  return Number(addDays(localDate(zone, ms(now)), -daysAfter).slice(0, 4)) - 1;
}
