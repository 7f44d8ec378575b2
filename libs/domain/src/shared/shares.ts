import type { WorkCalendar } from '@garda/contracts';
import { officeCalendar } from './calendar';
import { ms } from './deadline';

/** Who has the case: a unit, the road (and then the unit that sent its papers), the citizen, or nobody yet. */
export interface Holder {
  readonly with: 'unit' | 'transit' | 'citizen' | 'triage';
  /** Who answers meanwhile: of `unit` and `transit`. */
  readonly unit: string | null;
}

/** A while of the case with one holder. */
export interface Span extends Holder {
  readonly from: string;
  /** Null: it is there now. */
  readonly until: string | null;
}

/** Of all the office time that the case took, how much was whose. */
export interface Share extends Holder {
  /** Office time in whole minutes. */
  readonly minutes: number;
}

/** The spans once the case came to a holder, or rests with none (null), at this time. Time never runs back here. */
export function spansAfter(spans: readonly Span[], holder: Holder | null, at: string): readonly Span[] {
  const last = spans.at(-1);
  const open = last?.until === null ? last : undefined;
  if (open === undefined) return holder === null ? spans : [...spans, { ...holder, from: at, until: null }];
  if (holder !== null && holder.with === open.with && holder.unit === open.unit) return spans;
  const until = ms(at) < ms(open.from) ? open.from : at;
  const ended = [...spans.slice(0, -1), { ...open, until }];
  return holder === null ? ended : [...ended, { ...holder, from: until, until: null }];
}

/**
 * Whose share of the time it was (domain, B.4): office time by holder, in the order in which each came first. Their sum
 * is the office time of all spans that ended: a night, a day off or a while in which nobody had it is nobody's. The span
 * that lasts is left out, so that the answer changes only when the case does.
 */
export function sharesOf(spans: readonly Span[], calendar: WorkCalendar): readonly Share[] {
  const office = officeCalendar(calendar);
  const shares = new Map<string, { holder: Holder; time: number }>();
  for (const { with: who, unit, from, until } of spans) {
    if (until === null) continue;
    const key = `${who} ${unit}`;
    const share = shares.get(key) ?? { holder: { with: who, unit }, time: 0 };
    shares.set(key, { ...share, time: share.time + office.officeTimeIn(ms(from), ms(until)) });
  }
  return [...shares.values()]
    .map(({ holder, time }) => ({ ...holder, minutes: Math.round(time / 60_000) }))
    .filter(({ minutes }) => minutes > 0);
}
