/** npm run demo [-- --json]: the demo in a fresh instance of its own; exit 0 only if every case went as expected. */
import { command } from './bootstrap/command.mjs';

await command({ java: true }, ({ demo }) => demo(process.argv.slice(2)));
