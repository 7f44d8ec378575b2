/**
 * npm run generate              writes every generated file anew
 * npm run generate -- --check   changes nothing; fails when a file is not what it would be now
 * npm run generate -- --states  also docs/domain/states.md, by the search over all moves: a minute or two
 *
 * To add a generator: a file in tools/generators that exports name, projects, folder and files(), and a line below.
 * A generator owns its folder: a file it no longer makes is removed, unless it `keeps` it for somebody else.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build, checkout, prepare, programOf, runHere } from './bootstrap/prepare.mjs';
import * as asyncApi from './generators/asyncapi.mjs';
import * as dashboard from './generators/dashboard.mjs';
import * as domain from './generators/domain.mjs';
import * as jsonSchemas from './generators/json-schemas.mjs';
import * as openApi from './generators/openapi.mjs';

const generators = [jsonSchemas, openApi, asyncApi, dashboard, domain];
const onlyCheck = process.argv.includes('--check');

prepare();
build(generators.flatMap((generator) => generator.projects));
const stale = [];
for (const generator of generators) {
  stale.push(...(await bringUpToDate(generator)));
}
if (onlyCheck && stale.length > 0) {
  console.error(`Not up to date:\n  ${stale.join('\n  ')}\nRun \`npm run generate\` and commit what it changes.`);
}
if (process.argv.includes('--states')) {
  runHere([programOf('jest'), '-c', 'libs/domain/jest.config.cjs', 'search', '-t', 'states.md'], {
    GARDA_WRITE_STATES: '1',
  });
}
// Generators import whole services; what those keep open must not keep us.
process.exit(onlyCheck && stale.length > 0 ? 1 : 0);

/** Answers the paths that were not what they should be. */
async function bringUpToDate({ name, folder, files, keeps = [] }) {
  const home = join(checkout, folder);
  const wanted = await files();
  const surplus = filesBelow(home).filter((path) => !wanted.has(path) && !keeps.includes(path));
  const changed = [...wanted].filter(([path, content]) => contentOf(join(home, path)) !== content);
  if (!onlyCheck) {
    surplus.forEach((path) => rmSync(join(home, path)));
    changed.forEach(([path, content]) => write(join(home, path), content));
    console.log(`${name}: ${wanted.size} files, ${changed.length} written, ${surplus.length} removed (${folder})`);
  }
  return [...surplus, ...changed.map(([path]) => path)].map((path) => join(folder, path));
}

function filesBelow(home) {
  if (!existsSync(home)) {
    return [];
  }
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(home, join(entry.parentPath, entry.name)));
}

function contentOf(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function write(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
