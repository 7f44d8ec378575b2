import { Kafka, logLevel, type KafkaConfig, type LogEntry } from 'kafkajs';
import type { Logger } from './logger';
import { quietClient } from './quiet-client';

export interface KafkaSettings {
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** SCRAM-SHA-512. Left out only where the broker asks for no proof, which ours does nowhere. */
  readonly sasl?: { readonly username: string; readonly password: string };
  readonly ssl?: boolean;
}

/**
 * A client of the broker. kafkajs keeps the offsets it knows of a group in the client, shared by every consumer of that
 * group made from it: two members of one group in one process need a client each.
 */
export function connectKafka(settings: KafkaSettings, log: Logger): Kafka {
  const config: KafkaConfig = {
    brokers: [...settings.brokers],
    clientId: settings.clientId,
    ssl: settings.ssl ?? false,
    connectionTimeout: 3000,
    requestTimeout: 15000,
    retry: { initialRetryTime: 100, maxRetryTime: 3000, retries: 5 },
    logLevel: logLevel.INFO,
    logCreator: () => (entry) => passOn(log, entry),
  };
  quietClient();
  if (settings.sasl !== undefined) config.sasl = { mechanism: 'scram-sha-512', ...settings.sasl };
  return new Kafka(config);
}

/**
 * kafkajs calls an error what it will retry by itself, and tells everybody that it joined a group. One step down each,
 * so that a line at error level of ours means that somebody has to look.
 */
function passOn(log: Logger, { namespace, level, log: { message, ...extra } }: LogEntry): void {
  const fields = { kafkajs: namespace, error: errorName(extra['error']), groupId: extra['groupId'] };
  if (level === logLevel.ERROR || level === logLevel.WARN) log.warn(fields, message);
  else log.debug(fields, message);
}

/** Its extra fields hold stacks and whole requests: only the name goes on. */
function errorName(error: unknown): string | undefined {
  if (typeof error === 'string') return error;
  return error instanceof Error ? error.name : undefined;
}
