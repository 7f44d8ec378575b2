/** npm run garda -- COMMAND: the operator's command line, against the instance that runs in this checkout. */
import { command } from './bootstrap/command.mjs';
import { runHere } from './bootstrap/prepare.mjs';

await command({ projects: ['operator'] }, () => runHere(['tools/operator/dist/main.js', ...process.argv.slice(2)]));
