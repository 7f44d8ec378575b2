import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import {
  anyPorts,
  connectionsTo,
  demoStart,
  freePorts,
  loadSecrets,
  makeDatabases,
  makeFolder,
  makeTopicsAndRights,
  publishCatalogue,
  removeInstance,
  RunFile,
  throwawayFolder,
  usualPartitions,
  checkout,
  type Ports,
  type Secrets,
  type ServiceSettings,
} from '@garda/servers';
import { KafkaNodes, type KafkaPorts } from './kafka-nodes';
import { PostgresNode } from './postgres-node';
import { PostgresProxy } from './postgres-proxy';
import { databases, Services, type DatabaseName } from './services';
import { SmallDisk } from './small-disk';
import { watchMoves } from './watch';

/** What a fault needs of its world beside the usual: one broker and the machine's own disk. */
export type WorldKind = 'usual' | 'three-brokers' | 'small-disk';

interface Parts {
  readonly kind: WorldKind;
  readonly folder: string;
  readonly secrets: Secrets;
  readonly postgres: PostgresNode;
  readonly kafka: KafkaNodes;
  readonly services: Services;
  readonly databaseProxies: Readonly<Record<DatabaseName, PostgresProxy>>;
  /** Only of a world with small disks. */
  readonly disks: Readonly<Record<'postgres' | 'kafka', SmallDisk>> | undefined;
  readonly runFile: RunFile;
}

/** A whole system of its own in a throwaway folder on free ports, with a proxy on every way that a fault may block. */
export class World {
  readonly kind: WorldKind;
  readonly folder: string;
  readonly secrets: Secrets;
  readonly postgres: PostgresNode;
  readonly kafka: KafkaNodes;
  readonly services: Services;
  readonly databaseProxies: Parts['databaseProxies'];
  readonly disks: Parts['disks'];

  private constructor(private readonly parts: Parts) {
    this.kind = parts.kind;
    this.folder = parts.folder;
    this.secrets = parts.secrets;
    this.postgres = parts.postgres;
    this.kafka = parts.kafka;
    this.services = parts.services;
    this.databaseProxies = parts.databaseProxies;
    this.disks = parts.disks;
  }

  static async start(kind: WorldKind, say: (line: string) => void): Promise<World> {
    const folder = makeFolder(throwawayFolder('faults'));
    const runFile = await RunFile.take(folder, say);
    const disks = kind === 'small-disk' ? smallDisks(folder) : undefined;
    alive.set(runFile, disks);
    try {
      return new World(await build(kind, folder, runFile, disks));
    } catch (error) {
      await clear(runFile);
      throw error;
    }
  }

  /** Ends every process of every world, however far its start has come: for Ctrl-C. */
  static async stopAll(): Promise<void> {
    await Promise.all([...alive.keys()].map(clear));
  }

  /** The catalogue's folder and where everything listens, for the operator's programs that are run from outside. */
  get urls(): Readonly<Record<'intake' | 'gateway', string>> {
    return { intake: this.services.of('intake').url, gateway: this.services.of('gateway').url };
  }

  async stop(keep: boolean): Promise<void> {
    await clear(this.parts.runFile);
    await Promise.all(Object.values(this.databaseProxies).map((proxy) => proxy.close()));
    await this.kafka.close();
    if (!keep) removeInstance(this.folder);
  }

  /** Everything as it should be: proxies pass on, every server and service runs. */
  async heal(): Promise<void> {
    for (const proxy of [...Object.values(this.databaseProxies), ...this.kafka.proxies]) {
      proxy.rule = undefined;
      proxy.shape = undefined;
      proxy.refuse(false);
      for (const link of proxy.links) link.thaw();
    }
    await this.services.revive();
  }
}

/** Worlds that have processes or mounts. */
const alive = new Map<RunFile, Parts['disks']>();

async function clear(runFile: RunFile): Promise<void> {
  const disks = alive.get(runFile);
  alive.delete(runFile);
  await runFile.stopAll();
  for (const disk of Object.values(disks ?? {})) disk.unmount();
}

async function build(kind: WorldKind, folder: string, runFile: RunFile, disks: Parts['disks']): Promise<Parts> {
  const [ports, secrets] = [await freePorts(), loadSecrets(folder)];
  const postgresFolder = disks?.postgres.folder ?? folder;
  const password = secrets.databases.superuser;
  const postgres = new PostgresNode({ folder: postgresFolder, port: ports.postgres, password, runFile });
  const kafka = new KafkaNodes({
    folders:
      kind === 'three-brokers' ? [1, 2, 3].map((n) => join(folder, `broker-${n}`)) : [disks?.kafka.folder ?? folder],
    ports: await kafkaPorts(kind, ports),
    ...{ secrets, runFile },
  });
  await Promise.all([postgres.start(), kafka.startAll()]);
  await makeDatabases(postgres.adminUrl, secrets.databases);
  const copies = kind === 'three-brokers' ? { replicationFactor: 3, minInSyncReplicas: 2 } : {};
  await makeTopicsAndRights(kafka.brokers, secrets.kafka.admin, { partitions: usualPartitions, ...copies });
  const { proxies, portOf } = await databaseProxies(ports.postgres);
  const settings = settingsOf(folder, ports, secrets, kafka.brokers);
  const services = new Services(settings, runFile, portOf);
  await services.startAll();
  const { catalogue } = settings;
  const urls = Object.fromEntries(services.all.map(({ name, url }) => [name, url])) as Parameters<
    RunFile['tell']
  >[0]['urls'];
  runFile.tell({ urls, brokers: kafka.brokers, catalogue });
  await publishCatalogue(folder, catalogue);
  await watchMoves(postgres);
  return { kind, folder, secrets, postgres, kafka, services, databaseProxies: proxies, disks, runFile };
}

function settingsOf(folder: string, ports: Ports, secrets: Secrets, brokers: string): ServiceSettings {
  const connections = connectionsTo({}, secrets, ports);
  return {
    ...{ folder, ports, secrets, mode: 'demo', jurisdiction: 'batang.go.id', zone: 'Asia/Jakarta', logLevel: 'info' },
    connections: { ...connections, kafka: { ...connections.kafka, brokers } },
    catalogue: join(checkout, 'catalogue', 'batang'),
    clockStart: demoStart,
  };
}

async function databaseProxies(port: number) {
  const proxies = {} as Record<DatabaseName, PostgresProxy>;
  const portOf = {} as Record<DatabaseName, number>;
  for (const name of databases) {
    proxies[name] = new PostgresProxy(() => port);
    portOf[name] = await proxies[name].listen();
  }
  return { proxies, portOf };
}

async function kafkaPorts(kind: WorldKind, ports: Ports): Promise<KafkaPorts[]> {
  const first = { client: ports.kafka, controller: ports.kafkaController, broker: 0 };
  if (kind !== 'three-brokers') return [first];
  const free = await anyPorts(7);
  const at = (i: number): number => free[i] as number;
  return [
    { ...first, broker: at(0) },
    { client: at(1), controller: at(2), broker: at(3) },
    { client: at(4), controller: at(5), broker: at(6) },
  ];
}

/** Data on a disk that can be filled up, logs beside it, so that what a server says in its distress is still written. */
function smallDisks(folder: string): { postgres: SmallDisk; kafka: SmallDisk } {
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const make = (name: string, megabytes: number): SmallDisk => {
    const disk = SmallDisk.mount(join(folder, name), megabytes);
    symlinkSync(join(folder, 'logs'), join(disk.folder, 'logs'));
    return disk;
  };
  return { postgres: make('disk-postgres', 400), kafka: make('disk-kafka', 400) };
}
