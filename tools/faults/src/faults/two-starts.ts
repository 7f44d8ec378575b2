import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAnswered, plainEnvironment } from '@garda/servers';
import type { Violation } from '../oracle/snapshot';
import { copyCheckout, removeCopy } from '../world/copy';
import { get } from '../world/get';
import { stateOf, until } from '../world/process';
import { demand, type Standalone } from './fault';

interface Starter {
  readonly process: ChildProcess;
  said: string;
  code: number | null | undefined;
}

/** `npm start` twice in one checkout, at the same moment: one starts everything, the other says so and leaves it alone. */
export const twoStarts: Standalone = {
  name: 'two-starts',
  kind: 'outage',
  alone: async ({ random, say }) => {
    const copy = copyCheckout();
    const offset = await freeOffset(() => random.between(6_200, 11_000)); // above every port that fetch refuses
    const moment = Date.now() + 5_000;
    const starters = [start(copy, offset, moment), start(copy, offset, moment)] as const;
    try {
      const pids = starters.map(({ process: one }) => one.pid);
      demand(
        pids.every((pid) => stateOf(pid ?? 0) !== undefined),
        'they did not run at the same time',
      );
      const violations = await oneWins(copy, starters, say);
      return { proof: `processes ${pids.join(' and ')} started at the same time`, violations };
    } finally {
      for (const one of starters) if (one.code === undefined) one.process.kill('SIGTERM');
      await until('both have ended', 60_000, () => starters.every(({ code }) => code !== undefined));
      removeCopy(copy);
    }
  },
};

function start(copy: string, offset: number, moment: number): Starter {
  const main = JSON.stringify(join(copy, 'tools', 'servers', 'dist', 'index.js'));
  // What tools/start.mjs does after its set-up; both have loaded everything and wait for the same millisecond.
  const program = `const { start } = require(${main});
    while (Date.now() < ${moment});
    start(process.env).then(
      (code) => (process.exitCode = code),
      (error) => { console.error(error.message); process.exitCode = 1; });`;
  const env = { ...plainEnvironment(), GARDA_PORT_OFFSET: String(offset) };
  const child = spawn(process.execPath, ['-e', program], { cwd: copy, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const starter: Starter = { process: child, said: '', code: undefined };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => void (starter.said += chunk.toString()));
  child.once('exit', (code) => (starter.code = code));
  return starter;
}

async function oneWins(
  copy: string,
  starters: readonly [Starter, Starter],
  say: (line: string) => void,
): Promise<Violation[]> {
  const ended = () => starters.filter(({ code }) => code !== undefined);
  const ready = () => starters.some(({ said }) => said.includes('Ready after'));
  try {
    await until('one is ready', 400_000, () => ready() || ended().length === 2);
    await until('the other has ended', 60_000, () => ended().length > 0);
  } catch {
    return [{ rule: 'one start wins', words: wordsOf(starters) }];
  }
  const [loser, other] = ended();
  const winner = starters.find(({ code }) => code === undefined);
  if (winner === undefined || loser === undefined || other !== undefined)
    return [{ rule: 'one start wins', words: wordsOf(starters) }];
  say(`the other said: ${loser.said.trim().split('\n').at(-1)}`);
  const polite = loser.code !== 0 && /already runs|is taken/.test(loser.said);
  const found = polite ? [] : [{ rule: 'the other start says why it does not', words: wordsOf(starters) }];
  found.push(...(await standsWell(copy, winner)));
  winner.process.kill('SIGTERM');
  await until('the winner has ended', 60_000, () => winner.code !== undefined);
  return winner.code === 0 ? found : [...found, { rule: 'the demo comes out right', words: wordsOf([winner]) }];
}

const wordsOf = (starters: readonly Starter[]): string =>
  starters.map(({ said, code }) => `[${code ?? 'runs'}] ${said.trim().split('\n').slice(-3).join(' / ')}`).join('; ');

/** run.json names the winner, and every service of it is ready. */
async function standsWell(copy: string, winner: Starter): Promise<Violation[]> {
  const rule = 'one start wins';
  const run = join(copy, '.garda', 'run.json');
  if (!existsSync(run)) return [{ rule, words: 'run.json is gone' }];
  const { starter, facts } = JSON.parse(readFileSync(run, 'utf8')) as {
    starter: { pid: number };
    facts: { urls: Record<string, string> };
  };
  const found = starter.pid === winner.process.pid ? [] : [{ rule, words: `run.json names ${starter.pid}` }];
  for (const [name, url] of Object.entries(facts.urls))
    if ((await get(`${url}/health/ready`))?.status !== 200) found.push({ rule, words: `${name} is not ready` });
  return found;
}

/** The usual ports, all moved by a number at which every one of them is free. */
async function freeOffset(any: () => number): Promise<number> {
  const usual = [4000, 4001, 4002, 4003, 4004, 54_329, 29_092, 29_093];
  for (;;) {
    const offset = any();
    const taken = await Promise.all(usual.map((port) => isAnswered(port + offset)));
    if (!taken.includes(true)) return offset;
  }
}
