import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Child } from '@garda/servers';

/**
 * What the system says of a process: `T` stopped, `R` or `S` alive; nothing: gone, or dead with its last thread and not
 * collected yet. A dead one with threads left still holds its ports.
 */
export function stateOf(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined; // no such process
  }
  const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  return state === 'X' || (state === 'Z' && threadsOf(pid) <= 1) ? undefined : state;
}

function threadsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).length;
  } catch {
    return 0; // collected meanwhile
  }
}

/** Signals and answers how the process is once the signal has had its effect; nothing: it is gone. */
export async function signal(child: Child, name: NodeJS.Signals): Promise<string | undefined> {
  const { pid } = child.mark;
  process.kill(pid, name);
  const wanted = { SIGKILL: undefined, SIGSTOP: 'T' } as Partial<Record<NodeJS.Signals, string | undefined>>;
  for (let tries = 0; name in wanted && stateOf(pid) !== wanted[name] && tries < 250; tries++) await pause(20);
  return stateOf(pid);
}

/** Limits only end what hangs: on a machine that is busy with other things everything takes a multiple of its time. */
const patience = 4;

/** Waits until `look` answers something; throws with these words when it takes too long. */
export async function until<T>(
  words: string,
  withinMs: number,
  look: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const began = Date.now();
  const end = began + patience * withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`not within ${(patience * withinMs) / 1000} s: ${words}`);
    // Most is there soon; what takes longer is not held up further by being asked all the time.
    await pause(Date.now() - began < 1_000 ? 50 : 200);
  }
}
