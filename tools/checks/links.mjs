/**
 * Every relative link of the documents must lead to a file. Where a link is followed by ` · ` and words in backticks,
 * the file must hold these words: so that a page that explains lines of code does not outlive them.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { checkout } from '../bootstrap/prepare.mjs';

const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: checkout,
  encoding: 'utf8',
});
const documents = listed.stdout.split('\n').filter((path) => path !== '' && existsSync(join(checkout, path)));
const problems = documents.flatMap((path) => linksIn(path).flatMap((link) => problemOf(path, link)));
if (documents.length === 0) problems.push('no document was found: is this a git checkout?');
if (problems.length > 0) {
  console.error(problems.join('\n'));
}
process.exitCode = problems.length === 0 ? 0 : 1;

/** Links outside of fenced blocks, with the words that the file is said to hold. */
function linksIn(path) {
  const text = readFileSync(join(checkout, path), 'utf8').replace(/```[\s\S]*?```/g, '');
  return [...text.matchAll(/\[[^\]]*\]\(([^)\s#]+)(?:#[^)]*)?\)(?: · `([^`]+)`)?/g)]
    .map(([, to, words]) => ({ to, words }))
    .filter(({ to }) => !/^[a-z]+:/.test(to));
}

function problemOf(path, { to, words }) {
  const target = join(checkout, dirname(path), decodeURI(to));
  if (!existsSync(target)) {
    return [`${path}: ${to} is not there`];
  }
  if (words === undefined || (statSync(target).isFile() && readFileSync(target, 'utf8').includes(words))) {
    return [];
  }
  return [`${path}: ${to} does not hold \`${words}\``];
}
