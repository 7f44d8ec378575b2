/** npm run bench -- SUITE [--json] [--quick] [--profile]: how fast the system is, beside its peers (tools/bench/README.md). */
import { join } from 'node:path';
import { command } from './bootstrap/command.mjs';
import { checkout, install } from './bootstrap/prepare.mjs';

await command({ java: true }, async () => {
  install(join(checkout, 'tools', 'bench'));
  const { bench } = await import('./bench/main.mjs');
  return bench(process.argv.slice(2));
});
