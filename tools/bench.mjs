/** npm run bench -- append [--json]: how fast the log is, beside its peers. The peers have a lock file of their own. */
import { join } from 'node:path';
import { command } from './bootstrap/command.mjs';
import { checkout, install, runHere } from './bootstrap/prepare.mjs';

await command({ projects: ['servers', 'event-store'] }, () => {
  install(join(checkout, 'tools', 'bench'));
  return runHere(['tools/bench/main.mjs', ...process.argv.slice(2)]);
});
