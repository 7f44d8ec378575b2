import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { demoStart, startInstance } from '../instance';
import type { InstanceOptions } from '../instance';
import { freePorts } from '../ports';
import { removeInstance, removeLeftOvers, throwawayFolder } from '../throwaway';
import type { Purpose } from '../throwaway';
import { publishCatalogue, runOperator } from './operator';

// Standard output belongs to the operator: with --json its last line is the summary.
const say = (line: string): void => console.error(line);

/** `npm run demo` after its set-up; answers the exit code. */
export function demo(args: readonly string[]): Promise<number> {
  return inFreshInstance('demo', { clockStart: demoStart }, ['demo', ...args]);
}

/** `npm run import -- FILE --catalogue FOLDER [--json]` after its set-up; answers the exit code. */
export async function importFile(args: readonly string[], cwd: string): Promise<number> {
  const at = args.indexOf('--catalogue');
  const catalogue = at < 0 ? undefined : args[at + 1];
  const others = args.filter((_, index) => at < 0 || (index !== at && index !== at + 1));
  const given = others.find((word) => !word.startsWith('-'));
  if (given === undefined || catalogue === undefined) {
    console.error('Usage: npm run import -- FILE --catalogue catalogue/chicago [--json]');
    return 2;
  }
  const file = resolve(cwd, given);
  if (!existsSync(file)) {
    console.error(`There is no file ${file}.`);
    return 2;
  }
  const options = others.filter((word) => word !== given);
  const clockStart = earliestTime(JSON.parse(readFileSync(file, 'utf8')));
  return inFreshInstance('import', { catalogue: resolve(cwd, catalogue), clockStart }, ['import', file, ...options]);
}

/** Starts an instance of its own, publishes its catalogue, runs one operator command there, and removes it. */
async function inFreshInstance(
  purpose: Purpose,
  options: Pick<InstanceOptions, 'catalogue' | 'clockStart'>,
  command: readonly string[],
): Promise<number> {
  await removeLeftOvers(say);
  const folder = throwawayFolder(purpose);
  const instance = await startInstance({ folder, ports: await freePorts(), say, ...options });
  let code = 1;
  try {
    await publishCatalogue(folder, instance.catalogue);
    code = (await runOperator(folder, command)).code;
  } finally {
    await instance.stop();
    if (code === 0) {
      removeInstance(folder);
    } else {
      say(`Logs and data of this run are kept in ${folder} until the next one.`);
    }
  }
  return code;
}

/** The earliest of all times in the file, under whatever field that ends in `datetime`. */
function earliestTime(content: unknown): string {
  const earliest = Math.min(...timesIn(content));
  if (!Number.isFinite(earliest)) {
    throw new Error('The file holds no times: is it a list of Open311 requests?');
  }
  return new Date(earliest).toISOString();
}

function timesIn(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, inner]) =>
    name.endsWith('datetime') && typeof inner === 'string'
      ? [Date.parse(inner)].filter(Number.isFinite)
      : timesIn(inner),
  );
}
