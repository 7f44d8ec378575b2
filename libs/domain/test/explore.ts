import { after, movesOf } from './moves';
import type { System } from './system';

/**
 * Breadth first, from one case: the states that come next by any move of anybody, deliveries and clock included, until
 * there are `most` of them. `settled`: everything is delivered after each move, so that the search goes deep instead
 * of wide. Two cases are in one state when they differ in ids, versions and times alone.
 */
export function explore(start: System, { most, settled }: { most: number; settled: boolean }): readonly System[] {
  if (settled) start.settle(() => 0);
  const systems = [start];
  const known = new Set([fingerprint(start)]);
  for (let at = 0; at < systems.length && systems.length < most; at += 1) {
    const system = systems[at] as System;
    for (const move of movesOf(system)) {
      const next = after(system, move);
      if (next === undefined) continue;
      if (settled) next.settle(() => 0);
      const key = fingerprint(next);
      if (known.has(key)) continue;
      known.add(key);
      systems.push(next);
    }
  }
  return systems;
}

/** Everything that decides what may happen next, without what is new in every run. */
function fingerprint({ intake, routing, resolution }: System): string {
  const queues = [routing, resolution, intake].flatMap(({ hears, heard }) =>
    hears.map((from) => ({ intake, routing, resolution })[from].log.slice(heard[from]).map(({ type }) => type)),
  );
  const marks = new Map<string, number>();
  return JSON.stringify([intake.state, routing.state, resolution.state, queues], (name, value: unknown) => {
    if (alike.has(name)) return undefined;
    if (typeof value !== 'string') return value;
    if (/^\d{4}-/.test(value)) return 'a time';
    if (!uuid.test(value)) return value;
    if (!marks.has(value)) marks.set(value, marks.size);
    return marks.get(value);
  });
}

/** What only counts, or only tells who was told of what. */
const alike: ReadonlySet<string> = new Set([
  ...['file', 'version', 'startedVersion', 'stageVersion', 'answers', 'away', 'past'],
  ...['offer', 'offers', 'heldFrom', 'missed', 'climbed', 'news', 'spans', 'parties', 'records'],
]);

const uuid = /^[0-9a-f]{8}-/;

/** What ends a case when everybody does his part; each is tried where the one before is refused or changes nothing. */
const closing: readonly string[] = [
  'is told',
  'answers',
  'acknowledge-papers',
  'confirm-fee',
  'triage',
  'route-dispute',
  'decide-dispute dismissed',
  'take',
  'accept',
  'resolve remedied',
  'resolve granted',
  'resolve information_given',
  'complete-stage',
  'assess-fee',
  'issue-product',
  'return-papers',
  'is satisfied',
  'time passes',
];

/** Goes on from many states until each case is closed. What is known of one state serves the others. */
export class Closer {
  private readonly closes = new Set<string>();

  /** False where nothing that anybody does closes the case any more. */
  canClose(start: System): boolean {
    const passed: string[] = [];
    let system = start.copy();
    system.settle(() => 0);
    for (let steps = 0; steps < 80; steps += 1) {
      const key = fingerprint(system);
      if (system.resolution.state.status === 'closed' || this.closes.has(key)) {
        for (const one of passed) this.closes.add(one);
        return true;
      }
      passed.push(key);
      const next = step(system, key);
      if (next === undefined) return false;
      system = next;
    }
    return false;
  }
}

function step(system: System, key: string): System | undefined {
  const moves = movesOf(system);
  for (const name of closing)
    for (const move of moves.filter((one) => one.name === name)) {
      const next = after(system, move);
      next?.settle(() => 0);
      // Time that passes may change nothing but the hour: a later clock runs out in the next step.
      if (next !== undefined && (name === 'time passes' || fingerprint(next) !== key)) return next;
    }
  return undefined;
}
