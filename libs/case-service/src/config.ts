import { baseEnv, databaseEnv, jwk, kafkaEnv, secret } from '@garda/service';
import type { Context } from '@garda/contracts';
import { z } from 'zod';

/** The environment of a service that decides on cases; nothing else is ever looked up. */
export const caseServiceEnv = z.object({
  ...baseEnv.shape,
  ...databaseEnv.shape,
  ...kafkaEnv.shape,
  GARDA_GATEWAY_PUBLIC_JWK: jwk,
  /** Tells two requests under one Idempotency-Key apart. */
  GARDA_REQUEST_HASH_KEY: secret,
});
export type CaseServiceConfig = z.infer<typeof caseServiceEnv>;

/** Names of topics; a spec that shares a broker gives its own. */
export interface TopicNames {
  readonly open: Readonly<Record<Context, string>>;
  readonly restricted: Readonly<Record<Context, string>>;
  /** Consumer groups begin with it; the right to read as a group hangs on it. */
  readonly groups: string;
}

export function usualTopics(context: Context): TopicNames {
  return {
    open: { intake: 'garda.intake.v1', routing: 'garda.routing.v1', resolution: 'garda.resolution.v1' },
    restricted: {
      intake: 'garda.intake.restricted.v1',
      routing: 'garda.routing.restricted.v1',
      resolution: 'garda.resolution.restricted.v1',
    },
    groups: `${context}-`,
  };
}
