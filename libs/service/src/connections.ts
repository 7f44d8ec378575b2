import type { LineName } from '@garda/contracts';
import { migrate, type MigrationClass } from '@garda/event-store';
import type { KafkaSettings } from '@garda/messaging';
import type { z } from 'zod';
import type { CaseClock } from './case-clock';
import type { databaseEnv, kafkaEnv } from './config';

/** The broker as the environment names it, signed in for one of the two lines; without a name nobody signs in. */
export function kafkaSettings(config: KafkaEnv, clientId: string, line: LineName = 'open'): KafkaSettings {
  const { KAFKA_BROKERS: brokers, KAFKA_SSL: ssl } = config;
  const [username, password] = line === 'open' ? openPrincipal(config) : restrictedPrincipal(config);
  const sasl = username === undefined || password === undefined ? {} : { sasl: { username, password } };
  return { brokers, clientId, ssl, ...sasl };
}

type KafkaEnv = z.infer<typeof kafkaEnv>;
type Credentials = readonly [name: string | undefined, password: string | undefined];

function openPrincipal({ KAFKA_USERNAME, KAFKA_PASSWORD }: KafkaEnv): Credentials {
  return [KAFKA_USERNAME, KAFKA_PASSWORD];
}

function restrictedPrincipal(config: KafkaEnv): Credentials {
  const { KAFKA_RESTRICTED_USERNAME: name, KAFKA_RESTRICTED_PASSWORD: password } = config;
  return name === undefined ? openPrincipal(config) : [name, password];
}

/**
 * Before anything reads the database: the owner migrates it and is forgotten, and the clock of an empty log begins where
 * it is told to. The rights in the migrations go to the role that `DATABASE_URL` names.
 */
export async function prepareDatabase(
  config: z.infer<typeof databaseEnv>,
  clock: CaseClock,
  migrationsFor: (roles: { readonly appRole: string }) => MigrationClass[],
): Promise<void> {
  const appRole = decodeURIComponent(new URL(config.DATABASE_URL).username);
  if (config.DATABASE_OWNER_URL !== undefined) await migrate(config.DATABASE_OWNER_URL, migrationsFor({ appRole }));
  if (config.GARDA_CLOCK_START !== undefined) await clock.startAt(config.GARDA_CLOCK_START);
}
