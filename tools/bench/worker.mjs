/** One measured process: `worker.mjs KIND` with options as JSON on standard input; answers one line of JSON. */
import { text } from 'node:stream/consumers';

const kind = process.argv[2];
const options = JSON.parse(await text(process.stdin));
const { run } = await import(`./workers/${kind}.mjs`);
const answer = await run(options);
// A server answers nothing here: it has said that it is ready, and lives until SIGTERM.
if (answer !== undefined) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  process.exitCode = 0;
}
