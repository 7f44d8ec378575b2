/**
 * npm run check: everything that can be said about the project without running it. One summary; every failure says what
 * to do. `npm run check -- lint types` runs only these.
 */
import { spawnSync } from 'node:child_process';
import { checkout, prepare, programOf, refreshProjectGraph } from './bootstrap/prepare.mjs';

const steps = [
  {
    name: 'types',
    run: () => [programOf('typescript', 'tsc'), '-b'],
    todo: 'Put the types right. If a project is not found, add it to tsconfig.json.',
  },
  {
    name: 'format',
    run: () => [programOf('prettier'), '--check', '--log-level', 'warn', '.'],
    todo: 'Run `npx prettier --write .` and commit.',
  },
  {
    name: 'lint',
    run: () => [programOf('eslint'), '.', '--max-warnings', '0'],
    todo: 'Put right what stands above; `npx eslint . --fix` does the simple ones.',
  },
  {
    name: 'types of specs',
    run: () => [programOf('typescript', 'tsc'), '-p', 'tsconfig.spec.json'],
    todo: 'Put the types of the specs right.',
  },
  {
    name: 'unused',
    run: () => [programOf('knip'), '--no-progress'],
    todo: 'Remove the file, export or dependency, or use it. Something used from outside goes to knip.json.',
  },
  {
    name: 'generated',
    run: () => ['tools/generate.mjs', '--check'],
    todo: 'Run `npm run generate` and commit what it changes.',
  },
  { name: 'boundaries', run: () => ['tools/checks/boundaries.mjs'], todo: 'Make lint see the planted breaches again.' },
  {
    name: 'codes',
    run: () => ['tools/checks/codes.mjs'],
    todo: 'Write the spec that is missing, or take the code out.',
  },
  {
    name: 'rows',
    run: () => ['tools/checks/rows.mjs'],
    todo: 'Write the spec of the command that is missing.',
  },
  { name: 'readme', run: () => ['tools/checks/readme.mjs'], todo: 'Put README.md or the table of the check right.' },
  {
    name: 'metrics',
    run: () => ['tools/checks/metrics.mjs'],
    todo: 'Put docs/metrics.md, the rules or the name of the metric right.',
  },
  { name: 'links', run: () => ['tools/checks/links.mjs'], todo: 'Put the link or the words behind it right.' },
  { name: 'lock', run: () => ['tools/checks/lock.mjs'], todo: 'Write the lock file with the settings of .npmrc.' },
];

prepare();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no check "${unknown.join('", "')}". There are: ${steps.map((step) => step.name).join(', ')}.`,
  );
  process.exit(2);
}
refreshProjectGraph();
const results = steps.filter((step) => wanted.length === 0 || wanted.includes(step.name)).map(check);
for (const { name, ok, seconds, todo } of results) {
  console.log(
    `${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(15)} ${seconds.toFixed(1).padStart(5)} s${ok ? '' : `   ${todo}`}`,
  );
}
process.exitCode = results.every((result) => result.ok) ? 0 : 1;

/** Says what a step said only when it failed. */
function check({ name, run, todo }) {
  const began = Date.now();
  const done = spawnSync(process.execPath, run(), { cwd: checkout, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const ok = done.status === 0;
  if (!ok) {
    console.log(`--- ${name} ---\n${done.stdout}${done.stderr}${done.error?.message ?? ''}`);
  }
  return { name, ok, todo, seconds: (Date.now() - began) / 1000 };
}
