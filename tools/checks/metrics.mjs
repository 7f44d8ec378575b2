/**
 * docs/metrics.md lists exactly the metrics that the code has, and their names follow Prometheus' conventions. What a
 * rule or a dashboard asks for must be among them: an alarm on a name that nobody writes never rings.
 */
import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkout } from '../bootstrap/prepare.mjs';

const read = (path) => readFileSync(join(checkout, path), 'utf8');
const filesOf = (...patterns) =>
  spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns], {
    cwd: checkout,
    encoding: 'utf8',
  })
    .stdout.split('\n')
    .filter((path) => path !== '' && !/\.spec\.ts$|\/test\/|\/dist\//.test(path));

/** Names in quotes behind the calls that make a metric. */
const inCode = new Set(
  filesOf('apps/*.ts', 'libs/*.ts').flatMap((path) =>
    [...read(path).matchAll(/(?:\.(?:counter|gauge|total)\(\s*|\bname:\s*)'((?:garda|http)_[a-z_]+)'/g)].map(
      ([, name]) => name,
    ),
  ),
);
const rows = [...read('docs/metrics.md').matchAll(/^\| `((?:garda|http)_[a-z_]+)`\s*\| (\w+)/gm)];
const documented = new Map(rows.map(([, name, kind]) => [name, kind]));
const asked = filesOf('docker/*.yaml', 'docker/*.json').flatMap((path) =>
  [...read(path).matchAll(/\b(?:garda|http)_[a-z_]+/g)]
    .map(([name]) => name.replace(/_(bucket|count|sum)$/, ''))
    .filter((name) => !inCode.has(name) && /_/.test(name.replace(/^(garda|http)_/, '')))
    .map((name) => `${path} asks for ${name}, which no process has`),
);
const problems = [
  ...[...inCode].filter((name) => !documented.has(name)).map((name) => `docs/metrics.md does not list ${name}`),
  ...[...documented.keys()]
    .filter((name) => !inCode.has(name))
    .map((name) => `docs/metrics.md lists ${name}, which is gone`),
  ...[...documented]
    .filter(([name, kind]) => name.endsWith('_total') !== (kind === 'counter'))
    .map(([name, kind]) => `${name} is a ${kind}: a counter, and nothing else, ends in _total`),
  ...[...inCode]
    .filter((name) => /_(ms|millis|minutes|hours|kb|mb)(_|$)/.test(name))
    .map((name) => `${name}: base units only`),
  ...new Set(asked),
];
if (inCode.size === 0) problems.push('no metric was found in the code: the search of this check is wrong');
if (problems.length > 0) {
  console.error(problems.join('\n'));
}
process.exitCode = problems.length === 0 ? 0 : 1;
