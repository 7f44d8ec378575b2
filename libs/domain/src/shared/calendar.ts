import type { WorkCalendar } from '@garda/contracts';
import { addDays, daysBetween, instantAt, localDate, weekday } from './zone';

interface Span {
  readonly from: number;
  readonly to: number;
}

/** A day on which the office does not work: as the week has it, or by its name in the calendar. */
export interface DayOff {
  readonly date: string;
  readonly why: 'weekend' | WorkCalendar['daysOff'][number]['kind'];
  readonly name: string | null;
}

/** A length of time, as the standards write it: `10min`, `2h`, `5wd`, `30d`. */
export interface Term {
  readonly count: number;
  readonly unit: 'min' | 'h' | 'wd' | 'd';
}

export function parseTerm(text: string): Term {
  const match = /^(\d{1,4})(min|h|wd|d)$/.exec(text);
  if (match === null) throw new TypeError(`${text} is no term`);
  return { count: Number(match[1]), unit: match[2] as Term['unit'] };
}

const calendars = new WeakMap<WorkCalendar, OfficeCalendar>();

/** The arithmetic of one edition of the calendar; made once an edition. */
export function officeCalendar(edition: WorkCalendar): OfficeCalendar {
  const known = calendars.get(edition);
  if (known !== undefined) return known;
  const made = new OfficeCalendar(edition);
  calendars.set(edition, made);
  return made;
}

/** A calendar on which the office never works would count for ever. */
const furthest = 20_000;

/**
 * Counts office time. Beyond the last day of the edition the week's hours go on without days off:
 * what is due there is provisional (`isBeyond`), and nobody is turned away because next year is not decreed yet.
 */
export class OfficeCalendar {
  private readonly daysOff: ReadonlyMap<string, WorkCalendar['daysOff'][number]>;
  private readonly spans = new Map<string, readonly Span[]>();

  constructor(private readonly edition: WorkCalendar) {
    this.daysOff = new Map(edition.daysOff.map((day) => [day.date, day]));
  }

  /** Whether the edition had begun at an instant. */
  reachesBackTo(ms: number): boolean {
    return this.edition.firstDay <= this.dateOf(ms);
  }

  /** Beyond the last day of the edition nobody has said yet which days are off: what lies there is provisional. */
  isBeyond(ms: number): boolean {
    return this.dateOf(ms) > this.edition.lastDay;
  }

  dateOf(ms: number): string {
    return localDate(this.edition.zone, ms);
  }

  isWorkingDay(date: string): boolean {
    return this.hoursOf(date).length > 0;
  }

  /**
   * When a term that starts at `from` ends.
   * wd: the next working day after the start is the first, the end of office hours of the last one is the end.
   * min, h: office minutes. d: calendar days, the end of office hours, moved on from a day off.
   */
  add(from: number, term: Term): number {
    switch (term.unit) {
      case 'wd':
        return this.endOf(this.workingDay(this.dateOf(from), term.count));
      case 'd':
        return this.endOf(this.workingDayFrom(addDays(this.dateOf(from), term.count)));
      case 'h':
        return this.addOfficeTime(from, term.count * 3_600_000);
      case 'min':
        return this.addOfficeTime(from, term.count * 60_000);
    }
  }

  /** Working days that lie in a stop: the day on which it began is used up, the day on which it ended is not. */
  workingDaysIn(from: number, to: number): number {
    const last = this.dateOf(to);
    let days = 0;
    for (let date = addDays(this.dateOf(from), 1); date <= last; date = addDays(date, 1))
      if (this.isWorkingDay(date)) days += 1;
    return days;
  }

  /** Office time (ms) between two instants. */
  officeTimeIn(from: number, to: number): number {
    return this.hoursIn(from, to).reduce((sum, span) => sum + span.to - span.from, 0);
  }

  /** The days off from one date to another, both of them included. */
  daysOffFrom(date: string, to: string): readonly DayOff[] {
    const found: DayOff[] = [];
    for (let day = date; day <= to; day = addDays(day, 1)) {
      if (this.isWorkingDay(day)) continue;
      const named = this.daysOff.get(day);
      found.push({ date: day, why: named?.kind ?? 'weekend', name: named?.name ?? null });
    }
    return found;
  }

  /** The office hours that lie between two instants. */
  hoursIn(from: number, to: number): readonly Span[] {
    const found: Span[] = [];
    for (let date = this.dateOf(from), last = this.dateOf(to); date <= last; date = addDays(date, 1))
      for (const span of this.spansOn(date)) {
        const part = { from: Math.max(span.from, from), to: Math.min(span.to, to) };
        if (part.from < part.to) found.push(part);
      }
    return found;
  }

  /** The same hour some working days later; the end of the day where that day is shorter or `due` was its day's end. */
  moveOn(due: number, workingDays: number): number {
    const from = this.dateOf(due);
    const to = this.workingDay(from, workingDays);
    const end = this.endOf(to);
    const same = due + (this.startOf(to) - this.startOf(this.workingDayFrom(from)));
    return due === this.endOf(this.workingDayFrom(from)) ? end : Math.min(same, end);
  }

  /** Nothing added is the same moment, be it the end of a day. */
  addOfficeTime(from: number, length: number): number {
    if (length <= 0) return from;
    let left = length;
    for (let date = this.dateOf(from), tried = 0; tried < furthest; date = addDays(date, 1), tried += 1) {
      for (const span of this.spansOn(date)) {
        const open = Math.max(span.from, from);
        if (open >= span.to) continue;
        if (open + left <= span.to) return open + left;
        left -= span.to - open;
      }
    }
    throw new RangeError('the calendar has no office hours');
  }

  /** The n-th working day after a date; with none to count, the date itself or the next working day. */
  private workingDay(after: string, n: number): string {
    let date = after;
    for (let counted = 0, tried = 0; counted < n; tried += 1) {
      if (tried > furthest) throw new RangeError('the calendar has no working days');
      date = addDays(date, 1);
      if (this.isWorkingDay(date)) counted += 1;
    }
    return this.workingDayFrom(date);
  }

  /** The date itself, or the next working day. */
  private workingDayFrom(date: string): string {
    return this.isWorkingDay(date) ? date : this.workingDay(date, 1);
  }

  private startOf(workingDay: string): number {
    return Math.min(...this.spansOn(workingDay).map(({ from }) => from));
  }

  private endOf(workingDay: string): number {
    return Math.max(...this.spansOn(workingDay).map(({ to }) => to));
  }

  private spansOn(date: string): readonly Span[] {
    const known = this.spans.get(date);
    if (known !== undefined) return known;
    const { zone } = this.edition;
    const made = this.hoursOf(date).map(({ from, to }) => ({
      from: instantAt(zone, date, from),
      to: instantAt(zone, date, to),
    }));
    // A calendar has a few hundred days; years beyond it are not kept.
    if (daysBetween(this.edition.firstDay, date) < furthest) this.spans.set(date, made);
    return made;
  }

  /** As the office's clock shows them; none on a day off. */
  private hoursOf(date: string): readonly { readonly from: string; readonly to: string }[] {
    return this.daysOff.has(date) ? [] : (this.edition.officeHours[String(weekday(date))] ?? []);
  }
}
