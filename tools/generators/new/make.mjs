import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { newCommand } from './command.mjs';
import { newEventVersion } from './event-version.mjs';
import { MakeError } from './make-error.mjs';

export { MakeError };

const kinds = { command: newCommand, 'event-version': newEventVersion };
const options = {
  event: { type: 'string' },
  verb: { type: 'string' },
  slice: { type: 'string' },
  says: { type: 'string' },
};

/**
 * Makes what the words ask for in the checkout at `root`: all files or, when something does not fit, none.
 * @returns the paths that were written, and what is left to do by hand
 * @throws MakeError with a stable code
 */
export function make(words, root) {
  const { values, positionals } = read(words);
  const [kind, ...names] = positionals;
  const work = Object.hasOwn(kinds, kind ?? '') ? kinds[kind] : undefined;
  if (work === undefined) throw new MakeError('KIND_UNKNOWN', `Say what is new: ${Object.keys(kinds).join(' or ')}.`);
  const files = new Files(root);
  const todo = work(files, names, values);
  return { written: files.write(), todo };
}

function read(words) {
  try {
    return parseArgs({ args: words, options, allowPositionals: true });
  } catch (error) {
    throw new MakeError('WORDS_INVALID', error.message);
  }
}

/** Files as they will be: nothing is written before all is known to fit. */
class Files {
  #changed = new Map();

  constructor(root) {
    this.root = root;
  }

  has(path) {
    return this.#changed.has(path) || existsSync(join(this.root, path));
  }

  read(path) {
    return this.#changed.get(path) ?? readFileSync(join(this.root, path), 'utf8');
  }

  create(path, text) {
    if (this.has(path)) throw new MakeError('FILE_EXISTS', `${path} is there already.`);
    this.#changed.set(path, text);
  }

  /** `edit` gets the text and answers another one. */
  change(path, edit) {
    this.#changed.set(path, edit(this.read(path)));
  }

  write() {
    for (const [path, text] of this.#changed) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
    const paths = [...this.#changed.keys()];
    const prettier = join(
      dirname(createRequire(import.meta.url).resolve('prettier/package.json')),
      'bin',
      'prettier.cjs',
    );
    const done = spawnSync(process.execPath, [prettier, '--write', ...paths], { cwd: this.root, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`prettier: ${done.stderr}`);
    return paths;
  }
}
