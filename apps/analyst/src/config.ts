import { z } from 'zod';

const text = z.string().min(1);
const environment = z.object({
  KAFKA_BROKERS: text,
  KAFKA_USERNAME: text.optional(),
  KAFKA_PASSWORD: text.optional(),
  KAFKA_SSL: z.enum(['true', 'false']).default('false'),
  /** Only `--compare` needs these two. The token's owner needs the right digest.read. */
  GATEWAY_URL: z.url().optional(),
  GARDA_TOKEN: text.optional(),
});
export type AnalystConfig = z.infer<typeof environment>;

/** The analyst's own login and nothing else: it can read the open topics, and remove its own groups. */
export function readConfig(env: NodeJS.ProcessEnv): AnalystConfig {
  // An empty variable is as good as none: that is how shells unset.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = environment.safeParse(given);
  if (!read.success) throw new Error(`The environment is not complete:\n${z.prettifyError(read.error)}`);
  return read.data;
}
