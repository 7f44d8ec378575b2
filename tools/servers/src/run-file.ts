import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Child } from './child';
import type { ServiceName } from './names';
import { endProcess, isRunning, markOf } from './processes';
import type { ProcessMark } from './processes';

interface Entry extends ProcessMark {
  readonly name: string;
  readonly ports: readonly number[];
  readonly log: string;
  readonly stopSignal: NodeJS.Signals;
}

/** Where an instance can be reached; what the operator's command line reads. */
export interface RunFacts {
  readonly urls: Readonly<Record<ServiceName, string>>;
  readonly brokers: string;
  readonly catalogue: string;
}

interface Content {
  readonly starter: ProcessMark;
  readonly since: string;
  readonly facts?: RunFacts;
  readonly processes: readonly Entry[];
}

/** How long services, and after them the servers, get to stop in good order before they are forced. */
const patience = 4_500;
const servers = ['postgres', 'kafka'];

/**
 * `run.json` of an instance: what runs where, with pids. Written after every start of a process, so that a starter that
 * is killed leaves behind what the next one needs to recognise and clear it.
 */
export class RunFile {
  private readonly entries: Entry[] = [];
  private readonly since = new Date().toISOString();
  private facts: RunFacts | undefined;
  private stopping: Promise<void> | undefined;
  private tellInterrupted: () => void = () => undefined;
  /** Resolves when a signal has told the instance to stop; or never. */
  readonly interrupted = new Promise<void>((resolve) => (this.tellInterrupted = resolve));

  private constructor(
    private readonly file: string,
    private readonly starter: ProcessMark,
  ) {}

  /**
   * Takes an instance's folder for this process: refuses while another starter runs, clears what a dead one left. Of two
   * that come at the same moment one is first, since the file can be made only once.
   */
  static async take(folder: string, say: (line: string) => void): Promise<RunFile> {
    const file = join(folder, 'run.json');
    const mine = new RunFile(file, markOf(process.pid));
    do await clearLeftOver(file, say);
    while (!mine.create());
    return mine;
  }

  /** Remembers a process as soon as it exists. Throws, ending it, when the instance is already being stopped. */
  async add(name: string, child: Child, ports: readonly number[]): Promise<void> {
    if (this.stopping !== undefined) {
      await child.stop(patience);
      throw new Error(`${child.name} was not started: the instance is being stopped.`);
    }
    const { mark, logFile, stopSignal } = child;
    this.entries.push({ name, ...mark, ports, log: logFile, stopSignal });
    this.write();
  }

  /** Forgets a process that was ended on purpose, so that another may take its name. */
  forget(name: string): void {
    const index = this.entries.findIndex((entry) => entry.name === name);
    if (index >= 0) {
      this.entries.splice(index, 1);
      this.write();
    }
  }

  tell(facts: RunFacts): void {
    this.facts = facts;
    this.write();
  }

  /** Stops what was started: services at the same time, then the servers they stand on. Safe to call twice. */
  stopAll(): Promise<void> {
    this.stopping ??= this.stopInOrder();
    return this.stopping;
  }

  /** Stops everything because a signal said so. */
  interrupt(): Promise<void> {
    this.tellInterrupted();
    return this.stopAll();
  }

  isStopping(): boolean {
    return this.stopping !== undefined;
  }

  private async stopInOrder(): Promise<void> {
    await endInOrder(this.entries);
    rmSync(this.file, { force: true });
  }

  /** False when another starter was faster. */
  private create(): boolean {
    const draft = `${this.file}.${this.starter.pid}`;
    writeFileSync(draft, this.content());
    try {
      linkSync(draft, this.file);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
      return false;
    } finally {
      rmSync(draft, { force: true });
    }
  }

  private write(): void {
    writeFileSync(`${this.file}.new`, this.content());
    renameSync(`${this.file}.new`, this.file);
  }

  private content(): string {
    const facts = this.facts === undefined ? {} : { facts: this.facts };
    const content: Content = {
      starter: this.starter,
      since: this.since,
      ...facts,
      processes: this.entries,
    };
    return `${JSON.stringify(content, null, 2)}\n`;
  }
}

/** What is said of a running instance, or undefined when none runs in this folder. */
export function runningInstance(folder: string): RunFacts | undefined {
  const content = read(join(folder, 'run.json'));
  return content !== undefined && isRunning(content.starter) ? content.facts : undefined;
}

/** The ports of a process that runs in this folder's instance, in the order they were told; none when it does not. */
export function portsHeld(folder: string, name: string): readonly number[] {
  const entry = read(join(folder, 'run.json'))?.processes.find((one) => one.name === name);
  return entry !== undefined && isRunning(entry) ? entry.ports : [];
}

/** Ends what a killed starter left behind. Throws when the starter is alive: then the instance is in use. */
export async function clearLeftOver(file: string, say: (line: string) => void): Promise<void> {
  const content = read(file);
  if (content === undefined) {
    return;
  }
  if (isRunning(content.starter) && content.starter.pid !== process.pid) {
    throw new InUse(
      `This instance already runs, started by process ${content.starter.pid}. Stop it first (Ctrl-C there).`,
    );
  }
  const left = content.processes.filter(isRunning);
  if (left.length > 0) {
    say(`The last start was killed and left ${left.map((entry) => entry.name).join(', ')} running: ending them.`);
    await endInOrder(left);
  }
  rmSync(file, { force: true });
}

/** Another starter is using the folder. */
export class InUse extends Error {}

async function endInOrder(entries: readonly Entry[]): Promise<void> {
  await Promise.all(entries.filter((entry) => !servers.includes(entry.name)).map(end));
  await Promise.all(entries.filter((entry) => servers.includes(entry.name)).map(end));
}

async function end(entry: Entry): Promise<void> {
  await endProcess(entry, patience, entry.stopSignal);
}

function read(file: string): Content | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Content) : undefined;
}
