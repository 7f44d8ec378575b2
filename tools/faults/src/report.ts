import Table from 'cli-table3';
import type { Violation } from './oracle/snapshot';

export interface Run {
  readonly fault: string;
  readonly run: number;
  readonly seed: number;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** What proved that the fault struck, or why it was skipped. */
  readonly proof: string;
  readonly inFlight: number;
  readonly commands: number;
  readonly events: number;
  readonly seconds: number;
  readonly violations: readonly Violation[];
}

/** Fault × runs × events × violations. */
export function tableOf(runs: readonly Run[]): string {
  const table = new Table({
    head: ['fault', 'runs', 'commands', 'events', 'in flight', 'violations', 'struck'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const [fault, of] of byFault(runs)) {
    const sum = (pick: (run: Run) => number): number => of.reduce((total, run) => total + pick(run), 0);
    const done = of.filter(({ outcome }) => outcome !== 'skipped');
    const least = done.length === 0 ? '' : Math.min(...done.map(({ inFlight }) => inFlight));
    const found = done.length === 0 ? 'skipped' : sum(({ violations }) => violations.length);
    const proof = of[0]?.proof ?? '';
    table.push([fault, done.length, sum((r) => r.commands), sum((r) => r.events), least, found, proof.slice(0, 70)]);
  }
  return table.toString();
}

export function summaryOf(seed: number, runs: readonly Run[]): object {
  const faults = [...byFault(runs)].map(([fault, of]) => ({
    fault,
    runs: of.filter(({ outcome }) => outcome !== 'skipped').length,
    skipped: of.filter(({ outcome }) => outcome === 'skipped').length,
    commands: of.reduce((sum, run) => sum + run.commands, 0),
    events: of.reduce((sum, run) => sum + run.events, 0),
    violations: of.flatMap(({ run, violations }) => violations.map((one) => ({ run, ...one }))),
  }));
  return { seed, violations: faults.reduce((sum, one) => sum + one.violations.length, 0), faults };
}

function byFault(runs: readonly Run[]): Map<string, Run[]> {
  const found = new Map<string, Run[]>();
  for (const run of runs) found.set(run.fault, [...(found.get(run.fault) ?? []), run]);
  return found;
}
