import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * The process that listens on a local TCP port, as "name (pid 123)"; undefined where it cannot be known: on systems
 * without /proc, and for processes of another user.
 */
export function listenerOn(port: number): string | undefined {
  const sockets = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeningSockets(table, port)));
  if (sockets.size === 0) {
    return undefined;
  }
  const pid = entries('/proc')
    .filter((name) => /^\d+$/.test(name))
    .find((name) => entries(`/proc/${name}/fd`).some((fd) => sockets.has(link(`/proc/${name}/fd/${fd}`))));
  return pid === undefined ? undefined : `"${commandOf(pid)}" (pid ${pid})`;
}

/** The kernel's names of the sockets listening on this port, as they appear among a process's open files. */
function listeningSockets(table: string, port: number): string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return text(table)
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(wanted) === true && fields[3] === '0A')
    .map((fields) => `socket:[${fields[9]}]`);
}

function commandOf(pid: string): string {
  const words = text(`/proc/${pid}/cmdline`).split('\0').join(' ').trim();
  return words.length > 80 ? `${words.slice(0, 77)}...` : words;
}

// Processes come and go while we look, and those of others are closed to us: nothing to see there is an answer here.
function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
