import { backup } from '../backup/backup';
import { restore } from '../backup/restore';
import { usualFolder } from '../folders';

const say = (line: string): void => console.log(line);

/** `npm run garda -- backup FOLDER`, of the instance that runs here. Answers the exit code. */
export async function backupHere([folder]: readonly string[], instance = usualFolder): Promise<number> {
  if (folder === undefined) return usage('backup');
  const { logs, takenAt, files } = await backup(instance, folder, say);
  for (const { database, log, position } of logs) say(`${database}, ${log}: at least ${position} facts`);
  say(`Backup of ${takenAt}: ${Object.keys(files).length} files. It holds the secrets and the vault: keep it closed.`);
  return 0;
}

/** `npm run garda -- restore FOLDER`, into the instance of this checkout, which must not run. Answers the exit code. */
export async function restoreHere([folder]: readonly string[], instance = usualFolder): Promise<number> {
  if (folder === undefined) return usage('restore');
  const { manifest, replaced } = await restore(instance, folder, say);
  if (replaced !== undefined) say(`What was here before is in ${replaced}.`);
  say(
    `The databases are as of ${manifest.takenAt}. Now \`npm start\`. A service whose topic is ahead of its log says so`,
  );
  say(
    'and takes no command: `npm run garda -- log adopt` brings the facts back. Behind it: `npm run garda -- topic renew`.',
  );
  return 0;
}

function usage(command: string): number {
  console.error(`Which folder? npm run garda -- ${command} FOLDER`);
  return 1;
}
