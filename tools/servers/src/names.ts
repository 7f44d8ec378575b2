/** Services with a database of their own; the gateway's holds projections and cursors only. */
export const databaseServices = ['intake', 'routing', 'resolution', 'gateway'] as const;
export type DatabaseService = (typeof databaseServices)[number];

/** Services with a log, hence with topics. */
export const logServices = ['intake', 'routing', 'resolution'] as const;
export type LogService = (typeof logServices)[number];

/** Every process of the system, in the order in which they start. */
export const services = ['identity', ...databaseServices] as const;
export type ServiceName = (typeof services)[number];

/** The services once more, as they speak to Kafka about what is restricted. */
export const restrictedPrincipals = [
  'restricted-intake',
  'restricted-routing',
  'restricted-resolution',
  'restricted-gateway',
] as const;

/** Who may speak to Kafka. `broker` and `controller` are the node itself, `admin` makes topics and rights. */
export const kafkaPrincipals = [
  'broker',
  'controller',
  'admin',
  ...databaseServices,
  ...restrictedPrincipals,
  'analyst',
] as const;
export type KafkaPrincipal = (typeof kafkaPrincipals)[number];

/** A name as it stands in a name of an environment variable. */
export const inCapitals = (name: string): string => name.toUpperCase().replaceAll('-', '_');

/** Programs with client credentials at the identity provider; their rights stand in roles.yaml. */
export const programs = ['setup', 'operations', 'import', 'payment_channel'] as const;
export type Program = (typeof programs)[number];

export const openTopic = (service: LogService): string => `garda.${service}.v1`;
export const restrictedTopic = (service: LogService): string => `garda.${service}.restricted.v1`;
