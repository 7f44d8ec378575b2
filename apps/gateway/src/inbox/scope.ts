import type { Judge } from '../rights/judge';
import type { Principal } from '../rights/may-do';

/** Whose cases a reader sees: of these units (`all`: of every unit, and those in triage), and never about these. */
export interface ReadingScope {
  readonly units: 'all' | readonly string[];
  readonly never: readonly string[];
  /** Whose tasks are his to see to. */
  readonly tasks: readonly string[];
}

/** The scope of `case.read` as a condition for a query, so that a list never shows what a single read would refuse. */
export function readingScope(who: Principal, judge: Judge): ReadingScope {
  if (who.kind === 'program') return { units: 'all', never: [], tasks: [] };
  const { units: tree, roles } = judge;
  const scopes = new Set(who.roles.map((role) => roles.scopeOf('case.read', role)));
  const never = tree.inLineBelow(who.unit).filter((unit) => !tree.standsInFor(unit, who.unit));
  if (scopes.has('a')) return { units: 'all', never, tasks: [who.unit] };
  const units = scopes.has('b') ? tree.below(who.unit) : tree.withPredecessors(who.unit);
  return { units, never, tasks: units };
}
