/**
 * npm test                        every spec of the project, on servers of its own, stopped and removed after
 * node tools/test.mjs PATH...     only these specs
 * node tools/test.mjs --servers   only the servers, until Ctrl-C; prints what to export for runs of your own
 */
import { command } from './bootstrap/command.mjs';

const args = process.argv.slice(2);
// Specs read the sources of libraries. Only specs of whole processes need everything built.
const librariesOnly = args.length > 0 && args.every((arg) => arg.startsWith('libs') || arg.startsWith('-'));

await command({ java: true, projects: librariesOnly ? ['servers'] : [] }, ({ runTests }) => runTests(args));
