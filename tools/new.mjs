/**
 * npm run new -- command CONTEXT NAME --event TYPE --verb VERB --slice FILE --says "One line for the reference page"
 * npm run new -- event-version CONTEXT TYPE
 *
 * Makes what a new staff command, or a new version of an event, needs in every place, so that everything builds and its
 * spec passes; what it means is then written by hand. docs/how-to/command.md and event-version.md say how.
 */
import { checkout, giveUp, prepare, runHere } from './bootstrap/prepare.mjs';

prepare();
const { make, MakeError } = await import('./generators/new/make.mjs');
try {
  const { written, todo } = make(process.argv.slice(2), checkout);
  for (const path of written) console.log(`wrote   ${path}`);
  for (const line of todo) console.log(`to do   ${line}`);
} catch (error) {
  if (!(error instanceof MakeError)) throw error;
  giveUp(`${error.message} (${error.code})`);
}
process.exitCode = runHere(['tools/generate.mjs']);
