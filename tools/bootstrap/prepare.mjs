/**
 * What every command does before it can use anything that has to be installed: plain Node, no dependencies.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasPython, useJavaByPython } from './java-by-python.mjs';
import { once } from './once.mjs';
import { findTools, nodeProblem } from './requirements.mjs';

export const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Nx must neither ask, nor phone home, nor stay behind as a daemon. */
const quietNx = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false', CI: 'true' };

/** Ends the command with one sentence; used for everything the user can put right. */
export function giveUp(sentence) {
  console.error(sentence);
  process.exit(1);
}

/**
 * Checks the tools of the machine and installs the packages of the lock file when that file has changed.
 * `java` says whether the command starts Kafka. Where Java or Maven is missing and Python is there, it comes that way.
 */
export function prepare({ java = false } = {}) {
  process.chdir(checkout);
  const node = nodeProblem();
  if (node !== undefined) {
    giveUp(node);
  }
  const missing = java ? findTools({ maven: !hasKafkaJars() }) : [];
  if (missing.length > 0) {
    const problem = hasPython() ? useJavaByPython(checkout) : 'Nor is there a Python 3.9 with venv to get it by.';
    if (problem !== undefined) {
      giveUp([...missing, problem].join('\n'));
    }
  }
  install(checkout);
}

/** Builds the named projects (all without a name); Nx answers from its cache what has not changed. */
export function build(projects = []) {
  console.error('Building ...');
  const which = projects.length === 0 ? [] : [`--projects=${projects.join(',')}`];
  const args = [programOf('nx'), 'run-many', '-t', 'build', ...which];
  const built = spawnSync(process.execPath, [...args, '--output-style=static'], {
    cwd: checkout,
    env: { ...process.env, ...quietNx },
    encoding: 'utf8',
  });
  if (built.status !== 0) {
    giveUp(`${built.stdout ?? ''}${built.stderr ?? ''}\nThe build failed: put right what stands above and try again.`);
  }
}

/** Lint reads tags and dependencies from Nx's stored graph and never renews it: a changed tag would go unseen. */
export function refreshProjectGraph() {
  const env = { ...process.env, ...quietNx };
  const done = spawnSync(process.execPath, [programOf('nx'), 'show', 'projects'], {
    cwd: checkout,
    env,
    encoding: 'utf8',
  });
  if (done.status !== 0) {
    giveUp(`${done.stdout ?? ''}${done.stderr ?? ''}\nNx cannot read the projects: see above.`);
  }
}

/** The script behind a command of an installed package: run by this same Node, without npx in between. */
export function programOf(packageName, command = packageName) {
  const home = join(checkout, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  return join(home, typeof bin === 'string' ? bin : bin[command]);
}

/** Runs a program of this checkout with our terminal; answers its exit code. */
export function runHere(args, env = {}) {
  const done = spawnSync(process.execPath, args, { cwd: checkout, env: { ...process.env, ...env }, stdio: 'inherit' });
  return done.status ?? 1;
}

function hasKafkaJars() {
  return existsSync(join(checkout, '.garda', 'kafka', 'lib', '.stamp'));
}

/** Installs the packages of a folder's lock file when that file has changed since the last time. */
export function install(folder) {
  const stamp = join(folder, 'node_modules', '.garda-lock-hash');
  once({ source: join(folder, 'package-lock.json'), stamp }, () => {
    // Standard error, because the last line of standard output may be a summary for machines.
    console.error('Installing packages (npm ci) ...');
    const npm = process.env.npm_execpath;
    const [program, args] = npm?.endsWith('.js') === true ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']];
    const done = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
    if (done.status !== 0) {
      giveUp(`${done.stdout ?? ''}${done.stderr ?? done.error?.message ?? ''}\nnpm ci failed: see above.`);
    }
  });
}
