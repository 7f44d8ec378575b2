import { connect } from 'node:net';
import { isBlocked } from './blocked-ports';
import { anyPorts, isFree } from './free-ports';
import type { DatabaseService, ServiceName } from './names';
import { listenerOn } from './port-holder';

/** The ports of one instance. */
export interface Ports {
  readonly gateway: number;
  readonly intake: number;
  readonly routing: number;
  readonly resolution: number;
  readonly identity: number;
  readonly gatewayMetrics: number;
  readonly intakeMetrics: number;
  readonly routingMetrics: number;
  readonly resolutionMetrics: number;
  readonly postgres: number;
  readonly kafka: number;
  readonly kafkaController: number;
}

const usual: Ports = {
  gateway: 4000,
  intake: 4001,
  routing: 4002,
  resolution: 4003,
  identity: 4004,
  gatewayMetrics: 4010,
  intakeMetrics: 4011,
  routingMetrics: 4012,
  resolutionMetrics: 4013,
  postgres: 54329,
  kafka: 29092,
  kafkaController: 29093,
};

/** What a service listens on: its door, and where Prometheus scrapes it. The identity provider has no numbers. */
export function portsOf(service: ServiceName, ports: Ports): Partial<Ports> {
  const door = { [service]: ports[service] };
  if (service === 'identity') return door;
  const metrics = metricsPortName(service);
  return { ...door, [metrics]: ports[metrics] };
}

export function metricsPortName(service: DatabaseService): `${DatabaseService}Metrics` {
  return `${service}Metrics`;
}

const names = Object.keys(usual) as (keyof Ports)[];

/** GARDA_PORT_OFFSET gives no ports that can be used. */
export class PortsError extends Error {
  override readonly name = 'PortsError';

  constructor(
    readonly code: 'PORT_OFFSET_INVALID' | 'PORT_BLOCKED',
    detail: string,
  ) {
    super(`${detail} (${code})`);
  }
}

/**
 * The usual ports, all shifted by GARDA_PORT_OFFSET so that two checkouts can run side by side.
 * @throws PortsError PORT_OFFSET_INVALID, or PORT_BLOCKED when `fetch` and browsers would refuse to call one of them
 */
export function usualPorts(offset: string | undefined): Ports {
  const shift = Number(offset ?? '0');
  const most = 65_535 - usual.postgres;
  if (!Number.isInteger(shift) || shift < 0 || shift > most)
    throw new PortsError(
      'PORT_OFFSET_INVALID',
      `GARDA_PORT_OFFSET must be a whole number from 0 to ${most}, not "${offset}".`,
    );
  const ports = Object.fromEntries(names.map((name) => [name, usual[name] + shift])) as unknown as Ports;
  const blocked = names.filter((name) => isBlocked(ports[name])).map((name) => `port ${ports[name]} (${name})`);
  if (blocked.length > 0)
    throw new PortsError(
      'PORT_BLOCKED',
      `GARDA_PORT_OFFSET ${shift} gives ${blocked.join(', ')}, which browsers and fetch refuse to call. Choose another.`,
    );
  return ports;
}

/** Ports for one more instance on this machine. */
export async function freePorts(): Promise<Ports> {
  const free = await anyPorts(names.length);
  return Object.fromEntries(names.map((name, index) => [name, free[index]])) as unknown as Ports;
}

/** Throws one sentence naming every port of the list that is taken, and by whom when that can be known. */
export async function assertPortsFree(ports: Partial<Ports>): Promise<void> {
  const taken: string[] = [];
  for (const [name, port] of Object.entries(ports)) {
    if (!(await isFree(port))) {
      taken.push(
        `port ${port} (${name}) is taken by ${listenerOn(port) ?? 'a process that cannot be named from here'}`,
      );
    }
  }
  if (taken.length > 0) {
    const sentence = taken.join('; ');
    throw new Error(
      `${sentence[0]?.toUpperCase()}${sentence.slice(1)}. End it, or set GARDA_PORT_OFFSET (for example 100) to use other ports.`,
    );
  }
}

/** Whether somebody listens there. */
export function isAnswered(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
