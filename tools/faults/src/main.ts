import { mkdirSync, readFileSync, writeFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeLeftOvers, usualFolder } from '@garda/servers';
import { faults } from './faults/all';
import { Harness } from './harness';
import { runMutations, stopMutations } from './mutations/run';
import { isCaught, mutationTable } from './mutations/table';
import { optionsOf, usage, type Options } from './options';
import { summaryOf, tableOf, type Run } from './report';
import { World } from './world/world';

const say = (line: string): void => console.error(`${new Date().toISOString().slice(11, 19)}  ${line}`);
/** Longer than anybody backs off: each meets the outage more than once. */
const quickOutageMs = 7_000;
const fullOutageMs = 30_000;

/** `npm run faults` after its set-up; answers the exit code. */
export async function faultsCommand(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.error(usage);
    return 0;
  }
  const options = optionsOf(args);
  await removeLeftOvers(say);
  stopOnSignal();
  if (options.mutations) return mutated(options);
  const runs = await runAll(options);
  console.error(tableOf(runs));
  for (const { fault, run, violations } of runs)
    for (const { rule, words } of violations) console.error(`${fault} run ${run}: ${rule}: ${words}`);
  console.error(`Again: npm run faults -- ${options.quick ? '--quick ' : ''}--seed ${options.seed}`);
  if (options.json) console.log(JSON.stringify(summaryOf(options.seed, runs)));
  return runs.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
}

/** Ctrl-C ends what was started and forgets nothing that `--resume` needs. */
function stopOnSignal(): void {
  for (const [name, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(name, () => {
      say('Stopping ...');
      void Promise.all([World.stopAll(), stopMutations()]).finally(() => process.exit(code));
    });
}

/** Every break must be caught; one that survives is a failure of the harness. */
async function mutated({ seed, only, json }: Options): Promise<number> {
  const done = await runMutations(seed, only, say);
  console.error(mutationTable(done));
  if (json) console.log(JSON.stringify({ seed, mutations: done }));
  return done.every(isCaught) ? 0 : 1;
}

async function runAll(options: Options): Promise<Run[]> {
  const { quick, seed, keep } = options;
  const harness = new Harness({ seed, keep, say, outageMs: quick ? quickOutageMs : fullOutageMs });
  const state = new State(options);
  try {
    for (const fault of faults.filter(({ name }) => options.only.length === 0 || options.only.includes(name))) {
      const times = quick ? 1 : fault.kind === 'cheap' ? 20 : 5;
      for (let run = 1; run <= times; run++) {
        if (state.has(fault.name, run)) continue;
        const done = await harness.run(fault, run);
        say(`${fault.name} ${run}/${times}: ${done.outcome}, ${done.events} events, ${done.seconds} s`);
        for (const { rule, words } of done.violations) say(`  ${rule}: ${words}`);
        state.add(done);
      }
    }
  } finally {
    await harness.close();
  }
  state.forget();
  return state.runs;
}

/** What is done of a plan, so that a stopped run can go on. */
class State {
  readonly runs: Run[] = [];
  private readonly file: string;

  constructor({ seed, quick, resume }: Options) {
    mkdirSync(usualFolder, { recursive: true });
    this.file = join(usualFolder, `faults-${quick ? 'quick' : 'full'}-${seed}.json`);
    if (resume && existsSync(this.file)) this.runs.push(...(JSON.parse(readFileSync(this.file, 'utf8')) as Run[]));
  }

  has(fault: string, run: number): boolean {
    return this.runs.some((one) => one.fault === fault && one.run === run);
  }

  add(run: Run): void {
    this.runs.push(run);
    writeFileSync(this.file, JSON.stringify(this.runs));
  }

  forget(): void {
    rmSync(this.file, { force: true });
  }
}
