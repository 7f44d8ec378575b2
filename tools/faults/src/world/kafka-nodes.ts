import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  isAnswered,
  kafkaClient,
  makeFolder,
  startKafka,
  type Child,
  type RunFile,
  type Secrets,
} from '@garda/servers';
import type { Admin, Kafka } from 'kafkajs';
import { KafkaProxy } from './kafka-proxy';

/** A broker here is started again every few seconds: code compiled for a long life would never pay. */
const shortLived = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

export interface KafkaPorts {
  readonly client: number;
  readonly controller: number;
  readonly broker: number;
}

/** The brokers of a world, each behind a proxy of its own: one, or three that keep copies for each other. */
export class KafkaNodes {
  readonly proxies: KafkaProxy[] = [];
  private readonly proxyPorts: number[] = [];
  private readonly children: (Child | undefined)[] = [];

  constructor(
    private readonly of: {
      readonly folders: readonly string[];
      readonly ports: readonly KafkaPorts[];
      readonly secrets: Secrets;
      readonly runFile: RunFile;
    },
  ) {}

  get count(): number {
    return this.of.folders.length;
  }

  /** The addresses that services and everybody else are given: those of the proxies. */
  get brokers(): string {
    return this.proxyPorts.map((port) => `127.0.0.1:${port}`).join(',');
  }

  async startAll(): Promise<void> {
    for (const { client } of this.of.ports) {
      const proxy = new KafkaProxy(() => client);
      this.proxies.push(proxy);
      this.proxyPorts.push(await proxy.listen());
    }
    await Promise.all(this.of.folders.map((_, i) => this.start(i)));
  }

  async start(i: number): Promise<void> {
    const { secrets, runFile, ports } = this.of;
    const own = ports[i] as KafkaPorts;
    const name = this.nameOf(i);
    runFile.forget(name);
    const voters = ports.map(({ controller }, at) => ({ id: at + 1, controllerPort: controller }));
    const started = startKafka({
      folder: makeFolder(this.of.folders[i] as string),
      port: own.client,
      advertisedPort: this.proxyPorts[i] as number,
      controllerPort: own.controller,
      ...(this.count === 1 ? {} : { node: { id: i + 1, brokerPort: own.broker, voters } }),
      clusterId: secrets.kafkaClusterId,
      javaOptions: shortLived,
      sessionMs: 4_000,
      passwords: secrets.kafka,
      say: () => undefined,
      onSpawn: (spawned) => {
        this.children[i] = spawned;
        return runFile.add(name, spawned, [own.client, own.controller]);
      },
    });
    let over = false;
    const isOver = (): boolean => over;
    const opened = this.openOnceServed(i, own.client, isOver);
    const [{ child }] = await Promise.all([started.finally(() => (over = true)), opened]);
    this.children[i] = child;
  }

  /** Clients of a broker that is gone must be refused: accepted and cut they would take it for another fault. */
  async stop(i: number, how: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await this.process(i).stop(30_000, how);
    await this.proxies[i]?.unlisten();
  }

  /** The proxy takes connections as soon as the broker does. */
  private async openOnceServed(i: number, port: number, isOver: () => boolean): Promise<void> {
    while (!isOver() && !(await isAnswered(port))) await pause(50);
    if (!isOver()) await this.proxies[i]?.listen();
  }

  process(i: number): Child {
    const child = this.children[i];
    if (child === undefined) throw new Error(`Kafka ${i} was not started`);
    return child;
  }

  client(user: 'admin' | 'intake' | 'routing' | 'resolution' | 'gateway' | 'analyst' = 'admin'): Kafka {
    return kafkaClient(this.brokers, user, this.of.secrets.kafka[user]);
  }

  async asAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.client().admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }

  /** How many records a topic has had, over all partitions. */
  async recordsIn(topic: string): Promise<number> {
    const ends = await this.asAdmin((admin) => admin.fetchTopicOffsets(topic));
    return ends.reduce((sum, { high }) => sum + Number(high), 0);
  }

  log(i = 0): string {
    return readFileSync(join(this.of.folders[i] as string, 'logs', 'kafka.log'), 'utf8');
  }

  async close(): Promise<void> {
    await Promise.all(this.proxies.map((proxy) => proxy.close()));
  }

  private nameOf(i: number): string {
    return this.count === 1 ? 'kafka' : `kafka-${i + 1}`;
  }
}
