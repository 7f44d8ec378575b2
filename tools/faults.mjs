/** npm run faults [-- --quick --seed N --only NAME ...]: the event core under faults, judged by an oracle of its own. */
import { command } from './bootstrap/command.mjs';

await command({ java: true }, async () => {
  const { faultsCommand } = await import('./faults/dist/main.js');
  return faultsCommand(process.argv.slice(2));
});
