import { parseArgs } from 'node:util';
import { faults } from './faults/all';
import { mutations } from './mutations/mutations';

export interface Options {
  readonly quick: boolean;
  readonly seed: number;
  readonly only: readonly string[];
  readonly json: boolean;
  readonly resume: boolean;
  readonly mutations: boolean;
  readonly keep: boolean;
}

export const usage = `Usage: npm run faults -- [--quick] [--seed N] [--only NAME[,NAME]] [--json] [--resume] [--mutations] [--keep]
  --quick      each fault once, with short outages; else cheap faults 20 times and outages 5 times
  --seed N     repeats the load of an earlier run
  --only NAME  only these faults; with --mutations: only these mutations
  --json       one line for a program at the end
  --resume     goes on where an earlier run with the same seed was stopped
  --mutations  breaks the code on purpose, one way at a time, and shows which fault catches it
  --keep       leaves the data and logs of each world where they are
Faults: ${faults.map(({ name }) => name).join(', ')}
Mutations: ${mutations.map(({ name }) => name).join(', ')}`;

/** Throws with words for the user where something is not understood. */
export function optionsOf(args: readonly string[]): Options {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: flag,
      json: flag,
      resume: flag,
      mutations: flag,
      keep: flag,
      seed: { type: 'string' },
      only: { type: 'string' },
    },
  });
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`--seed must be a whole number, not "${values.seed}".`);
  const only = values.only?.split(',') ?? [];
  const [what, known] = values.mutations ? (['mutation', mutations] as const) : (['fault', faults] as const);
  const names = known.map(({ name }) => name);
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`There is no ${what} ${unknown.join(', ')}.\n${usage}`);
  const { quick, json, resume, keep } = values;
  return { quick, seed, only, json, resume, mutations: values.mutations, keep };
}
