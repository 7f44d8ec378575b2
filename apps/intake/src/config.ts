import { baseEnv, databaseEnv, jwk, kafkaEnv, secret } from '@garda/service';
import { z } from 'zod';

/** Everything intake reads from its environment; nothing else is ever looked up. */
export const intakeEnv = z.object({
  ...baseEnv.shape,
  ...databaseEnv.shape,
  ...kafkaEnv.shape,
  GARDA_GATEWAY_PUBLIC_JWK: jwk,
  /** Tells two requests under one Idempotency-Key apart. */
  GARDA_REQUEST_HASH_KEY: secret,
  /** Wraps the private keys of the vault. */
  GARDA_MASTER_KEY: secret,
  /** Derives tracking codes and their hashes. */
  GARDA_CODE_KEY: secret,
  /** Permutes the series of public numbers. Another key would hand numbers out twice: never changed. */
  GARDA_NUMBER_KEY: secret,
  /** Folder of the file channel: the regency's own gateway takes the messages from there. */
  GARDA_OUTBOX: z.string().min(1),
  /** The one `jurisdiction_id` of Open311. */
  GARDA_JURISDICTION: z.string().min(1).max(100).default('batang.go.id'),
  /** The office's zone: which day a disclosure belongs to. */
  GARDA_ZONE: z.string().min(1).default('Asia/Jakarta'),
  /** How the public reaches this service; without it the address the caller used. */
  GARDA_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
});
export type IntakeConfig = z.infer<typeof intakeEnv>;
