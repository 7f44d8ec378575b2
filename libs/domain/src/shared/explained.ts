import type { ExplainedDueBody, WorkCalendar } from '@garda/contracts';
import { officeCalendar, parseTerm, type DayOff, type OfficeCalendar, type Term } from './calendar';
import { dueAt, inDays, iso, isProvisional, ms, stillIn, type Still, type Stop } from './deadline';
import { addDays } from './zone';

/** From when a term runs: handed in at a desk (the day of its slip), recorded, taken from another system, … */
export type StartWhy = 'desk' | 'recorded' | 'imported' | 'handed_over' | 'reopened';
export type TermWhy = 'stage' | 'extension' | 'supervision' | 'reopened';
/** Why the clock stood still: the citizen was waited for, or the work was with others. */
export type StopWhy = 'question' | 'fee' | 'elsewhere';

export interface ReckonedTerm {
  readonly time: string;
  readonly why: TermWhy;
  /** Index into the stages, from 0; null for a time of the whole. */
  readonly stage: number | null;
}
export interface ReckonedStop extends Stop {
  readonly why: StopWhy;
}

/** All that a due date is counted from. The date and its explanation come from the same one. */
export interface Reckoning {
  readonly from: string;
  readonly why: StartWhy;
  readonly terms: readonly ReckonedTerm[];
  readonly stops: readonly ReckonedStop[];
  readonly away: readonly ReckonedStop[];
}

/** What a step adds: working days, calendar days, or minutes of office time. */
export interface Added {
  readonly unit: 'wd' | 'd' | 'min';
  readonly count: number;
}

interface Counted {
  readonly adds: Added;
  /** Days that were passed over because the office does not work on them. */
  readonly daysOff: readonly DayOff[];
  /** The office hours that were counted; none where whole days were. */
  readonly hours: readonly { readonly from: string; readonly to: string }[];
  /** Where the count stands after this step. */
  readonly at: string;
}

/** One step on the way to a due date: each goes on from where the one before it stands. */
export type DeadlineStep =
  | { readonly what: 'start'; readonly why: StartWhy; readonly at: string }
  | ({ readonly what: 'term' } & ReckonedTerm & Counted)
  | ({
      readonly what: 'stop';
      readonly why: readonly StopWhy[];
      readonly from: string;
      /** Until when it counts; where nobody knows yet, to its limit. */
      readonly until: string;
      readonly open: boolean;
      readonly capped: boolean;
    } & Counted);

export interface ExplainedDue {
  readonly dueAt: string;
  readonly provisional: boolean;
  readonly steps: readonly DeadlineStep[];
}

export function dueOfReckoning(calendar: WorkCalendar, { from, terms, stops, away }: Reckoning): string {
  const times = terms.map(({ time }) => time);
  return dueAt(calendar, from, times, stops, away);
}

/** Each step that led to a due date, in order; the last one stands on it. A stop that came after it is none of them. */
export function explain(calendar: WorkCalendar, reckoning: Reckoning): ExplainedDue {
  const office = officeCalendar(calendar);
  const { from, why, terms, stops, away } = reckoning;
  const days = inDays(terms.map(({ time }) => parseTerm(time)));
  const steps: DeadlineStep[] = [{ what: 'start', why, at: from }];
  let due = ms(from);
  for (const term of terms) {
    const step = termStep(office, due, term);
    steps.push(step);
    due = ms(step.at);
  }
  for (const still of stillIn(stops, away)) {
    if (still.begin >= due) continue;
    const step = stopStep({ office, due, days }, still, ms(from));
    steps.push(step);
    due = ms(step.at);
  }
  return { dueAt: iso(due), provisional: isProvisional(calendar, iso(due)), steps };
}

function termStep(office: OfficeCalendar, from: number, term: ReckonedTerm): DeadlineStep & Counted {
  const parsed = parseTerm(term.time);
  const to = office.add(from, parsed);
  return { what: 'term', ...term, ...counted(office, { from, to }, addedBy(parsed)) };
}

function addedBy({ count, unit }: Term): Added {
  return unit === 'h' ? { unit: 'min', count: count * 60 } : { unit, count };
}

interface Standing {
  readonly office: OfficeCalendar;
  readonly due: number;
  readonly days: boolean;
}

function stopStep({ office, due, days }: Standing, still: Still<ReckonedStop>, start: number): DeadlineStep & Counted {
  const [begin, end] = [Math.max(still.begin, start), Math.max(still.end, start)];
  const count = days ? office.workingDaysIn(begin, end) : office.officeTimeIn(begin, end);
  const to = days ? office.moveOn(due, count) : office.addOfficeTime(due, count);
  const adds: Added = days ? { unit: 'wd', count } : { unit: 'min', count: count / 60_000 };
  return {
    what: 'stop',
    why: [...new Set(still.by.map((stop) => stop.why))],
    ...{ from: iso(begin), until: iso(end), capped: still.capped },
    open: still.by.some((stop) => stop.until === null),
    ...counted(office, { from: due, to }, adds),
  };
}

/** Calendar days pass over no day off but those at their end. */
function counted(office: OfficeCalendar, { from, to }: { from: number; to: number }, adds: Added): Counted {
  const [first, last] = [office.dateOf(from), office.dateOf(to)];
  const daysOff = office.daysOffFrom(adds.unit === 'd' ? addDays(first, adds.count) : first, last);
  const hours = adds.unit === 'min' ? office.hoursIn(from, to) : [];
  return { adds, daysOff, hours: hours.map((one) => ({ from: iso(one.from), to: iso(one.to) })), at: iso(to) };
}

/** As it is answered: absent, not null, what a step does not say. */
export function toldExplained({ dueAt: due, provisional, steps }: ExplainedDue): ExplainedDueBody {
  return { dueAt: due, provisional, steps: steps.map(toldStep) };
}

function toldStep(step: DeadlineStep): ExplainedDueBody['steps'][number] {
  if (step.what === 'start') return step;
  const daysOff = step.daysOff.map(({ name, ...day }) => (name === null ? day : { ...day, name }));
  const told = { daysOff, hours: [...step.hours] };
  if (step.what === 'stop') return { ...step, ...told, why: [...step.why] };
  const { stage, ...term } = step;
  return { ...term, ...told, ...(stage === null ? {} : { stage }) };
}
