import { createRemoteJWKSet, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Actor } from '@garda/contracts';
import { Problem } from './problem';
import type { Principal } from './request-context';
import { bearerOf, tokenProblem } from './service-token';

const discovered = z.object({ issuer: z.string(), jwks_uri: z.url() });
const roles = z.array(z.string().min(1).max(60)).max(40).default([]);
const claimsSchema = z.union([
  z.object({ program: z.string().min(1).max(60) }),
  z.object({ sub: z.string().min(1).max(80), unit: z.string().min(1).max(60), roles }),
]);

export interface OidcOptions {
  /** `OIDC_ISSUER`: any provider whose access tokens are JWTs with the claims `unit` and `roles`, or `program`. */
  readonly issuer: string;
  readonly audience?: string;
}

/**
 * Who a bearer of the identity provider is: staff by subject, unit and roles, a program by its name. Keys are fetched when first needed and when a token names an unknown one.
 */
export class OidcVerifier {
  private keys: Promise<JWTVerifyGetKey> | undefined;

  constructor(private readonly opts: OidcOptions) {}

  /** @throws Problem TOKEN_MISSING, TOKEN_INVALID, TOKEN_EXPIRED; IDENTITY_UNAVAILABLE when the provider is away. */
  async verify(authorization: string | undefined): Promise<Principal & { readonly program?: string }> {
    const token = bearerOf(authorization);
    const { issuer, audience = 'garda' } = this.opts;
    const options = { issuer, audience, requiredClaims: ['exp'], algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'] };
    const payload = await jwtVerify(token, await this.keySet(), options).then(
      (verified) => verified.payload,
      (error: unknown) => {
        throw unreachable(error) ? new Problem('IDENTITY_UNAVAILABLE') : tokenProblem(error);
      },
    );
    const claims = claimsSchema.safeParse(payload);
    if (!claims.success) throw new Problem('TOKEN_INVALID', 'the claims name neither a program nor a unit');
    if ('program' in claims.data) {
      const { program } = claims.data;
      const actor: Actor = { kind: 'program', id: program };
      return { actor, roles: [], program };
    }
    const { sub, unit } = claims.data;
    return { actor: { kind: 'staff', id: sub, unit }, roles: claims.data.roles };
  }

  private keySet(): Promise<JWTVerifyGetKey> {
    this.keys ??= this.discover().catch((error: unknown) => {
      this.keys = undefined; // the next request asks again
      throw error;
    });
    return this.keys;
  }

  private async discover(): Promise<JWTVerifyGetKey> {
    const url = `${this.opts.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    try {
      const answer = await fetchTwice(url);
      const found = discovered.parse(await answer.json());
      if (found.issuer !== this.opts.issuer) throw new Error(`${url} speaks for ${found.issuer}`);
      return createRemoteJWKSet(new URL(found.jwks_uri), { timeoutDuration: 5000 });
    } catch (cause) {
      const problem = new Problem('IDENTITY_UNAVAILABLE');
      problem.cause = cause;
      throw problem;
    }
  }
}

/** A provider that was restarted leaves dead connections in the pool: the first try meets one of them. */
async function fetchTwice(url: string): Promise<Response> {
  const ask = () => fetch(url, { signal: AbortSignal.timeout(5000) });
  return ask().catch(ask);
}

/** Network errors of `fetch` are TypeErrors; jose's own time-out and odd answers carry these codes. */
function unreachable(error: unknown): boolean {
  if (error instanceof TypeError) return true;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ERR_JWKS_TIMEOUT' || code === 'ERR_JOSE_GENERIC';
}
