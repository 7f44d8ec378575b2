import { join } from 'node:path';
import { anyPort, checkout, Child, serviceEnvironment, type RunFile, type ServiceSettings } from '@garda/servers';
import { get } from './get';
import { until } from './process';

export const names = ['identity', 'intake', 'routing', 'resolution', 'gateway'] as const;
export type Name = (typeof names)[number];
export const databases = ['intake', 'routing', 'resolution', 'gateway'] as const;
export type DatabaseName = (typeof databases)[number];
export const logNames = ['intake', 'routing', 'resolution'] as const;
export type LogName = (typeof logNames)[number];

export interface ServiceProcess {
  /** `intake`, or `intake-2` for a second process of the same service. */
  readonly id: string;
  readonly name: Name;
  readonly child: Child;
  readonly url: string;
}

export interface StartOptions {
  readonly id?: string;
  readonly port?: number;
  readonly env?: NodeJS.ProcessEnv;
  /** False: it exists and that is all; it may not come up as long as a server is away. */
  readonly untilReady?: boolean;
}

/** The services of a world, each a process of its own, as `npm start` starts them. */
export class Services {
  private readonly running = new Map<string, ServiceProcess>();

  constructor(
    private readonly settings: ServiceSettings,
    private readonly runFile: RunFile,
    /** Ports of the proxies between each service and its database. */
    private readonly databasePorts: Readonly<Record<DatabaseName, number>>,
  ) {}

  of(id: string): ServiceProcess {
    const found = this.running.get(id);
    if (found === undefined) throw new Error(`${id} does not run`);
    return found;
  }

  get all(): readonly ServiceProcess[] {
    return [...this.running.values()];
  }

  async startAll(): Promise<void> {
    await this.start('identity');
    await Promise.all((['intake', 'routing', 'resolution'] as const).map((name) => this.start(name)));
    await this.start('gateway');
  }

  async start(name: Name, options: StartOptions = {}): Promise<ServiceProcess> {
    const { id = name, port = this.settings.ports[name] } = options;
    // A second process of a service is scraped at a port of its own too.
    const metrics = options.port === undefined ? {} : { METRICS_PORT: String(await anyPort()) };
    const child = await Child.start({
      name: id,
      command: process.execPath,
      args: ['--enable-source-maps', join(checkout, 'apps', name, 'dist', 'main.js')],
      env: { ...this.environment(name), PORT: String(port), ...metrics, ...options.env },
      cwd: checkout,
      logFile: join(this.settings.folder, 'logs', `${id}.log`),
    });
    await this.runFile.add(id, child, [port]);
    const started = { id, name, child, url: `http://127.0.0.1:${port}` };
    this.running.set(id, started);
    if (options.untilReady !== false) await child.waitUntil(() => isReady(started.url), 300_000);
    return started;
  }

  /** Starts again what ended, and waits until all are ready. */
  async revive(): Promise<void> {
    for (const { name, id, child } of this.all)
      if (id === name && (await hasEnded(child))) await this.start(name, { untilReady: false });
    await this.allReady();
  }

  async allReady(): Promise<void> {
    for (const { url, id, child } of this.all)
      await until(`${id} is ready`, 90_000, async () => {
        if (await isReady(url)) return true;
        if (await hasEnded(child)) throw new Error(`${id} has ended: ${await child.end}.${child.lastWords()}`);
        return false;
      });
  }

  /** Ends one and forgets it. */
  async stop(id: string, how: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const found = this.running.get(id);
    if (found === undefined) return;
    this.running.delete(id);
    await found.child.stop(40_000, how);
    this.runFile.forget(id);
  }

  /** The same databases and broker, but through the proxies. */
  private environment(name: Name): NodeJS.ProcessEnv {
    const env = serviceEnvironment(name, this.settings);
    if (name === 'identity') return env;
    for (const variable of ['DATABASE_URL', 'DATABASE_OWNER_URL']) {
      const url = new URL(env[variable] ?? '');
      url.port = String(this.databasePorts[name]);
      env[variable] = url.href;
    }
    return env;
  }
}

async function hasEnded(child: Child): Promise<boolean> {
  return Promise.race([
    child.end.then(() => true),
    new Promise<false>((resolve) => setTimeout(() => resolve(false), 10)),
  ]);
}

async function isReady(url: string): Promise<boolean> {
  return (await get(`${url}/health/ready`))?.status === 200;
}
