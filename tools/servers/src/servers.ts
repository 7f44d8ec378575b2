import { makeDatabases } from './databases';
import { makeFolder } from './folders';
import { startKafka } from './kafka';
import type { KafkaServer } from './kafka';
import type { Ports } from './ports';
import { startPostgres } from './postgres';
import type { Postgres } from './postgres';
import { RunFile } from './run-file';
import { loadSecrets } from './secrets';
import type { Secrets } from './secrets';
import { makeTopicsAndRights } from './topics';

export interface ServersOptions {
  /** Data, logs, secrets and run.json of this instance. */
  readonly folder: string;
  readonly ports: Ports;
  readonly say: (line: string) => void;
  readonly partitions?: number;
}

export interface Servers {
  readonly secrets: Secrets;
  /** URL of PostgreSQL's superuser. */
  readonly adminUrl: string;
  readonly brokers: string;
  readonly runFile: RunFile;
  stop(): Promise<void>;
}

/** Starts PostgreSQL and Kafka of one instance, with databases, roles, topics and rights made. */
export async function startServers(options: ServersOptions): Promise<Servers> {
  const folder = makeFolder(options.folder);
  const runFile = await RunFile.take(folder, options.say);
  const secrets = loadSecrets(folder);
  try {
    const [postgres, kafka] = await bothOrNone(
      startPostgresIn(options, secrets, runFile),
      startKafkaIn(options, secrets, runFile),
    );
    return {
      secrets,
      adminUrl: postgres.adminUrl,
      brokers: kafka.brokers,
      runFile,
      stop: () => runFile.stopAll(),
    };
  } catch (error) {
    await runFile.stopAll();
    throw error;
  }
}

/** Waits for both, so that nothing is still being started while we clear up after the other's failure. */
async function bothOrNone<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}

async function startPostgresIn(options: ServersOptions, secrets: Secrets, runFile: RunFile): Promise<Postgres> {
  const { folder, ports, say } = options;
  const postgres = await startPostgres({ folder, port: ports.postgres, password: secrets.databases.superuser });
  runFile.add('postgres', postgres.child, [ports.postgres]);
  if (postgres.outside !== undefined) {
    say(`PostgreSQL's user cannot reach this checkout: its data and programs are in ${postgres.outside}.`);
  }
  await makeDatabases(postgres.adminUrl, secrets.databases);
  say(`PostgreSQL is ready on port ${ports.postgres}.`);
  return postgres;
}

async function startKafkaIn(options: ServersOptions, secrets: Secrets, runFile: RunFile): Promise<KafkaServer> {
  const { folder, ports, say } = options;
  const kafka = await startKafka({
    folder,
    port: ports.kafka,
    controllerPort: ports.kafkaController,
    clusterId: secrets.kafkaClusterId,
    passwords: secrets.kafka,
    say,
  });
  runFile.add('kafka', kafka.child, [ports.kafka, ports.kafkaController]);
  await makeTopicsAndRights(kafka.brokers, secrets.kafka.admin, options.partitions ?? 4);
  say(`Kafka is ready on port ${ports.kafka}.`);
  return kafka;
}
