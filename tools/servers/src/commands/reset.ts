import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { usualFolder } from '../folders';
import { outsideFolderName } from '../postgres-place';
import { clearLeftOver } from '../run-file';
import { isThrowaway, removeLeftOvers } from '../throwaway';

const say = (line: string): void => console.log(line);

/**
 * `npm run reset` after its set-up: forgets all data, secrets and logs of the instance in this folder. Kafka's jars stay,
 * and so do other instances below it (a test run, a demo). Answers the exit code.
 */
export async function reset(args: readonly string[], folder = usualFolder, confirm = confirmed): Promise<number> {
  await clearLeftOver(join(folder, 'run.json'), say);
  await removeLeftOvers(say, folder);
  const doomed = dataIn(folder);
  if (doomed.length === 0) {
    say('There is nothing to forget.');
    return 0;
  }
  if (!args.includes('--yes') && !(await confirm())) {
    say('Nothing was changed.');
    return 1;
  }
  [...doomed, outsideFolderName(folder)].forEach(remove);
  say('Everything is forgotten: data, secrets and logs. `npm start` begins anew.');
  return 0;
}

/** Everything in the folder but what was only fetched (Kafka's jars, Java by Python) and instances of their own. */
function dataIn(folder: string): string[] {
  const kafka = join(folder, 'kafka');
  return [...pathsIn(folder), ...pathsIn(kafka)].filter(
    (path) =>
      ![kafka, join(kafka, 'lib'), join(folder, 'python')].includes(path) &&
      !isThrowaway(path) &&
      !existsSync(join(path, 'run.json')),
  );
}

function pathsIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.log('This forgets every case, all secrets and all logs. Say so by `npm run reset -- --yes`.');
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question('This forgets every case, all secrets and all logs. Type "yes" to go on: ');
  terminal.close();
  return answer.trim().toLowerCase() === 'yes';
}
