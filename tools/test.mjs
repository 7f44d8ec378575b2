/**
 * npm test                     every spec of the project, on servers of its own, stopped and removed after
 * node tools/test.mjs PATH...  only these specs
 * node tools/test.mjs --servers   only the servers, until Ctrl-C; prints what to export
 */
import { prepare, build } from './bootstrap/prepare.mjs';

prepare({ java: true });
build(['servers']);
const { runTests } = await import('./servers/dist/index.js');
process.exitCode = await runTests(process.argv.slice(2));
