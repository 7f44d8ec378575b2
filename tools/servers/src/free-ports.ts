import { createServer } from 'node:net';
import { isBlocked } from './blocked-ports';

/**
 * Below the range from which Linux gives ports to outgoing connections and to whoever listens on port 0: there one of
 * these could be taken while its server is not up yet, or is away for a while. 27 000 and more is left to brokers.
 */
const [from, to] = [15_000, 27_000];

/** Jest's workers choose beside each other, each from a part of its own. */
const parts = 8;

/** A port is given long before it is listened on: what was given is not given again, though nobody holds it yet. */
const given = new Set<number>();

/** Ports on which nobody listens now, all different, and none of them given before by this process. */
export async function anyPorts(count: number): Promise<number[]> {
  const [first, size] = range(process.env.JEST_WORKER_ID);
  const found: number[] = [];
  while (found.length < count) {
    if (given.size >= size) throw new Error(`All ${size} ports from ${first} on have been given.`);
    const port = first + Math.floor(Math.random() * size);
    if (given.has(port)) continue;
    given.add(port);
    if (!isBlocked(port) && (await isFree(port))) found.push(port);
  }
  return found;
}

export async function anyPort(): Promise<number> {
  const [port] = await anyPorts(1);
  return port as number;
}

/** Whether one could listen there. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function range(worker: string | undefined): readonly [first: number, size: number] {
  if (worker === undefined) return [from, to - from];
  const size = (to - from) / parts;
  return [from + (Number(worker) % parts) * size, size];
}
