/** npm run import -- FILE --catalogue FOLDER [--json]: another city's cases, in a fresh instance of its own. */
import { command } from './bootstrap/command.mjs';

// npm changes to the top of the checkout; paths are meant from where the user stood.
const cwd = process.env.INIT_CWD ?? process.cwd();

await command({ java: true }, ({ importFile }) => importFile(process.argv.slice(2), cwd));
