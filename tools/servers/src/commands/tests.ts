import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { checkout } from '../folders';
import { freePorts } from '../ports';
import { startServers } from '../servers';
import type { Servers } from '../servers';
import { removeInstance, removeLeftOvers, throwawayFolder } from '../throwaway';

const say = (line: string): void => console.error(line);

/** `npm test` after its set-up; answers the exit code. With `--servers` only the servers, until Ctrl-C. */
export async function runTests(args: readonly string[]): Promise<number> {
  await removeLeftOvers(say);
  const folder = throwawayFolder('test');
  const servers = await startServers({ folder, ports: await freePorts(), say });
  try {
    const environment = environmentOf(servers);
    if (args.includes('--servers')) {
      Object.entries(environment).forEach(([name, value]) => console.log(`export ${name}='${value}'`));
      await servers.runFile.interrupted;
      return 0;
    }
    return await runJest(args, environment, join(folder, 'jest.json'), servers.runFile.interrupted);
  } finally {
    await servers.stop();
    removeInstance(folder);
  }
}

function environmentOf({ adminUrl, brokers, secrets }: Servers): Readonly<Record<string, string>> {
  return {
    GARDA_TEST_PG: adminUrl,
    GARDA_TEST_KAFKA: brokers,
    GARDA_TEST_KAFKA_USER: 'admin',
    GARDA_TEST_KAFKA_PASSWORD: secrets.kafka.admin,
    GARDA_TEST_KAFKA_SECRETS: JSON.stringify(secrets.kafka),
  };
}

/** One run over all projects, two workers, results in a file that did not exist before. */
async function runJest(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  results: string,
  interrupted: Promise<void>,
): Promise<number> {
  const jest = join(checkout, 'node_modules', 'jest', 'bin', 'jest.js');
  const words = ['-c', 'jest.config.cjs', '--maxWorkers=2', '--json', `--outputFile=${results}`, ...args];
  const child = spawn(process.execPath, [jest, ...words], {
    cwd: checkout,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
  const done = new AbortController();
  const code = await Promise.race([ended, hangs(results, done.signal), interrupted.then(() => 130)]);
  done.abort();
  if (child.exitCode === null) {
    child.kill('SIGKILL');
  }
  return report(results, code);
}

/** Jest that has written its results and does not end: some spec left a connection or a timer open. */
async function hangs(results: string, signal: AbortSignal): Promise<number> {
  while (!signal.aborted) {
    await pause(500);
    if (existsSync(results)) {
      await pause(20_000, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) {
        say('Jest does not end: a spec has left something open (a connection, a timer, a server).');
      }
      return 1;
    }
  }
  return 1;
}

interface JestResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  /** Spec files that could not even be loaded; each counts as a failure. */
  readonly numRuntimeErrorTestSuites: number;
}

/** The last line counts tests that ran now; the exit code is 0 only if some ran, none failed and jest was content. */
function report(results: string, code: number): number {
  if (!existsSync(results)) {
    say('Jest ended without results: see above.');
    console.log('0 passed, 1 failed');
    return code === 0 ? 1 : code;
  }
  const found = JSON.parse(readFileSync(results, 'utf8')) as JestResults;
  const seen = found.numFailedTests + found.numRuntimeErrorTestSuites;
  // Whatever else jest is not content with (it hangs, it was interrupted) is a failure too.
  const failed = seen === 0 && code !== 0 ? 1 : seen;
  if (found.numPendingTests > 0) {
    console.log(`${found.numPendingTests} skipped`);
  }
  if (found.numPassedTests + failed === 0) {
    say('No spec ran: does the path exist?');
  }
  console.log(`${found.numPassedTests} passed, ${failed} failed`);
  return failed === 0 && found.numPassedTests > 0 ? 0 : code || 1;
}
