/**
 * Every command that README.md shows must exist and be known here with how it is tried. A command that is shown and
 * tried by nobody rots first, and it is the first thing a stranger types.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../bootstrap/prepare.mjs';

/** npm script → where it is tried. */
const triedBy = {
  start: 'tools/servers/src/servers.spec.ts and system.spec.ts',
  test: '.ci/run',
  check: '.ci/run',
  demo: 'tools/servers/src/system.spec.ts',
  import: 'tools/servers/src/import.spec.ts',
  reset: 'tools/servers/src/servers.spec.ts',
  garda: 'tools/servers/src/system.spec.ts and the specs of tools/operator',
  analyst: 'the specs of apps/analyst',
  faults: 'by hand: it takes a while; its oracle by the specs of tools/faults',
  bench: 'by hand: its figures belong to a quiet machine',
  generate: 'npm run check (with --check)',
  compose: 'tools/servers/src/compose.spec.ts',
  quality: 'by hand: its figures stand in docs/quality.md',
  model: 'by hand, where SPIN is: it shows itself that it can fail',
};

/** What else a reader needs: taken for granted. */
const plain = [/^git clone /, /^cd /, /^#/, /^npm ci$/, /^node tools\/test\.mjs /, /^curl /];

const readme = join(checkout, 'README.md');
const problems = existsSync(readme) ? [...commandsIn(readFileSync(readme, 'utf8'))].flatMap(problemOf) : ['is missing'];
problems.push(...unknownScripts());
if (problems.length > 0) {
  console.error(`README.md:\n  ${problems.join('\n  ')}`);
  console.error('Put the README right, or account for the command in tools/checks/readme.mjs.');
}
process.exitCode = problems.length === 0 ? 0 : 1;

/** The lines of every fenced `sh` block, without prompts and comments behind the command. */
function commandsIn(text) {
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) => block.split('\n'));
  return blocks
    .map((line) =>
      line
        .replace(/^\$ /, '')
        .replace(/\s+#.*$/, '')
        .trim(),
    )
    .filter((line) => line !== '');
}

function problemOf(line) {
  if (plain.some((pattern) => pattern.test(line))) {
    return [];
  }
  const script = /^npm (?:run )?([a-z]+)/.exec(line)?.[1];
  if (script === undefined) {
    return [`\`${line}\` is no npm script and not known here`];
  }
  if (scripts()[script] === undefined) {
    return [`\`${line}\`: package.json has no script "${script}"`];
  }
  return triedBy[script] === undefined ? [`\`${line}\`: nothing says how "${script}" is tried`] : [];
}

/** The table itself must not go stale. */
function unknownScripts() {
  return Object.keys(triedBy)
    .filter((name) => scripts()[name] === undefined)
    .map((name) => `the table in tools/checks/readme.mjs names "${name}", which is no script any more`);
}

function scripts() {
  return JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')).scripts;
}
