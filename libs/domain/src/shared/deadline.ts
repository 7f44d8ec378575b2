import type { WorkCalendar } from '@garda/contracts';
import { officeCalendar, parseTerm, type OfficeCalendar } from './calendar';

/** Rule 5: all stops of a case together count for at most this long. */
const mostStopped = 30 * 86_400_000;

/** So often, of one case, a dispute may stand (rule 8). */
export const mostDisputes = 2;

/** A stop of the clock. Without an end it counts to its limit, for nobody knows yet when it ends. */
export interface Stop {
  readonly at: string;
  readonly until: string | null;
}

export function ms(instant: string): number {
  return Date.parse(instant);
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}

/** When a term ends, without stops. */
export function termEnd(calendar: WorkCalendar, from: string, term: string): string {
  return iso(officeCalendar(calendar).add(ms(from), parseTerm(term)));
}

/**
 * When a promise is due: its terms one after the other, moved on by the office time of the stops that begin
 * before it, and of `away`: when the work was with others. A pure function of its arguments: the same now and in ten
 * years. A stop never shortens, and the result never lies on a day off.
 */
export function dueAt(
  calendar: WorkCalendar,
  from: string,
  terms: readonly string[],
  stops: readonly Stop[],
  away: readonly Stop[] = [],
): string {
  const office = officeCalendar(calendar);
  const parsed = terms.map(parseTerm);
  const inDays = parsed.some((term) => term.unit === 'wd' || term.unit === 'd');
  let due = parsed.reduce((at, term) => office.add(at, term), ms(from));
  for (const { begin, end } of merged([...limited(stops), ...limited(away, Infinity)]))
    if (begin < due) due = movedOn(office, due, { begin: Math.max(begin, ms(from)), end }, inDays);
  return iso(due);
}

interface Span {
  readonly begin: number;
  readonly end: number;
}

/** The stops in order of their beginning, until together they have lasted `most`. */
function limited(stops: readonly Stop[], most = mostStopped): readonly Span[] {
  let left = most;
  let over = -Infinity;
  return [...stops]
    .sort((a, b) => ms(a.at) - ms(b.at))
    .flatMap((stop) => {
      // Waited for twice at a time, he is waited for once.
      const begin = Math.max(ms(stop.at), over);
      const end = Math.min(stop.until === null ? Infinity : ms(stop.until), begin + left);
      if (end <= begin) return [];
      left -= end - begin;
      over = end;
      return [{ begin, end }];
    });
}

/** In order, and what overlaps as one: a day on which the citizen was waited for elsewhere counts once. */
function merged(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.begin - b.begin)) {
    const last = result.at(-1);
    if (last === undefined || span.begin >= last.end) result.push(span);
    else result[result.length - 1] = { begin: last.begin, end: Math.max(last.end, span.end) };
  }
  return result;
}

function movedOn(office: OfficeCalendar, due: number, stop: Span, inDays: boolean): number {
  if (stop.end <= stop.begin) return due;
  if (inDays) return office.moveOn(due, office.workingDaysIn(stop.begin, stop.end));
  return office.addOfficeTime(due, office.officeTimeIn(stop.begin, stop.end));
}

/** Rule 12: where nobody could be told within 10 working days, terms run from then on. */
const untold = '10wd';

/** When a term of the citizen ends: it runs from the notification, or as if he had been told 10 wd after the fact. */
export function citizensTermEnd(
  calendar: WorkCalendar,
  fact: { readonly at: string; readonly told: string | null },
  term: string,
): string {
  const latest = termEnd(calendar, fact.at, untold);
  const from = fact.told !== null && ms(fact.told) < ms(latest) ? fact.told : latest;
  return termEnd(calendar, from, term);
}
