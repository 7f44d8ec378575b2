import { isFree, usualPorts } from '@garda/servers';
import type { Ports } from '@garda/servers';

/**
 * Ports for servers that will be away for a while: below the range from which the system gives ports to outgoing
 * connections, or one of these could sit on a server's port when it comes back.
 */
const [from, to] = [15_000, 31_000];

export async function anyPorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = from + Math.floor(Math.random() * (to - from));
    if (!found.has(port) && (await isFree(port))) found.add(port);
  }
  return [...found];
}

export async function anyPort(): Promise<number> {
  const [port] = await anyPorts(1);
  return port as number;
}

export async function worldPorts(): Promise<Ports> {
  const names = Object.keys(usualPorts(undefined));
  const ports = await anyPorts(names.length);
  return Object.fromEntries(names.map((name, i) => [name, ports[i]])) as unknown as Ports;
}
