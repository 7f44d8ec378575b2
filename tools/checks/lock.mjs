/** The lock file must serve everybody: no address of a registry, and no version but an exact one in package.json. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../bootstrap/prepare.mjs';

const read = (name) => JSON.parse(readFileSync(join(checkout, name), 'utf8'));
const lock = read('package-lock.json');
const manifest = read('package.json');
const addressed = Object.entries(lock.packages).filter(
  ([, entry]) => typeof entry.resolved === 'string' && entry.link !== true,
);
const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
  ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
);
const problems = [
  ...addressed.slice(0, 5).map(([path]) => `package-lock.json: ${path} names an address`),
  ...loose.map(([name, version]) => `package.json: ${name} is "${version}"; write an exact version`),
];
if (problems.length > 0) {
  console.error(
    `${problems.join('\n')}\nInstall with the project's .npmrc (omit-lockfile-registry-resolved, save-exact).`,
  );
}
process.exitCode = problems.length === 0 ? 0 : 1;
