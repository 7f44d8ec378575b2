import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { plainEnvironment } from '@garda/servers';
import { copyCheckout, removeCopy } from '../world/copy';
import { mutations, type Mutation } from './mutations';

export interface Mutated {
  readonly mutation: string;
  readonly fault: string;
  /** The seed at which it was caught; nothing: it survived. */
  readonly seed: number | undefined;
  readonly rules: readonly string[];
}

interface Summary {
  readonly faults: readonly { readonly skipped: number; readonly violations: readonly { readonly rule: string }[] }[];
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
  for (const mutation of mutations.filter(
    ({ name, caughtBy }) => only.length === 0 || only.includes(name) || only.includes(caughtBy),
  )) {
    const one = await runOne(mutation, seed, say);
    say(`${mutation.name}: ${one.seed === undefined ? 'SURVIVED' : `caught by ${one.fault}: ${one.rules.join(', ')}`}`);
    done.push(one);
  }
  return done;
}

/** What the unbroken copy fails at, by fault and seed: asked once. */
const known = new Map<string, Promise<string[]>>();

async function runOne(mutation: Mutation, first: number, say: (line: string) => void): Promise<Mutated> {
  const { name, caughtBy: fault } = mutation;
  for (let seed = first; seed < first + seeds; seed++) {
    const broken = await rulesBroken(fault, seed, say, mutation);
    if (broken.length === 0) continue;
    const unbroken = await (known.get(`${fault} ${seed}`) ?? rulesBroken(fault, seed, say));
    known.set(`${fault} ${seed}`, Promise.resolve(unbroken));
    if (unbroken.length > 0) say(`${fault} also fails without the break: ${unbroken.join(', ')}`);
    const rules = broken.filter((rule) => !unbroken.includes(rule));
    if (rules.length > 0) return { mutation: name, fault, seed, rules };
  }
  return { mutation: name, fault, seed: undefined, rules: [] };
}

/** Runs one fault in a copy of the checkout, broken or not, and answers which rules did not hold. */
async function rulesBroken(
  fault: string,
  seed: number,
  say: (line: string) => void,
  mutation?: Mutation,
): Promise<string[]> {
  const copy = copyCheckout();
  try {
    for (const edit of mutation?.edits ?? []) apply(copy, ...edit);
    say(`${mutation?.name ?? 'unbroken'}: ${fault}, seed ${seed} ...`);
    const summary = await runHarness(copy, fault, seed);
    const rules = summary.faults.flatMap(({ violations }) => violations.map(({ rule }) => rule));
    return [...new Set(rules)].filter((rule) => !noVerdict.has(rule));
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

function runHarness(copy: string, fault: string, seed: number): Promise<Summary> {
  const main = JSON.stringify(join(copy, 'tools', 'faults', 'dist', 'main.js'));
  const args = JSON.stringify(['--quick', '--json', '--only', fault, '--seed', String(seed)]);
  const child = spawn(process.execPath, ['-e', `require(${main}).faultsCommand(${args})`], {
    cwd: copy,
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const passOn = (): void => void child.kill('SIGTERM');
  process.once('SIGTERM', passOn);
  child.once('close', () => process.off('SIGTERM', passOn));
  return new Promise((resolve, reject) => {
    let said = '';
    let complained = '';
    child.stdout.on('data', (chunk: Buffer) => void (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => void (complained += chunk.toString()));
    child.once('error', reject);
    child.once('close', () => {
      const line = said.trim().split('\n').at(-1) ?? '';
      if (line.startsWith('{')) resolve(JSON.parse(line) as Summary);
      else reject(new Error(`the harness said nothing:\n${complained.slice(-2000)}`));
    });
  });
}

export function mutationTable(done: readonly Mutated[]): string {
  const table = new Table({
    head: ['break', 'fault', 'seed', 'seen by'],
    style: { head: [], border: [], compact: true },
  });
  for (const { mutation, fault, seed, rules } of done)
    table.push([mutation, fault, seed ?? 'SURVIVED', rules.slice(0, 3).join('; ')]);
  return table.toString();
}
