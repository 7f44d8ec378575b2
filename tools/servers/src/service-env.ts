import { join } from 'node:path';
import { plainEnvironment } from './child';
import type { Connections } from './connections';
import { databaseServices, services } from './names';
import type { DatabaseService, ServiceName } from './names';
import { metricsPortName, type Ports } from './ports';
import type { Secrets } from './secrets';
import { usualPartitions } from './servers';

export type Mode = 'demo' | 'test' | 'production';

export interface ServiceSettings {
  readonly folder: string;
  readonly mode: Mode;
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly connections: Connections;
  /** The folder of the catalogue, absolute. */
  readonly catalogue: string;
  readonly jurisdiction: string;
  readonly zone: string;
  /** Where the case clock of an empty log begins. */
  readonly clockStart: string | undefined;
  readonly logLevel: string;
}

type Environment = Readonly<Record<string, string>>;

export function urlsOf(ports: Ports): Readonly<Record<ServiceName, string>> {
  return Object.fromEntries(services.map((name) => [name, `http://127.0.0.1:${ports[name]}`])) as Record<
    ServiceName,
    string
  >;
}

/** Where Prometheus scrapes each service that has numbers. */
export function metricsUrlsOf(ports: Ports): Readonly<Record<DatabaseService, string>> {
  const urls = databaseServices.map((name) => [name, `http://127.0.0.1:${ports[metricsPortName(name)]}/metrics`]);
  return Object.fromEntries(urls) as Record<DatabaseService, string>;
}

/** The whole environment of one service: its own secrets and nobody else's. */
export function serviceEnvironment(service: ServiceName, settings: ServiceSettings): NodeJS.ProcessEnv {
  return {
    ...plainEnvironment(),
    ...telemetry(),
    NODE_ENV: 'production',
    GARDA_MODE: settings.mode,
    LOG_LEVEL: settings.logLevel,
    PORT: String(settings.ports[service]),
    ...ownPart(service, settings),
  };
}

/** Where the caller's own collector is, if he has one. */
function telemetry(): Environment {
  return ofCaller('OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG');
}

function ofCaller(...names: readonly string[]): Environment {
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}

function ownPart(service: ServiceName, settings: ServiceSettings): Environment {
  switch (service) {
    case 'identity':
      return identityPart(settings);
    case 'intake':
      return { ...commonPart(service, settings), ...verifierPart(settings), ...intakePart(settings) };
    case 'routing':
    case 'resolution':
      return { ...commonPart(service, settings), ...verifierPart(settings) };
    case 'gateway':
      return { ...commonPart(service, settings), ...verifierPart(settings), ...gatewayPart(settings) };
  }
}

/** What every service with a database needs. */
function commonPart(service: DatabaseService, settings: ServiceSettings): Environment {
  const { databases, kafka } = settings.connections;
  const { app, owner } = databases[service];
  const { username, password } = kafka.users[service];
  return {
    METRICS_PORT: String(settings.ports[metricsPortName(service)]),
    DATABASE_URL: app,
    ...(owner === undefined ? {} : { DATABASE_OWNER_URL: owner }),
    KAFKA_BROKERS: kafka.brokers,
    KAFKA_SSL: kafka.ssl,
    ...(username === '' ? {} : { KAFKA_USERNAME: username, KAFKA_PASSWORD: password }),
    ...restrictedPart(kafka.users[`restricted-${service}`]),
    GARDA_TOPIC_PARTITIONS: String(usualPartitions),
    GARDA_REQUEST_HASH_KEY: settings.secrets.requestHashKeys[service],
    GARDA_ZONE: settings.zone,
    ...(settings.clockStart === undefined ? {} : { GARDA_CLOCK_START: settings.clockStart }),
  };
}

/** By whom the restricted topics are read and written. */
function restrictedPart({ username, password }: Connections['kafka']['users'][DatabaseService]): Environment {
  return username === '' ? {} : { KAFKA_RESTRICTED_USERNAME: username, KAFKA_RESTRICTED_PASSWORD: password };
}

function verifierPart({ secrets }: ServiceSettings): Environment {
  return { GARDA_GATEWAY_PUBLIC_JWK: JSON.stringify(secrets.gatewayKey.public) };
}

function intakePart({ secrets, folder, jurisdiction, ports }: ServiceSettings): Environment {
  return {
    GARDA_MASTER_KEY: secrets.masterKey,
    GARDA_CODE_KEY: secrets.codeKey,
    GARDA_NUMBER_KEY: secrets.numberKey,
    GARDA_OUTBOX: join(folder, 'outbox'),
    GARDA_JURISDICTION: jurisdiction,
    GARDA_PUBLIC_URL: urlsOf(ports).intake,
    ...ofCaller('GARDA_MESSAGE_CHANNEL', 'GARDA_MESSAGE_URL', 'GARDA_MESSAGE_KEY'),
  };
}

function gatewayPart({ secrets, ports, catalogue }: ServiceSettings): Environment {
  const urls = urlsOf(ports);
  return {
    GARDA_GATEWAY_PRIVATE_JWK: JSON.stringify(secrets.gatewayKey.private),
    OIDC_ISSUER: urls.identity,
    INTAKE_URL: urls.intake,
    ROUTING_URL: urls.routing,
    RESOLUTION_URL: urls.resolution,
    GARDA_CATALOGUE: catalogue,
    GARDA_PUBLIC_URL: urls.intake,
  };
}

function identityPart({ secrets, ports, catalogue }: ServiceSettings): Environment {
  return {
    OIDC_ISSUER: urlsOf(ports).identity,
    GARDA_CATALOGUE: catalogue,
    GARDA_IDENTITY_JWKS: JSON.stringify(secrets.identityKeys),
    GARDA_CLIENT_SECRETS: JSON.stringify(secrets.clients),
  };
}
