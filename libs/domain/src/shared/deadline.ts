import type { WorkCalendar } from '@garda/contracts';
import { officeCalendar, parseTerm, type OfficeCalendar, type Term } from './calendar';

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
  const days = inDays(parsed);
  let due = parsed.reduce((at, term) => office.add(at, term), ms(from));
  for (const { begin, end } of stillIn(stops, away))
    if (begin < due) due = movedOn(office, due, Math.max(begin, ms(from)), end, days);
  return iso(due);
}

/** What is promised in days is moved on by days, what is promised in minutes by minutes. */
export function inDays(terms: readonly Term[]): boolean {
  return terms.some((term) => term.unit === 'wd' || term.unit === 'd');
}

/** Whether a due date lies where the edition says nothing yet: it may still move when the next one is published. */
export function isProvisional(calendar: WorkCalendar, due: string): boolean {
  return officeCalendar(calendar).isBeyond(ms(due));
}

/** A while in which the clock stood still, and the stops that made it so. */
export interface Still<S extends Stop = Stop> {
  readonly begin: number;
  readonly end: number;
  readonly by: readonly S[];
  /** Together the stops had lasted as long as they may: the rest of them counts for nothing. */
  readonly capped: boolean;
}

/** The whiles that count, in their order: stops of the citizen up to their limit, and `away` without one. */
export function stillIn<S extends Stop>(stops: readonly S[], away: readonly S[]): readonly Still<S>[] {
  return merged([...limited(stops), ...limited(away, Infinity)]);
}

/** The stops in order of their beginning, until together they have lasted `most`. */
function limited<S extends Stop>(stops: readonly S[], most = mostStopped): readonly Still<S>[] {
  let left = most;
  let over = -Infinity;
  return [...stops]
    .sort((a, b) => ms(a.at) - ms(b.at))
    .flatMap((stop) => {
      // Waited for twice at a time, he is waited for once.
      const begin = Math.max(ms(stop.at), over);
      const end = Math.min(untilOf(stop), begin + left);
      if (end <= begin) return [];
      left -= end - begin;
      over = end;
      return [{ begin, end, by: [stop], capped: end < untilOf(stop) }];
    });
}

/** In order, and what overlaps as one: a day on which the citizen was waited for elsewhere counts once. */
function merged<S extends Stop>(spans: readonly Still<S>[]): readonly Still<S>[] {
  const result: Still<S>[] = [];
  for (const span of [...spans].sort((a, b) => a.begin - b.begin)) {
    const last = result.at(-1);
    if (last === undefined || span.begin >= last.end) result.push(span);
    else result[result.length - 1] = together(last, span);
  }
  return result;
}

function together<S extends Stop>(a: Still<S>, b: Still<S>): Still<S> {
  const end = Math.max(a.end, b.end);
  const by = [...a.by, ...b.by];
  // What the limit took from one of them may be covered by the other.
  return { begin: a.begin, end, by, capped: by.some((stop) => untilOf(stop) > end) };
}

function untilOf({ until }: Stop): number {
  return until === null ? Infinity : ms(until);
}

function movedOn(office: OfficeCalendar, due: number, begin: number, end: number, inDays: boolean): number {
  if (inDays) return office.moveOn(due, office.workingDaysIn(begin, end));
  return office.addOfficeTime(due, office.officeTimeIn(begin, end));
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
