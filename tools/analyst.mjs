/** npm run analyst -- replay ...: the analyst's view, from the topics alone. */
import { command } from './bootstrap/command.mjs';

await command({ projects: ['servers', 'analyst'] }, ({ analyst }) => analyst(process.argv.slice(2), process.env));
