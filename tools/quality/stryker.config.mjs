import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

const packages = createRequire(import.meta.url);

const rules = 'libs/domain/src';
/** Searches over whole houses take minutes: they are no part of this. */
const searches = ['search.spec.ts', 'interleaving.spec.ts', 'reform.spec.ts'];
/** Laws that are tried with many examples: most mutants are killed before their turn comes. */
const laws = [
  ...['calendar.spec.ts', 'due-told.spec.ts', 'explained.spec.ts', 'reckoning.spec.ts', 'suppression.spec.ts'],
  'pairs.spec.ts',
];
const turn = (file) => laws.indexOf(basename(file));
const specs = readdirSync(rules, { recursive: true })
  .filter((file) => file.endsWith('.spec.ts') && !searches.includes(basename(file)))
  .sort((a, b) => turn(a) - turn(b))
  .map((file) => `${rules}/${file}`);

/** Mutation of the rules: `npm run quality -- mutants`. Started in the checkout's root. */
export default {
  packageManager: 'npm',
  plugins: ['mocha-runner.mjs', 'words-of-refusals.mjs'].map((file) => join(import.meta.dirname, file)),
  testRunner: 'pure-mocha',
  mochaOptions: {
    require: [packages.resolve('tsx/cjs'), join(import.meta.dirname, 'jest-words.cjs')],
    spec: specs,
  },
  coverageAnalysis: 'perTest',
  // What is made while a file is loaded (a word in a table) is not broken: for each of these everything would be loaded anew.
  ignoreStatic: true,
  ignorers: ['words-of-refusals'],
  mutate: ['libs/domain/src/**/*.ts', '!libs/domain/src/**/*.spec.ts', '!libs/domain/src/index.ts'],
  // What the rules do not need stays out of the sandbox.
  ignorePatterns: [
    'apps',
    'docs',
    'docker',
    '.garda',
    '.nx',
    'tools/faults',
    'tools/bench',
    'tools/servers',
    '**/dist',
  ],
  tempDirName: '.garda/mutants',
  incremental: true,
  incrementalFile: '.garda/mutants.json',
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { logTests: false, reportTests: false, reportMutants: true, allowColor: false },
  jsonReporter: { fileName: '.garda/mutation.json' },
  thresholds: { high: 90, low: 80, break: 80 },
  timeoutMS: 5_000,
  concurrency: 2,
};
