import { migrate, type MigrationClass } from '@garda/event-store';
import type { KafkaSettings } from '@garda/messaging';
import type { z } from 'zod';
import type { CaseClock } from './case-clock';
import type { databaseEnv, kafkaEnv } from './config';

/** The broker as the environment names it; without a name nobody signs in. */
export function kafkaSettings(config: z.infer<typeof kafkaEnv>, clientId: string): KafkaSettings {
  const { KAFKA_BROKERS: brokers, KAFKA_SSL: ssl, KAFKA_USERNAME: username, KAFKA_PASSWORD: password } = config;
  const sasl = username === undefined || password === undefined ? {} : { sasl: { username, password } };
  return { brokers, clientId, ssl, ...sasl };
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
