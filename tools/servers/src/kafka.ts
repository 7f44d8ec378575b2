import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { Child, plainEnvironment, run } from './child';
import { scramArguments, serverProperties } from './kafka-config';
import type { KafkaNode } from './kafka-config';
import { fetchKafkaJars } from './kafka-jars';
import type { KafkaPrincipal } from './names';
import { assertPortsFree, isAnswered } from './ports';

export interface KafkaOptions {
  readonly folder: string;
  readonly port: number;
  /** What clients are told to connect to, where that is not `port` itself. */
  readonly advertisedPort?: number;
  readonly controllerPort: number;
  /** Which node of several this is; they must be started at the same time, since one alone has no majority. */
  readonly node?: KafkaNode;
  readonly clusterId: string;
  /** How long a node that died is waited for. */
  readonly sessionMs?: number;
  /** For the Java machine, beside ours. */
  readonly javaOptions?: readonly string[];
  readonly passwords: Readonly<Record<KafkaPrincipal, string>>;
  readonly say: (line: string) => void;
  /** Called as soon as the process exists, before it is ready. */
  readonly onSpawn: (child: Child) => Promise<void>;
}

export interface KafkaServer {
  readonly child: Child;
  readonly brokers: string;
}

/** Starts one node of Kafka; the first time it also makes its storage and its principals. */
export async function startKafka(options: KafkaOptions): Promise<KafkaServer> {
  const jars = await fetchKafkaJars(options.say);
  const home = join(options.folder, 'kafka');
  const data = join(home, 'data');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  await assertPortsFree({ kafka: options.port, kafkaController: options.controllerPort });
  const properties = join(home, 'server.properties');
  writeFileSync(properties, serverProperties({ ...options, data }), { mode: 0o600 });
  if (!existsSync(join(data, 'meta.properties'))) {
    await format(options, { home, data, jars, properties });
  }
  const child = await Child.start({
    name: 'Kafka',
    command: 'java',
    args: [
      '-Xms256m',
      '-Xmx512m',
      ...(options.javaOptions ?? []),
      ...quiet,
      '-cp',
      join(jars, '*'),
      'kafka.Kafka',
      properties,
    ],
    env: plainEnvironment(),
    cwd: home,
    logFile: join(options.folder, 'logs', 'kafka.log'),
  });
  await options.onSpawn(child);
  const brokers = `127.0.0.1:${options.advertisedPort ?? options.port}`;
  await child.waitUntil(() => isAnswered(options.port), 60_000);
  await child.waitUntil(() => serves(brokers, options.passwords.admin), 60_000);
  return { child, brokers };
}

const quiet = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dorg.slf4j.simpleLogger.showDateTime=true'];

interface Paths {
  readonly home: string;
  readonly data: string;
  readonly jars: string;
  readonly properties: string;
}

/**
 * Makes the storage with one SCRAM credential per principal. The passwords go by a file that only we can read: on the
 * command line every user of the machine could see them.
 */
async function format(options: KafkaOptions, paths: Paths): Promise<void> {
  rmSync(paths.data, { recursive: true, force: true });
  const scram = scramArguments(options.passwords).map((word) => (word.startsWith('--') ? word : `"${word}"`));
  const argumentFile = join(paths.home, 'format.args');
  const words = [
    ...quiet,
    '-cp',
    `"${join(paths.jars, '*')}"`,
    'kafka.tools.StorageTool',
    'format',
    // Joined: an id that begins with a hyphen would be read as another option.
    `--cluster-id=${options.clusterId}`,
    '-c',
    `"${paths.properties}"`,
    ...scram,
  ];
  writeFileSync(argumentFile, words.join('\n'), { mode: 0o600 });
  try {
    const args = [`@${argumentFile}`];
    await run({ name: "Kafka's storage tool", command: 'java', args, env: plainEnvironment(), cwd: paths.home });
  } catch (error) {
    rmSync(paths.data, { recursive: true, force: true });
    throw error;
  } finally {
    rmSync(argumentFile, { force: true });
  }
}

/** A client that says nothing by itself: what it retries it would log as an error. What fails for good is thrown. */
export function kafkaClient(brokers: string, username: string, password: string): Kafka {
  return new Kafka({
    clientId: `garda-tools-${username}`,
    brokers: brokers.split(','),
    sasl: { mechanism: 'scram-sha-512', username, password },
    ssl: process.env['KAFKA_SSL'] === 'true',
    logLevel: logLevel.NOTHING,
  });
}

async function serves(brokers: string, password: string): Promise<boolean> {
  const admin = kafkaClient(brokers, 'admin', password).admin({ retry: { retries: 0 } });
  try {
    await admin.connect();
    await admin.describeCluster();
    return true;
  } catch {
    // Not ready yet: it accepts connections before it has read its credentials. The caller's patience decides.
    return false;
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
