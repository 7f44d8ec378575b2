/** npm run compose: writes docker/.env with fresh secrets for docker/compose.yaml. Needs no Docker. */
import { command } from './bootstrap/command.mjs';

await command({ projects: ['servers'] }, ({ compose }) => compose(console.log));
