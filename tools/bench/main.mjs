/** Chooses a suite, gives it servers and processes, prints its answer and removes everything after, also on Ctrl-C. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import { readArgs, UsageError } from './args.mjs';
import { exitCode } from './figures.mjs';
import { Processes } from './processes.mjs';
import { profileFolder } from './profile.mjs';
import { print } from './report.mjs';
import { suites } from './suites.mjs';

const say = (line) => console.error(line);

/** Answers the exit code: 1 when ours lost or doubled anything or a full run missed a target, 2 for wrong words. */
export async function bench(args) {
  let chosen;
  try {
    chosen = readArgs(args, suites);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say(error.message);
    return 2;
  }
  const suite = suites[chosen.name];
  const found = await withRoom(chosen, (room) => suite.measure(room));
  const answer = { bench: chosen.name, title: suite.title, quick: chosen.quick, ...withDefaults(found, chosen.plan) };
  print(answer, chosen.json ? say : console.log);
  if (chosen.json) console.log(JSON.stringify(answer));
  return exitCode(answer);
}

/**
 * What a suite measures in: `plan` (its sizes), `say`, `work` and `serve` (processes), `own` (hands over something with
 * a `stop`, or the promise of it, to be stopped at the end), `profiled` (runs something under the profiler where that was asked for).
 */
async function withRoom({ plan, quick, profile }, measure) {
  const processes = new Processes();
  const [owned, tables, names] = [[], [], new Set()];
  const interrupted = new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.once(signal, () => reject(new Error(`Stopped by ${signal}; nothing was kept.`)));
  });
  const own = async (opening) => {
    owned.push(opening);
    return opening;
  };
  /** Runs `work` with arguments for Node that profile it: the first time of a name, where `--profile` asks for it. */
  const profiled = async (name, work) => {
    if (!profile || names.has(name)) return work([]);
    names.add(name);
    const folder = profileFolder();
    try {
      const answer = await work(folder.args);
      tables.push(folder.table(name));
      return answer;
    } finally {
      folder.remove();
    }
  };
  const room = {
    ...{ plan, quick, profile, say, own, profiled },
    tables,
    work: (...of) => processes.work(...of),
    serve: (...of) => processes.serve(...of),
  };
  try {
    return { ...(await Promise.race([measure(room), interrupted])), profile: tables };
  } finally {
    await processes.stopAll();
    // What was still being opened when Ctrl-C came has to be waited for: it may have started servers already.
    for (const opening of owned.reverse())
      await Promise.resolve(opening).then(
        ({ stop }) => stop(),
        () => undefined,
      );
  }
}

function withDefaults(found, plan) {
  const versionOf = (name) => createRequire(import.meta.url)(`${name}/package.json`).version;
  const own = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));
  return {
    rounds: plan.rounds ?? 1,
    ...{ figures: {}, ratios: {}, targets: [], integrity: {}, notes: [] },
    ...found,
    settings: { ...plan, ...found.settings },
    versions: {
      ...{ node: process.version, pg: versionOf('pg'), kafkajs: versionOf('kafkajs') },
      ...own.dependencies,
      ...found.versions,
    },
    machine: {
      ...{ cpus: cpus().length, model: cpus()[0]?.model ?? null },
      memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    },
  };
}
