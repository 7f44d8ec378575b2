/**
 * npm run model                   checks docs/model/relay-consumer.pml and that each deliberate break of it is caught
 * npm run model -- NAME …         only these
 * npm run model -- NAME --trail   also the steps that lead to what was found
 *
 * Needs SPIN and a C compiler. Takes one to four minutes and less than 2 GB.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout, giveUp } from './bootstrap/prepare.mjs';

const model = 'relay-consumer.pml';
const [relays, consumer] = ['-DRELAY_HALF', '-DCONSUMER_HALF'];

/** What is checked: macros, and whether an error is expected. */
const runs = [
  { name: 'relays', holds: true, macros: [relays, '-DFAULTS=2'] },
  { name: 'consumer', holds: true, macros: [consumer, '-DFAULTS=2'] },
  { name: 'whole', holds: true, macros: ['-DEVENTS=3', '-DFAULTS=1', '-DBATCH=1'] },
  ...['NO_APPEND_LOCK', 'CHECKPOINT_FIRST', 'NO_CHECKPOINT_CAS', 'OVERLAPPING_SENDS', 'BELIEVED_SEND'].map((name) =>
    broken(name, relays),
  ),
  ...['OFFSETS_TRUSTED', 'NO_GAP_CHECK', 'CURSOR_AFTER_EFFECT', 'CURSOR_BEFORE_EFFECT', 'NO_CURSOR_CAS'].map((name) =>
    broken(name, consumer),
  ),
];

function broken(name, half) {
  return { name, holds: false, macros: [half, `-D${name}`, '-DFAULTS=2'] };
}

const words = process.argv.slice(2);
const withTrail = words.includes('--trail');
const names = words.filter((word) => word !== '--trail');
const unknown = names.filter((name) => !runs.some((one) => one.name === name));
if (unknown.length > 0) {
  giveUp(`The model has no "${unknown.join('", "')}". There are: ${runs.map(({ name }) => name).join(', ')}.`);
}
for (const [program, debian] of [
  ['spin', 'spin'],
  ['gcc', 'gcc'],
]) {
  if (spawnSync(program, [program === 'spin' ? '-V' : '--version']).status !== 0) {
    giveUp(`\`${program}\` is not on the PATH; on Debian and Ubuntu: apt-get install ${debian}.`);
  }
}

const wanted = runs.filter(({ name }) => names.length === 0 || names.includes(name));
console.log(`${'what'.padEnd(22)}${'states'.padStart(10)}${'seconds'.padStart(9)}  result`);
const verdicts = wanted.map(checkOne);
process.exitCode = verdicts.every(Boolean) ? 0 : 1;

/** True when it holds and should, or is caught and should be. */
function checkOne({ name, holds, macros }) {
  const folder = mkdtempSync(join(tmpdir(), 'garda-model-'));
  try {
    copyFileSync(join(checkout, 'docs', 'model', model), join(folder, model));
    run(folder, 'spin', [...macros, '-a', model]);
    run(folder, 'gcc', ['-O2', '-w', '-DSAFETY', '-DCOLLAPSE', '-DMEMLIM=4000', '-o', 'pan', 'pan.c']);
    const began = Date.now();
    // -E: processes that wait for ever are what a quiet system is made of; Rest says what must be true then.
    const said = run(folder, join(folder, 'pan'), ['-m100000', '-E', '-n']);
    const { ok, words: result } = verdict(said, holds);
    const states = /(\d+) states, stored/.exec(said)?.[1] ?? '?';
    const seconds = ((Date.now() - began) / 1000).toFixed(1);
    console.log(`${name.padEnd(22)}${states.padStart(10)}${seconds.padStart(9)}  ${result}`);
    if (withTrail) {
      console.log(run(folder, 'spin', [...macros, '-t', '-p', '-g', model]));
    }
    return ok;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A search that was cut short has shown nothing, whatever it says about errors. */
function verdict(said, holds) {
  const violated = /assertion violated (.*) \(at depth/.exec(said)?.[1];
  const cut = /out of memory|max search depth too small|Search not completed/.test(said) && violated === undefined;
  const errors = Number(/errors: (\d+)/.exec(said)?.[1] ?? Number.NaN);
  if (cut || Number.isNaN(errors)) return { ok: false, words: 'NOT FINISHED: nothing is shown' };
  if (holds) return { ok: errors === 0, words: errors === 0 ? 'holds' : `BROKEN: ${violated}` };
  return { ok: errors > 0, words: errors > 0 ? `caught: ${violated}` : 'NOT CAUGHT' };
}

function run(folder, program, args) {
  const done = spawnSync(program, args, { cwd: folder, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  if (done.error !== undefined || done.signal !== null) {
    giveUp(`${program} did not finish: ${done.error?.message ?? done.signal}`);
  }
  return `${done.stdout}${done.stderr}`;
}
