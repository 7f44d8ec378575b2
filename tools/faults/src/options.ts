import { parseArgs } from 'node:util';
import { faults } from './faults/all';

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
  --only NAME  only these faults
  --json       one line for a program at the end
  --resume     goes on where an earlier run with the same seed was stopped
  --mutations  breaks the code on purpose, one way at a time, and shows which fault catches it
  --keep       leaves the data and logs of each world where they are
Faults: ${faults.map(({ name }) => name).join(', ')}`;

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
  const unknown = only.filter((name) => !faults.some((fault) => fault.name === name));
  if (unknown.length > 0) throw new Error(`There is no fault ${unknown.join(', ')}.\n${usage}`);
  const { quick, json, resume, mutations, keep } = values;
  return { quick, seed, only, json, resume, mutations, keep };
}
