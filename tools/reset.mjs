/** npm run reset [-- --yes]: forgets all data, secrets and logs of this checkout. */
import { command } from './bootstrap/command.mjs';

await command({ projects: ['servers'] }, ({ reset }) => reset(process.argv.slice(2)));
