import type { WorkCalendar } from '@garda/contracts';
import { officeCalendar } from '../src/shared/calendar';
import { ms } from '../src/shared/deadline';
import type { ExplainedDue } from '../src/shared/explained';
import { daysBetween } from '../src/shared/zone';

const workingDays = (calendar: WorkCalendar, from: number, to: number): number => {
  const office = officeCalendar(calendar);
  return (
    daysBetween(office.dateOf(from), office.dateOf(to)) -
    later(office.daysOffFrom(office.dateOf(from), office.dateOf(to)), office.dateOf(from))
  );
};
const later = (daysOff: readonly { date: string }[], day: string) => daysOff.filter(({ date }) => date > day).length;

/**
 * What is wrong with an explanation, in words: a step that does not go on where the one before stands, one whose parts
 * do not add up to the time that it says it adds, a last one that is not the due date.
 */
export function wrongIn({ dueAt, steps }: ExplainedDue, calendar: WorkCalendar): readonly string[] {
  const office = officeCalendar(calendar);
  const wrong: string[] = [];
  let at = steps[0]?.what === 'start' ? steps[0].at : 'no start';
  for (const [index, step] of steps.slice(1).entries()) {
    if (step.what === 'start') {
      wrong.push(`step ${index + 1} begins again`);
      continue;
    }
    const [from, to] = [ms(at), ms(step.at)];
    const { unit, count } = step.adds;
    const whole = daysBetween(office.dateOf(from), office.dateOf(to));
    const off = later(step.daysOff, office.dateOf(from));
    if (unit === 'wd' && (whole !== count + off || count !== workingDays(calendar, from, to)))
      wrong.push(`${count} working days and ${off} days off are not ${whole} days`);
    if (unit === 'd' && whole !== count + off) wrong.push(`${count} days and ${off} days off are not ${whole} days`);
    const minutes = step.hours.reduce((sum, one) => sum + (ms(one.to) - ms(one.from)) / 60_000, 0);
    if (unit === 'min' && Math.abs(minutes - count) > 1e-6) wrong.push(`${minutes} minutes are not ${count}`);
    at = step.at;
  }
  return at === dueAt ? wrong : [...wrong, `it ends at ${at}, and is due at ${dueAt}`];
}
