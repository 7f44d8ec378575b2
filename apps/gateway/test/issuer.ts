import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { serveJson } from './http-server';

type Claims = Readonly<Record<string, unknown>>;
export interface TokenOptions {
  readonly issuer?: string;
  readonly audience?: string;
  /** Seconds from now; negative: it has ended. */
  readonly endsIn?: number;
  /** Signed by a key that is not the provider's. */
  readonly forged?: boolean;
}

/** An OpenID provider as far as a verifier sees it: discovery, keys, and tokens with any claims. */
export async function startIssuer() {
  const [own, foreign] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  const jwk: JWK = { ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
  const server = await serveJson(({ path }) =>
    path === '/jwks' ? { body: { keys: [jwk] } } : { body: { issuer: server.url, jwks_uri: `${server.url}/jwks` } },
  );
  const token = (claims: Claims, of: TokenOptions = {}): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'one', typ: 'at+jwt' })
      .setIssuer(of.issuer ?? server.url)
      .setAudience(of.audience ?? 'garda')
      .setIssuedAt(now - 600)
      .setExpirationTime(now + (of.endsIn ?? 300))
      .sign(of.forged === true ? foreign.privateKey : own.privateKey);
  };
  return { url: server.url, stop: server.stop, start: server.start, token };
}
export type Issuer = Awaited<ReturnType<typeof startIssuer>>;
