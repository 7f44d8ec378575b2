import { baseEnv, databaseEnv, jwk, kafkaEnv, secret } from '@garda/service';
import { z } from 'zod';

const variables = z.object({
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
  /** By which way people who left an address are told that there is news. */
  GARDA_MESSAGE_CHANNEL: z.enum(['file', 'http']).default('file'),
  /** Where the HTTP channel posts to. Names of users have no place in it. */
  GARDA_MESSAGE_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Signs what the HTTP channel posts; shared with its receiver. */
  GARDA_MESSAGE_KEY: secret.optional(),
  /** The one `jurisdiction_id` of Open311. */
  GARDA_JURISDICTION: z.string().min(1).max(100).default('batang.go.id'),
  /** The office's zone: which day a disclosure belongs to. */
  GARDA_ZONE: z.string().min(1).default('Asia/Jakarta'),
  /** How the public reaches this service; without it the address the caller used. */
  GARDA_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
});

/** Everything intake reads from its environment; nothing else is ever looked up. */
export const intakeEnv = variables.superRefine((env, { addIssue }) => {
  const wrong = (name: string, message: string): void => addIssue({ code: 'custom', path: [name], message });
  const { GARDA_MESSAGE_CHANNEL: channel, GARDA_MESSAGE_URL: url, GARDA_MESSAGE_KEY: key } = env;
  if (channel === 'http' && url === undefined) wrong('GARDA_MESSAGE_URL', 'is missing: the HTTP channel posts there');
  if (channel === 'http' && key === undefined) wrong('GARDA_MESSAGE_KEY', 'is missing: it signs what is posted');
  if (url === undefined) return;
  const { protocol, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') wrong('GARDA_MESSAGE_URL', 'holds a user or a password');
  const onThisMachine = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  if (env.GARDA_MODE === 'production' && protocol === 'http:' && !onThisMachine)
    wrong('GARDA_MESSAGE_URL', 'production needs https: addresses of persons go there');
});
export type IntakeConfig = z.infer<typeof intakeEnv>;
