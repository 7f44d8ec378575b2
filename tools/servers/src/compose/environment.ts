import { databaseServices, inCapitals, kafkaPrincipals } from '../names';
import type { Secrets } from '../secrets';

/** What docker/compose.yaml takes from docker/.env: every secret of an instance, each under a name of its own. */
export function composeEnvironment(secrets: Secrets, grafanaPassword: string): Readonly<Record<string, string>> {
  const perService = (make: (service: (typeof databaseServices)[number]) => Record<string, string>) =>
    Object.assign({}, ...databaseServices.map(make)) as Record<string, string>;
  return {
    POSTGRES_SUPERUSER_PASSWORD: secrets.databases.superuser,
    ...perService((service) => ({
      [`POSTGRES_PASSWORD_${inCapitals(service)}_OWNER`]: secrets.databases[service].owner,
      [`POSTGRES_PASSWORD_${inCapitals(service)}_APP`]: secrets.databases[service].app,
      [`GARDA_REQUEST_HASH_KEY_${inCapitals(service)}`]: secrets.requestHashKeys[service],
    })),
    ...Object.fromEntries(kafkaPrincipals.map((name) => [`KAFKA_PASSWORD_${inCapitals(name)}`, secrets.kafka[name]])),
    KAFKA_CLUSTER_ID: secrets.kafkaClusterId,
    GARDA_MASTER_KEY: secrets.masterKey,
    GARDA_CODE_KEY: secrets.codeKey,
    GARDA_NUMBER_KEY: secrets.numberKey,
    GARDA_GATEWAY_PRIVATE_JWK: JSON.stringify(secrets.gatewayKey.private),
    GARDA_GATEWAY_PUBLIC_JWK: JSON.stringify(secrets.gatewayKey.public),
    GARDA_IDENTITY_JWKS: JSON.stringify(secrets.identityKeys),
    GARDA_CLIENT_SECRETS: JSON.stringify(secrets.clients),
    GARDA_CLIENT_SECRET_SETUP: secrets.clients.setup,
    GRAFANA_ADMIN_PASSWORD: grafanaPassword,
  };
}

/** A value of the environment, or one sentence about its absence. */
export function needed(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set.`);
  return value;
}

/** One value for each of these names, from variables that end in the name in capitals. */
export function neededPer<N extends string>(
  env: NodeJS.ProcessEnv,
  names: readonly N[],
  variable: (upperName: string) => string,
): Record<N, string> {
  return Object.fromEntries(names.map((name) => [name, needed(env, variable(inCapitals(name)))])) as Record<N, string>;
}
