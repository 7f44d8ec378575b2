import { z } from 'zod';

/** How an instance runs. `production` refuses everything that only helps to show or test. */
export const modes = ['demo', 'test', 'production'] as const;
export type Mode = (typeof modes)[number];

const port = z.coerce.number().int().min(0).max(65535);
const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']);
/** Values that stand in examples; whoever deploys one has no secret. */
const placeholder = /^(change-?me|secret|password|default|example|demo|test|insecure)/i;

/** A key of at least 32 bytes, base64url. Values of examples are refused. */
export const secret = z
  .string()
  .refine((text) => !placeholder.test(text), 'is a value from an example; make one of your own')
  .refine((text) => Buffer.from(text, 'base64url').length >= 32, 'must be at least 32 bytes, base64url');

/** A JSON Web Key as one line of JSON. */
export const jwk = z
  .string()
  .transform((text, ctx) => {
    const parsed = jsonOf(text);
    if (parsed === undefined) ctx.addIssue({ code: 'custom', message: 'is no JSON' });
    return parsed;
  })
  .pipe(z.looseObject({ kty: z.string() }));

/** What every process of the system reads. */
export const baseEnv = z.object({
  GARDA_MODE: z.enum(modes),
  PORT: port,
  /** Address to listen on; the default is for one machine. */
  HOST: z.string().default('127.0.0.1'),
  /** Where Prometheus scrapes, apart from everybody else; without it there are no metrics to see. */
  METRICS_PORT: port.optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: logLevel.default('info'),
  /** Where spans go, by OTLP over HTTP. Absent: none are made. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
});
export type BaseConfig = z.infer<typeof baseEnv>;

export const databaseEnv = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Only to migrate at start; the process forgets it after. Absent: the schema is expected to be current. */
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Where the case clock of an empty log begins. */
  GARDA_CLOCK_START: z.iso.datetime({ offset: true }).optional(),
});

export const kafkaEnv = z.object({
  KAFKA_BROKERS: z
    .string()
    .regex(/^[^\s,]+(,[^\s,]+)*$/, 'must be host:port, separated by commas')
    .transform((text) => text.split(',')),
  KAFKA_USERNAME: z.string().min(1).optional(),
  KAFKA_PASSWORD: z.string().min(1).optional(),
  /** Who reads and writes the restricted topics; absent: whoever reads and writes the open ones. */
  KAFKA_RESTRICTED_USERNAME: z.string().min(1).optional(),
  KAFKA_RESTRICTED_PASSWORD: z.string().min(1).optional(),
  KAFKA_SSL: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
  GARDA_TOPIC_PARTITIONS: z.coerce.number().int().min(1).max(256).default(4),
});

/** Everything that is wrong with the environment, in one message, without a single value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly wrong: readonly string[]) {
    super(`The configuration is wrong:\n${wrong.map((line) => `  ${line}`).join('\n')}`);
  }
}

/**
 * Reads the environment once, at start. Unknown variables are ignored, empty ones count as absent.
 * @throws ConfigError naming every wrong variable.
 */
export function loadConfig<S extends z.ZodType>(schema: S, env: NodeJS.ProcessEnv): z.infer<S> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given, { reportInput: true });
  const wrong = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${wordsOf(issue)}`);
  wrong.push(...refusedInProduction(given));
  if (!parsed.success || wrong.length > 0) throw new ConfigError(wrong);
  return parsed.data;
}

/** Rules over several variables; they hold for every process, whatever its schema reads. */
function refusedInProduction(env: Record<string, string | undefined>): string[] {
  if (env.GARDA_MODE !== 'production') return [];
  const refused: string[] = [];
  if (env.GARDA_CLOCK_START !== undefined)
    refused.push('GARDA_CLOCK_START: the case clock cannot be moved in production');
  if (env.LOG_LEVEL === 'debug' || env.LOG_LEVEL === 'trace')
    refused.push('LOG_LEVEL: debug and trace may show personal data; production refuses them');
  if (env.OIDC_ISSUER?.startsWith('http:'))
    refused.push('OIDC_ISSUER: production needs https; the embedded provider with its demo persons is refused');
  for (const [name, value] of Object.entries(env))
    if (/^GARDA_.*(_KEY|_SECRET|_SECRETS|_JWK|_JWKS)$/.test(name) && value !== undefined && placeholder.test(value))
      refused.push(`${name}: is a value from an example; make one of your own`);
  return refused;
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is missing';
  return issue.message;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // the caller reports it as an issue of the variable
  }
}
