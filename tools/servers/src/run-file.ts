import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Child } from './child';
import { endProcess, isRunning, markOf } from './processes';
import type { ProcessMark } from './processes';

interface Entry extends ProcessMark {
  readonly name: string;
  readonly ports: readonly number[];
  readonly log: string;
  readonly stopSignal: NodeJS.Signals;
}

interface Content {
  readonly starter: ProcessMark;
  readonly since: string;
  readonly processes: readonly Entry[];
}

/** How long each process gets to stop in good order before it is forced. */
const patience = 4_000;

/**
 * `run.json` of an instance: what runs where, with pids. Written after every start of a process, so that a starter that
 * is killed leaves behind what the next one needs to recognise and clear it.
 */
export class RunFile {
  private readonly entries: Entry[] = [];
  private stopping: Promise<void> | undefined;

  private constructor(
    private readonly file: string,
    private readonly starter: ProcessMark,
  ) {}

  /** Takes an instance's folder for this process: refuses while another starter runs, clears what a dead one left. */
  static async take(folder: string, say: (line: string) => void): Promise<RunFile> {
    const file = join(folder, 'run.json');
    await clearLeftOver(file, say);
    const taken = new RunFile(file, markOf(process.pid));
    taken.write();
    return taken;
  }

  add(name: string, child: Child, ports: readonly number[]): void {
    this.entries.push({ name, ...child.mark, ports, log: child.logFile, stopSignal: child.stopSignal });
    this.write();
  }

  /** Stops what was started: services at the same time, then the servers they stand on. Safe to call twice. */
  stopAll(): Promise<void> {
    this.stopping ??= this.stopInOrder();
    return this.stopping;
  }

  private async stopInOrder(): Promise<void> {
    await endInOrder(this.entries);
    rmSync(this.file, { force: true });
  }

  private write(): void {
    const content: Content = { starter: this.starter, since: new Date().toISOString(), processes: this.entries };
    writeFileSync(`${this.file}.new`, `${JSON.stringify(content, null, 2)}\n`);
    renameSync(`${this.file}.new`, this.file);
  }
}

/** Ends what a killed starter left behind. Throws when the starter is alive: then the instance is in use. */
export async function clearLeftOver(file: string, say: (line: string) => void): Promise<void> {
  const content = read(file);
  if (content === undefined) {
    return;
  }
  if (isRunning(content.starter) && content.starter.pid !== process.pid) {
    throw new Error(
      `This instance already runs, started by process ${content.starter.pid}. Stop that one first (Ctrl-C).`,
    );
  }
  const left = content.processes.filter(isRunning);
  if (left.length > 0) {
    say(`The last start was killed and left ${left.map((entry) => entry.name).join(', ')} running: ending them.`);
    await endInOrder(left);
  }
  rmSync(file, { force: true });
}

/** Services first, all at once, because none needs another to stop; the servers last. */
async function endInOrder(entries: readonly Entry[]): Promise<void> {
  const servers = ['postgres', 'kafka'];
  await Promise.all(entries.filter((entry) => !servers.includes(entry.name)).map(end));
  await Promise.all(entries.filter((entry) => servers.includes(entry.name)).map(end));
}

async function end(entry: Entry): Promise<void> {
  await endProcess(entry, patience, entry.stopSignal);
}

function read(file: string): Content | undefined {
  if (!existsSync(file)) {
    return undefined;
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Content;
}
