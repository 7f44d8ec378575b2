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

/** The row of a timer, if it is still there and its time has come. */
export function dueNow(rows: readonly Due[], key: DueKey, now: string): Due | undefined {
  return rows.find(
    (row) =>
      row.clock === key.clock &&
      row.startedVersion === key.startedVersion &&
      row.rung === key.rung &&
      ms(row.dueAt) <= ms(now),
  );
}
