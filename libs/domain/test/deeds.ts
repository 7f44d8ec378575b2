import { iso, ms } from '../src/shared/deadline';
import { after, movesOf } from './moves';
import type { System } from './system';

/** The case after these deeds of anybody, each so many hours after the other and heard by all before the next. */
export function afterDeeds(start: System, deeds: readonly string[], hours = 24): System {
  return deeds.reduce((system, name) => {
    const move = movesOf(system).find((one) => one.name === name);
    const next = move === undefined ? undefined : after(system, move);
    if (next === undefined) throw new Error(`nobody can do "${name}" here`);
    next.settle(() => 0);
    next.now = iso(ms(next.now) + hours * 3_600_000);
    return next;
  }, start);
}
