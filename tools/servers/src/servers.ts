import { makeDatabases } from './databases';
import { makeFolder } from './folders';
import { startKafka } from './kafka';
import type { Ports } from './ports';
import { startPostgres } from './postgres';
import { RunFile } from './run-file';
import { loadSecrets } from './secrets';
import type { Secrets } from './secrets';
import { makeTopicsAndRights } from './topics';

export const usualPartitions = 4;

export interface ServersOptions {
  /** Data, logs, secrets and run.json of this instance. */
  readonly folder: string;
  readonly ports: Ports;
  readonly say: (line: string) => void;
  /** Which of the two to start; what is not started is expected to exist elsewhere. */
  readonly start?: { readonly postgres: boolean; readonly kafka: boolean };
}

export interface Servers {
  readonly secrets: Secrets;
  /** URL of PostgreSQL's superuser; empty when ours was not started. */
  readonly adminUrl: string;
  /** Empty when ours was not started. */
  readonly brokers: string;
  readonly runFile: RunFile;
  stop(): Promise<void>;
}

/** Starts PostgreSQL and Kafka of one instance, with databases, roles, topics and rights made. */
export async function startServers(options: ServersOptions): Promise<Servers> {
  const folder = makeFolder(options.folder);
  const runFile = await RunFile.take(folder, options.say);
  const { postgres, kafka } = options.start ?? { postgres: true, kafka: true };
  const release = stopOnSignal(runFile, options.say);
  try {
    const secrets = loadSecrets(folder);
    const [adminUrl, brokers] = await both(
      postgres ? startPostgresIn(options, secrets, runFile) : Promise.resolve(''),
      kafka ? startKafkaIn(options, secrets, runFile) : Promise.resolve(''),
    );
    const stop = async (): Promise<void> => {
      await runFile.stopAll();
      release();
    };
    return { secrets, adminUrl, brokers, runFile, stop };
  } catch (error) {
    const reason = await afterStopping(runFile, error);
    release();
    throw reason;
  }
}

/** Stops what was started before a failure, and answers the reason: Ctrl-C, when everything ended because of that. */
export async function afterStopping(runFile: RunFile, error: unknown): Promise<unknown> {
  const interrupted = runFile.isStopping();
  await runFile.stopAll();
  return interrupted ? new Error('Stopped before everything was ready.', { cause: error }) : error;
}

/** Waits for both, so that nothing is still being started while we clear up after the other's failure. */
async function both<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}

/** From the first process on, Ctrl-C stops everything in order, however far the start has come. */
function stopOnSignal(runFile: RunFile, say: (line: string) => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const onSignal = (): void => {
    if (!runFile.isStopping()) {
      say('Stopping ...');
      // Whoever started us awaits the same promise and fails with it; here it is only said early.
      runFile.interrupt().catch((error: Error) => say(error.message));
    }
  };
  signals.forEach((signal) => process.on(signal, onSignal));
  return () => signals.forEach((signal) => process.off(signal, onSignal));
}

async function startPostgresIn(options: ServersOptions, secrets: Secrets, runFile: RunFile): Promise<string> {
  const { folder, ports, say } = options;
  const postgres = await startPostgres({
    folder,
    port: ports.postgres,
    password: secrets.databases.superuser,
    onSpawn: (child) => runFile.add('postgres', child, [ports.postgres]),
  });
  if (postgres.outside !== undefined) {
    say(`PostgreSQL's user cannot reach this checkout: its data and programs are in ${postgres.outside}.`);
  }
  await makeDatabases(postgres.adminUrl, secrets.databases);
  say(`PostgreSQL is ready on port ${ports.postgres}.`);
  return postgres.adminUrl;
}

async function startKafkaIn(options: ServersOptions, secrets: Secrets, runFile: RunFile): Promise<string> {
  const { folder, ports, say } = options;
  const kafka = await startKafka({
    folder,
    port: ports.kafka,
    controllerPort: ports.kafkaController,
    clusterId: secrets.kafkaClusterId,
    passwords: secrets.kafka,
    say,
    onSpawn: (child) => runFile.add('kafka', child, [ports.kafka, ports.kafkaController]),
  });
  await makeTopicsAndRights(kafka.brokers, secrets.kafka.admin, { partitions: usualPartitions });
  say(`Kafka is ready on port ${ports.kafka}.`);
  return kafka.brokers;
}
