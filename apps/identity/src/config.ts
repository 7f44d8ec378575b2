import { z } from 'zod';
import { baseEnv } from '@garda/service';

/** Programs of roles.yaml that sign in by client credentials. */
export const programs = ['setup', 'operations', 'import', 'payment_channel'] as const;

const json = z.string().transform((text, ctx): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    ctx.addIssue({ code: 'custom', message: 'is no JSON' });
    return z.NEVER;
  }
});
const clientSecret = z.string().min(32, 'must have at least 32 characters');

export const identityEnv = baseEnv.extend({
  GARDA_MODE: z.enum(['demo', 'test'], 'must be demo or test: this provider signs anybody in, without a password'),
  OIDC_ISSUER: z.url(),
  /** Folder with `staff.demo.yaml`. */
  GARDA_CATALOGUE: z.string().min(1),
  /** Private signing keys, so that tokens outlive a restart. */
  GARDA_IDENTITY_JWKS: json.pipe(
    z.object({ keys: z.array(z.looseObject({ kty: z.string(), alg: z.string(), kid: z.string() })).min(1) }),
  ),
  GARDA_CLIENT_SECRETS: json.pipe(z.record(z.enum(programs), clientSecret)),
});
export type IdentityConfig = z.infer<typeof identityEnv>;
