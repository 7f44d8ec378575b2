/** The words behind `npm run bench --`. Pure: a wrong word is answered by a sentence, never by an exit. */
import { parseArgs } from 'node:util';

export class UsageError extends Error {}

const common = {
  json: { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false },
  profile: { type: 'boolean', default: false },
};

/**
 * `suites`: name → { title, plan: { full, quick } }. Every number (or list of numbers) of a suite's full plan is an
 * option of the command line: `--rounds=3`, `--callers=1,64`.
 */
export function readArgs(args, suites) {
  const [name, ...rest] = args;
  const suite = Object.hasOwn(suites, name ?? '') ? suites[name] : undefined;
  if (suite === undefined) throw new UsageError(usage(suites));
  const sizes = Object.fromEntries(Object.keys(suite.plan.full).map((key) => [key, { type: 'string' }]));
  const { json, quick, profile, ...given } = parsed(rest, { ...common, ...sizes });
  const base = { ...suite.plan.full, ...(quick ? suite.plan.quick : {}) };
  return { name, json, quick, profile, plan: { ...base, ...chosen(given, base) } };
}

function parsed(args, options) {
  try {
    return parseArgs({ args, options, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error.message);
  }
}

function chosen(given, base) {
  return Object.fromEntries(
    Object.entries(given).map(([key, text]) => {
      const numbers = text.split(',').map(Number);
      const isList = Array.isArray(base[key]);
      if (!numbers.every((n) => Number.isFinite(n) && n > 0) || (!isList && numbers.length > 1))
        throw new UsageError(`--${key} takes ${isList ? 'numbers above 0, with commas between' : 'a number above 0'}`);
      return [key, isList ? numbers : numbers[0]];
    }),
  );
}

export function usage(suites) {
  const lines = Object.entries(suites).map(([name, { title, plan }]) => {
    const sizes = Object.entries(plan.full).map(([key, value]) => `--${key}=${value}`);
    return `  ${name.padEnd(9)}${title}\n           ${sizes.join(' ')}`;
  });
  return [
    'Usage: npm run bench -- SUITE [--json] [--quick] [--profile] [sizes]',
    ...lines,
    '  --quick    one short round, to see that it works; its figures mean nothing',
    '  --json     the last line of the output is the answer as JSON',
    '  --profile  also prints where the measured process spends its time',
  ].join('\n');
}
