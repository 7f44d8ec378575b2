import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** A process that can be told apart from a later one that was given the same number. */
export interface ProcessMark {
  readonly pid: number;
  /** Whatever the system says about when it started; only compared for equality. */
  readonly startedAt: string;
}

/**
 * When the process started, or undefined if there is none. A process that has ended but was not yet collected by its
 * parent (a zombie) counts as ended, once its last thread is gone: until then it holds ports and files.
 */
export function startTimeOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    return startTimeFromProc(pid);
  }
  try {
    const said = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return said === '' ? undefined : said;
  } catch {
    // `ps` answers a number that is not in use with exit code 1.
    return undefined;
  }
}

function startTimeFromProc(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The name in brackets may hold spaces and brackets itself, so count the fields after its last bracket.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' && threadsOf(pid) <= 1 ? undefined : fields[19];
}

function threadsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).length;
  } catch {
    return 0; // collected meanwhile
  }
}

/** Remembers a running process; throws if it has already ended. */
export function markOf(pid: number): ProcessMark {
  const startedAt = startTimeOf(pid);
  if (startedAt === undefined) {
    throw new Error(`Process ${pid} has already ended.`);
  }
  return { pid, startedAt };
}

export function isRunning(mark: ProcessMark): boolean {
  return startTimeOf(mark.pid) === mark.startedAt;
}

/**
 * Ends one process: asks first, and forces it when it has not gone after `patience` milliseconds.
 * Answers how it went. Never touches another process that was given the same number meanwhile.
 */
export async function endProcess(
  mark: ProcessMark,
  patience: number,
  ask: NodeJS.Signals = 'SIGTERM',
): Promise<'gone' | 'ended' | 'forced'> {
  if (!isRunning(mark)) {
    return 'gone';
  }
  signal(mark.pid, ask);
  if (await hasGone(mark, patience)) {
    return 'ended';
  }
  signal(mark.pid, 'SIGKILL');
  if (!(await hasGone(mark, 5_000))) {
    throw new Error(`Process ${mark.pid} does not end, not even by SIGKILL.`);
  }
  return 'forced';
}

async function hasGone(mark: ProcessMark, patience: number): Promise<boolean> {
  const until = Date.now() + patience;
  while (isRunning(mark)) {
    if (Date.now() >= until) {
      return false;
    }
    await pause(20);
  }
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It ended between the look and the signal: that is what we wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}
