/** What a process has used of the processor so far, in seconds; Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

/** A process with the processes below it: PostgreSQL has one a connection. */
export function cpuSeconds(pid) {
  const all = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), statOf(name)]),
  );
  const below = (parent) =>
    [...all].filter(([, stat]) => stat?.parent === parent).reduce((sum, [child]) => sum + of(child), 0);
  const of = (one) => (all.get(one)?.seconds ?? 0) + below(one);
  return of(pid);
}

/** Time of children that have ended is in `gone`, so that nothing is lost when a connection closes. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [utime, stime, cutime, cstime] = fields.slice(11, 15);
    return { parent: fields[1], seconds: (utime + stime + cutime + cstime) / ticksPerSecond };
  } catch {
    return undefined; // it ended while we looked
  }
}
