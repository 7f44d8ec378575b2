import { baseEnv, databaseEnv, jwk, kafkaEnv, secret } from '@garda/service';
import { lines, principalOf, type Context, type LineName } from '@garda/contracts';
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

/** Names of a line's topics; a spec that shares a broker gives its own. */
export interface LineTopics {
  readonly topics: Readonly<Record<Context, string>>;
  /** Consumer groups begin with it; the right to read as a group hangs on it. */
  readonly groups: string;
}

export type TopicNames = Readonly<Record<LineName, LineTopics>>;

export function usualTopics(context: Context): TopicNames {
  const of = (line: LineName): LineTopics['topics'] => ({
    intake: lines[line].topic('intake'),
    routing: lines[line].topic('routing'),
    resolution: lines[line].topic('resolution'),
  });
  return {
    open: { topics: of('open'), groups: `${principalOf('open', context)}-` },
    restricted: { topics: of('restricted'), groups: `${principalOf('restricted', context)}-` },
  };
}
