import { ms } from './deadline';

/** Which clock: `startedVersion` is the version of the fact that started it, so that a reopened case starts again. */
export interface DueKey {
  readonly clock: string;
  readonly startedVersion: number;
  readonly rung: number;
}

/** Something the clock alone will do. */
export interface Due extends DueKey {
  readonly dueAt: string;
}

/**
 * The row of a timer, if it is still there, its time has come, and no other clock of the case comes before it:
 * however late and in whatever order timers fire, a case's clocks run out in the order of their times.
 */
export function dueNow(rows: readonly Due[], key: DueKey, now: string): Due | undefined {
  const [first] = rows.filter((row) => ms(row.dueAt) <= ms(now)).sort(byTime);
  const asked = first?.clock === key.clock && first.startedVersion === key.startedVersion && first.rung === key.rung;
  return asked ? first : undefined;
}

function byTime(a: Due, b: Due): number {
  return ms(a.dueAt) - ms(b.dueAt) || (a.clock < b.clock ? -1 : a.clock > b.clock ? 1 : a.rung - b.rung);
}
