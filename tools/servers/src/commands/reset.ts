import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { usualFolder } from '../folders';
import { outsideFolderName } from '../postgres-place';
import { clearLeftOver } from '../run-file';
import { removeLeftOvers } from '../throwaway';

/** `npm run reset` after its set-up: forgets all data, secrets and logs. Kafka's jars stay. Answers the exit code. */
export async function reset(args: readonly string[]): Promise<number> {
  await clearLeftOver(join(usualFolder, 'run.json'), (line) => console.log(line));
  await removeLeftOvers((line) => console.log(line));
  const names = existsSync(usualFolder) ? readdirSync(usualFolder).filter((name) => !isThrowaway(name)) : [];
  if (!names.some((name) => name !== 'kafka') && !existsSync(join(usualFolder, 'kafka', 'data'))) {
    console.log('There is nothing to forget.');
    return 0;
  }
  if (!args.includes('--yes') && !(await confirmed())) {
    console.log('Nothing was changed.');
    return 1;
  }
  names.filter((name) => name !== 'kafka').forEach((name) => remove(join(usualFolder, name)));
  readdirSync(usualFolder)
    .filter((name) => name === 'kafka')
    .forEach(() => removeKafkaData());
  remove(outsideFolderName(usualFolder));
  console.log('Everything is forgotten: data, secrets and logs. `npm start` begins anew.');
  return 0;
}

/** A test run or demo beside us is using it. */
function isThrowaway(name: string): boolean {
  return /^(test|demo|import)-/.test(name);
}

/** The jars lie beside the data and are no data. */
function removeKafkaData(): void {
  const home = join(usualFolder, 'kafka');
  readdirSync(home)
    .filter((name) => name !== 'lib')
    .forEach((name) => remove(join(home, name)));
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
