import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { plainEnvironment } from '@garda/servers';
import type { Violation } from '../oracle/snapshot';
import { copyCheckout, removeCopy } from '../world/copy';
import { mutations, type Mutation } from './mutations';

export interface Mutated {
  readonly mutation: string;
  readonly breaks: string;
  readonly fault: string;
  /** The seed at which it was caught; nothing: it survived. */
  readonly seed: number | undefined;
  /** What was violated, each rule with the first words about it. */
  readonly violations: readonly Violation[];
  /** What the unbroken copy violates at the same seed: must be nothing. */
  readonly unbroken: readonly string[];
}

interface Summary {
  readonly faults: readonly { readonly skipped: number; readonly violations: readonly Violation[] }[];
}

const seeds = 3;
/** What tells of the harness or the machine and not of the product: it catches nothing. */
const noVerdict = new Set(['the fault strikes', 'the run comes to its end']);

/** Breaks a copy in one way after the other. The unbroken copy must pass what the broken one is caught by. */
export async function runMutations(
  seed: number,
  only: readonly string[],
  say: (line: string) => void,
): Promise<Mutated[]> {
  const done: Mutated[] = [];
  for (const mutation of mutations.filter(({ name }) => only.length === 0 || only.includes(name))) {
    const one = await runOne(mutation, seed, say);
    const rules = one.violations.map(({ rule }) => rule).join(', ');
    say(`${mutation.name}: ${one.seed === undefined ? 'SURVIVED' : `caught by ${one.fault}: ${rules}`}`);
    done.push(one);
  }
  return done;
}

/** What the unbroken copy fails at, by fault and seed: asked once. */
const known = new Map<string, readonly Violation[]>();

async function runOne(mutation: Mutation, first: number, say: (line: string) => void): Promise<Mutated> {
  const { name, breaks, caughtBy: fault } = mutation;
  for (let seed = first; seed < first + seeds; seed++) {
    const found = await violationsOf(fault, seed, say, mutation);
    const violations = oncePerRule(found).filter(({ rule }) => !noVerdict.has(rule));
    if (violations.length === 0) continue;
    const place = `${fault} ${seed}`;
    const without = known.get(place) ?? (await violationsOf(fault, seed, say));
    known.set(place, without);
    const unbroken = oncePerRule(without).map(({ rule }) => rule);
    return { mutation: name, breaks, fault, seed, violations, unbroken };
  }
  return { mutation: name, breaks, fault, seed: undefined, violations: [], unbroken: [] };
}

function oncePerRule(violations: readonly Violation[]): Violation[] {
  return violations.filter(({ rule }, i) => violations.findIndex((one) => one.rule === rule) === i);
}

/** Runs one fault in a copy of the checkout, broken or not, and answers what did not hold. */
async function violationsOf(
  fault: string,
  seed: number,
  say: (line: string) => void,
  mutation?: Mutation,
): Promise<readonly Violation[]> {
  const copy = copyCheckout();
  try {
    for (const edit of mutation?.edits ?? []) apply(copy, ...edit);
    say(`${mutation?.name ?? 'unbroken'}: ${fault}, seed ${seed} ...`);
    const summary = await runHarness(copy, fault, seed, (line) => say(`  ${line}`));
    const skipped = summary.faults.some((one) => one.skipped > 0);
    if (skipped) throw new Error(`${fault} cannot be shown on this machine, so that it catches nothing`);
    return summary.faults.flatMap((one) => one.violations);
  } finally {
    removeCopy(copy);
  }
}

function apply(copy: string, file: string, from: string, to: string): void {
  const path = join(copy, file);
  const parts = readFileSync(path, 'utf8').split(from);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times what a mutation replaces: ${from}`);
  writeFileSync(path, parts.join(to));
}

let underWay: (() => Promise<void>) | undefined;

/** For Ctrl-C: the harness of the copy ends what it started, and the copy goes. */
export async function stopMutations(): Promise<void> {
  await underWay?.();
}

/** A harness of the copy's own, since everything of it may be what is broken; what it says is passed on. */
function runHarness(copy: string, fault: string, seed: number, say: (line: string) => void): Promise<Summary> {
  const main = JSON.stringify(join(copy, 'tools', 'faults', 'dist', 'main.js'));
  const args = JSON.stringify(['--quick', '--json', '--only', fault, '--seed', String(seed)]);
  const child = spawn(process.execPath, ['-e', `require(${main}).faultsCommand(${args})`], {
    cwd: copy,
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  underWay = async () => {
    child.kill('SIGTERM');
    await ended;
    removeCopy(copy);
  };
  return new Promise((resolve, reject) => {
    let said = '';
    const rest: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => void (said += chunk.toString()));
    createInterface(child.stderr).on('line', (line) => {
      const [, progress] = /^\d\d:\d\d:\d\d {2}(.*)/.exec(line) ?? [];
      if (progress === undefined) rest.push(line);
      else say(progress);
    });
    child.once('error', reject);
    void ended.then(() => {
      underWay = undefined;
      const line = said.trim().split('\n').at(-1) ?? '';
      if (line.startsWith('{')) resolve(JSON.parse(line) as Summary);
      else reject(new Error(`the harness of the copy ended without a verdict:\n${rest.slice(-20).join('\n')}`));
    });
  });
}
