/** npm run garda -- COMMAND: the operator's command line, against the instance that runs in this checkout. */
import { command } from './bootstrap/command.mjs';
import { runHere } from './bootstrap/prepare.mjs';

const [first, ...rest] = process.argv.slice(2);

// These work on files of the servers, or as their administrator, and not over HTTP alone.
if (first === 'backup') await command({ projects: ['servers'] }, ({ backupHere }) => backupHere(rest));
else if (first === 'restore') await command({ projects: ['servers'] }, ({ restoreHere }) => restoreHere(rest));
else if (first === 'topic' && rest[0] === 'partitions')
  await command({ projects: ['servers', 'operator'] }, ({ repartitionHere }) => repartitionHere(rest.slice(1)));
else
  await command({ projects: ['operator'] }, () => runHere(['tools/operator/dist/main.js', ...process.argv.slice(2)]));
