import { parseTerm } from '../shared/calendar';

const least = 2; // working days (A)
const workingDaysOfWeek = 5;

/**
 * The time to mend a decision that was wrong: half of the whole promise, at least two working days (A). Calendar days
 * count by the working days of a week, and what was promised within a day by nothing.
 */
export function remedialTime(times: readonly string[]): string {
  const days = times.map(parseTerm).reduce((sum, { count, unit }) => {
    if (unit === 'wd') return sum + count;
    return unit === 'd' ? sum + Math.ceil((count * workingDaysOfWeek) / 7) : sum;
  }, 0);
  return `${Math.max(least, Math.ceil(days / 2))}wd`;
}
