/** npm start: builds, starts servers and services, shows the demo the first time, stays up until Ctrl-C. */
import { command } from './bootstrap/command.mjs';

await command({ java: true }, ({ start }) => start(process.env));
