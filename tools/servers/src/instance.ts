import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { Child } from './child';
import { connectionsTo } from './connections';
import type { Connections, ExistingServers } from './connections';
import { checkout } from './folders';
import { services } from './names';
import type { DatabaseService, ServiceName } from './names';
import { assertPortsFree, portsOf } from './ports';
import type { Ports } from './ports';
import { metricsUrlsOf, serviceEnvironment, urlsOf } from './service-env';
import type { Mode, ServiceSettings } from './service-env';
import { afterStopping, startServers } from './servers';
import type { Servers } from './servers';
import type { Secrets } from './secrets';

export interface InstanceOptions {
  /** Everything of the instance lives here: data, logs, secrets, run.json, letters to citizens. */
  readonly folder: string;
  readonly ports: Ports;
  /** A folder below the checkout or absolute; `catalogue/batang` without it. */
  readonly catalogue?: string;
  /** `demo` without it. */
  readonly mode?: Mode;
  /** Where the case clock begins while the log is empty (ISO 8601). */
  readonly clockStart?: string;
  /** Which services to start; all without it. */
  readonly services?: readonly ServiceName[];
  readonly jurisdiction?: string;
  readonly existing?: ExistingServers;
  readonly logLevel?: string;
  /** More arguments for Node, such as a profiler's; asked for at each start of a service. */
  readonly nodeArgs?: (service: ServiceName) => readonly string[];
  readonly say?: (line: string) => void;
}

export interface Instance {
  readonly folder: string;
  readonly urls: Readonly<Record<ServiceName, string>>;
  /** Where Prometheus scrapes. */
  readonly metricsUrls: Readonly<Record<DatabaseService, string>>;
  readonly secrets: Secrets;
  readonly connections: Connections;
  readonly catalogue: string;
  /** Starts a service that is not running; resolves when it is ready. */
  startService(name: ServiceName): Promise<void>;
  /** Ends one service, in good order or as by a power cut. */
  stopService(name: ServiceName, how?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Services that run and take no command, with the code for it, until the operator has healed their logs. */
  readonly refused: ReadonlyMap<ServiceName, string>;
  /** Resolves with words when a service ends that nobody told to; or never. */
  readonly broken: Promise<string>;
  /** Resolves when Ctrl-C (or SIGTERM) has told the instance to stop; or never. */
  readonly interrupted: Promise<void>;
  /** Stops services, then servers. Data stays. */
  stop(): Promise<void>;
}

/** The demo's cases happen in a week of 2026: a Monday, eight in the morning in Batang. Later data keeps its own time. */
export const demoStart = '2026-03-02T01:00:00Z';

/** Starts servers and services of one instance and resolves when every service says it is ready. */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const { ports, say = () => undefined, existing = {} } = options;
  const wanted = options.services ?? services;
  assertBuilt(wanted);
  const start = { postgres: existing.databases === undefined, kafka: existing.kafka === undefined };
  const servers = await startServers({ folder: options.folder, ports, say, start });
  try {
    for (const name of wanted) {
      await assertPortsFree(portsOf(name, ports));
    }
    const settings = settingsOf(options, servers);
    const running = new RunningServices(settings, servers, say, options.nodeArgs);
    const { connections, catalogue } = settings;
    servers.runFile.tell({ urls: urlsOf(ports), brokers: connections.kafka.brokers, catalogue });
    for (const together of startOrder) {
      await running.startAll(together.filter((name) => wanted.includes(name)));
    }
    return running.asInstance();
  } catch (error) {
    throw await afterStopping(servers.runFile, error);
  }
}

/** The gateway asks the identity provider for its keys; the three services do not need each other to start. */
const startOrder: readonly (readonly ServiceName[])[] = [
  ['identity'],
  ['intake', 'routing', 'resolution'],
  ['gateway'],
];

class RunningServices {
  private readonly children = new Map<ServiceName, Child>();
  private readonly refused = new Map<ServiceName, string>();
  private breaks: (words: string) => void = () => undefined;
  private readonly broken = new Promise<string>((resolve) => (this.breaks = resolve));

  constructor(
    private readonly settings: ServiceSettings,
    private readonly servers: Servers,
    private readonly say: (line: string) => void,
    private readonly nodeArgs: NonNullable<InstanceOptions['nodeArgs']> = () => [],
  ) {}

  async startAll(names: readonly ServiceName[]): Promise<void> {
    // All are awaited, so that none is still starting while its sister's failure is cleared up.
    await Promise.allSettled(names.map((name) => this.start(name))).then(throwFirst);
  }

  asInstance(): Instance {
    const { folder, ports, secrets, connections, catalogue } = this.settings;
    return {
      folder,
      urls: urlsOf(ports),
      metricsUrls: metricsUrlsOf(ports),
      secrets,
      connections,
      catalogue,
      refused: this.refused,
      startService: (name) => this.start(name),
      stopService: (name, how = 'SIGTERM') => this.stop(name, how),
      broken: this.broken,
      interrupted: this.servers.runFile.interrupted,
      stop: () => this.servers.stop(),
    };
  }

  private async start(name: ServiceName): Promise<void> {
    const port = this.settings.ports[name];
    const child = await Child.start({
      name,
      command: process.execPath,
      args: ['--enable-source-maps', ...this.nodeArgs(name), mainOf(name)],
      env: serviceEnvironment(name, this.settings),
      cwd: checkout,
      logFile: join(this.settings.folder, 'logs', `${name}.log`),
    });
    await this.servers.runFile.add(name, child, Object.values(portsOf(name, this.settings.ports)));
    this.children.set(name, child);
    await child.waitUntil(async () => (await this.look(name, port)) !== 'starting', 90_000);
    void child.end.then((how) => this.onEnd(name, child, how));
    const code = this.refused.get(name);
    this.say(`${name} ${code === undefined ? 'is ready' : `takes no command (${code})`} on port ${port}.`);
  }

  /** A service whose log must be healed first is as far as a start can bring it: the operator needs it running. */
  private async look(name: ServiceName, port: number): Promise<'ready' | 'refused' | 'starting'> {
    const { ready, refused } = await healthOf(port);
    if (refused === undefined) this.refused.delete(name);
    else this.refused.set(name, refused);
    if (ready) return 'ready';
    return refused === undefined ? 'starting' : 'refused';
  }

  private async stop(name: ServiceName, how: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.children.get(name);
    this.children.delete(name);
    await child?.stop(10_000, how);
    this.servers.runFile.forget(name);
  }

  private onEnd(name: ServiceName, child: Child, how: string): void {
    if (this.children.get(name) === child && !this.servers.runFile.isStopping()) {
      this.breaks(`${name} ended by itself (${how}).${child.lastWords()}`);
    }
  }
}

function throwFirst(outcomes: readonly PromiseSettledResult<void>[]): void {
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') {
      throw outcome.reason;
    }
  }
}

async function healthOf(port: number): Promise<{ ready: boolean; refused?: string }> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(5_000) });
    const { refused } = (await answer.json()) as { refused?: string };
    return { ready: answer.ok, ...(refused === undefined ? {} : { refused }) };
  } catch {
    // Not listening yet. The caller's patience decides.
    return { ready: false };
  }
}

function settingsOf(options: InstanceOptions, { secrets }: Servers): ServiceSettings {
  const catalogue = resolve(checkout, options.catalogue ?? join('catalogue', 'batang'));
  return {
    folder: options.folder,
    mode: options.mode ?? 'demo',
    ports: options.ports,
    secrets,
    connections: connectionsTo(options.existing ?? {}, secrets, options.ports),
    catalogue,
    jurisdiction: options.jurisdiction ?? jurisdictions[basename(catalogue)] ?? basename(catalogue),
    zone: zoneOf(catalogue),
    clockStart: options.clockStart,
    logLevel: options.logLevel ?? 'info',
  };
}

/** The names under which Open311 clients know the places of our catalogues. */
const jurisdictions: Readonly<Record<string, string>> = { batang: 'batang.go.id', chicago: 'cityofchicago.org' };

/** A regency lives in one time zone: that of its calendars. */
function zoneOf(catalogue: string): string {
  const file = join(catalogue, 'calendar.yaml');
  const content = parse(readFileSync(file, 'utf8')) as { calendars?: { zone?: string }[] };
  const zone = content.calendars?.[0]?.zone;
  if (zone === undefined) {
    throw new Error(`${file} names no time zone (calendars[0].zone).`);
  }
  return zone;
}

function mainOf(name: ServiceName): string {
  return join(checkout, 'apps', name, 'dist', 'main.js');
}

function assertBuilt(wanted: readonly ServiceName[]): void {
  const missing = wanted.filter((name) => !existsSync(mainOf(name)));
  if (missing.length > 0) {
    throw new Error(`Not built: ${missing.join(', ')}. Run \`npx nx run-many -t build\` first.`);
  }
}
