import { databaseUrl } from './databases';
import { databaseServices, inCapitals, restrictedPrincipals } from './names';
import type { DatabaseService } from './names';
import type { Ports } from './ports';
import type { Secrets } from './secrets';

/** How each service reaches its database and Kafka, whoever runs them. */
export interface Connections {
  readonly databases: Readonly<Record<DatabaseService, DatabaseUrls>>;
  readonly kafka: {
    readonly brokers: string;
    readonly ssl: string;
    readonly users: Readonly<Record<KafkaUser, KafkaLogin>>;
  };
}

interface DatabaseUrls {
  readonly app: string;
  /** Absent when the owner of an existing database migrates it by other means. */
  readonly owner?: string;
}

interface KafkaLogin {
  readonly username: string;
  readonly password: string;
}

const kafkaUsers = [...databaseServices, ...restrictedPrincipals, 'analyst'] as const;
type KafkaUser = (typeof kafkaUsers)[number];

/** Which existing servers the environment names; what it does not name, we start ourselves. */
export interface ExistingServers {
  readonly databases?: Connections['databases'];
  readonly kafka?: Connections['kafka'];
}

/**
 * Reads DATABASE_URL_INTAKE, DATABASE_OWNER_URL_INTAKE and their sisters, and KAFKA_BROKERS with KAFKA_SSL and
 * KAFKA_USERNAME_INTAKE, KAFKA_PASSWORD_INTAKE and their sisters. Throws when some of a kind are given and some not.
 */
export function existingServers(env: NodeJS.ProcessEnv): ExistingServers {
  return { ...existingDatabases(env), ...existingKafka(env) };
}

function existingDatabases(env: NodeJS.ProcessEnv): Pick<ExistingServers, 'databases'> {
  const variable = (service: DatabaseService): string => `DATABASE_URL_${service.toUpperCase()}`;
  const given = databaseServices.filter((service) => env[variable(service)] !== undefined);
  if (given.length === 0) {
    return {};
  }
  const missing = databaseServices.filter((service) => !given.includes(service)).map(variable);
  if (missing.length > 0) {
    throw new Error(`To use existing databases all four are needed: ${missing.join(', ')} must be set too.`);
  }
  const urls = (service: DatabaseService): DatabaseUrls => {
    const owner = env[`DATABASE_OWNER_URL_${service.toUpperCase()}`];
    return { app: env[variable(service)] ?? '', ...(owner === undefined ? {} : { owner }) };
  };
  return { databases: perUser(databaseServices, urls) };
}

function existingKafka(env: NodeJS.ProcessEnv): Pick<ExistingServers, 'kafka'> {
  const brokers = env['KAFKA_BROKERS'];
  if (brokers === undefined) {
    return {};
  }
  const login = (user: KafkaUser): KafkaLogin => ({
    username: env[`KAFKA_USERNAME_${inCapitals(user)}`] ?? '',
    password: env[`KAFKA_PASSWORD_${inCapitals(user)}`] ?? '',
  });
  const users = perUser(kafkaUsers, login);
  return { kafka: { brokers, ssl: env['KAFKA_SSL'] ?? 'false', users } };
}

/** The existing servers where there are some, else ours. */
export function connectionsTo(existing: ExistingServers, secrets: Secrets, ports: Ports): Connections {
  const ownUrls = (service: DatabaseService): DatabaseUrls => ({
    app: databaseUrl(ports.postgres, service, 'app', secrets.databases[service].app),
    owner: databaseUrl(ports.postgres, service, 'owner', secrets.databases[service].owner),
  });
  const ownLogin = (user: KafkaUser): KafkaLogin => ({ username: user, password: secrets.kafka[user] });
  return {
    databases: existing.databases ?? perUser(databaseServices, ownUrls),
    kafka: existing.kafka ?? {
      brokers: `127.0.0.1:${ports.kafka}`,
      ssl: 'false',
      users: perUser(kafkaUsers, ownLogin),
    },
  };
}

function perUser<U extends string, T>(users: readonly U[], make: (user: U) => T): Record<U, T> {
  return Object.fromEntries(users.map((user) => [user, make(user)])) as Record<U, T>;
}
