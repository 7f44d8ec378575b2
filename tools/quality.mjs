/**
 * npm run quality                     how good the specs of the rules are: coverage, then mutants (docs/quality.md)
 * npm run quality -- coverage         lines and branches of libs/domain that its specs reach
 * npm run quality -- mutants [FILE …] what of the rules can be broken without a spec that turns red
 *
 * Coverage takes two minutes. All mutants take most of an hour on two cores; what did not change since is not run again.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, checkout, giveUp, install, prepare } from './bootstrap/prepare.mjs';

const [what, ...files] = process.argv.slice(2);
const parts = { coverage, mutants };
if (what !== undefined && parts[what] === undefined) giveUp(`There is coverage and mutants, no ${what}.`);
prepare({});
build(['contracts', 'domain']);
for (const part of what === undefined ? [coverage, mutants] : [parts[what]]) part();

/** Fails below 95 % of lines or branches. */
function coverage() {
  const options = [
    ...['-c', 'libs/domain/jest.config.cjs', '--coverage', '--coverageDirectory', '.garda/coverage'],
    ...['--collectCoverageFrom', 'src/**/*.ts', '--collectCoverageFrom', '!src/**/*.spec.ts'],
    ...['--coverageReporters', 'text', '--coverageThreshold', '{"global":{"lines":95,"branches":95}}'],
  ];
  node('node_modules/jest/bin/jest.js', options);
}

/** Fails when fewer than 80 % of the mutants are killed. */
function mutants() {
  install(join(checkout, 'tools', 'quality'));
  const only = files.length === 0 ? [] : ['--mutate', files.join(',')];
  node('tools/quality/node_modules/@stryker-mutator/core/bin/stryker.js', [
    ...['run', 'tools/quality/stryker.config.mjs', ...only],
  ]);
}

function node(script, options) {
  const { status } = spawnSync(process.execPath, [script, ...options], { cwd: checkout, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
