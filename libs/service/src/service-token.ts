import { importJWK, jwtVerify, SignJWT, errors, type JWK } from 'jose';
import { z } from 'zod';
import { actorSchema } from '@garda/contracts';
import { Problem } from './problem';

const issuer = 'garda-gateway';
const lifetime = 60; // seconds: long enough for one forwarded command, too short to be worth stealing
const clockTolerance = 5;

const claimsSchema = z.object({
  actor: actorSchema,
  roles: z.array(z.string().max(60)).max(40),
  /** The one thing the bearer may do: a verb of roles.yaml. */
  verb: z.string().min(1).max(60),
  /** The one case he may do it to; absent where there is no case yet. */
  caseId: z.uuid().optional(),
  unit: z.string().max(60).optional(),
  /** The bearer has no right to this now: he may only hear what his earlier request under the same key became. */
  repeatOnly: z.boolean().optional(),
});
/** What the gateway vouches for. The service judges the rest against its own stream. */
export type ServiceClaims = z.infer<typeof claimsSchema>;

type Key = Awaited<ReturnType<typeof importJWK>>;
const imported = new WeakMap<JWK, Promise<Key>>();

/** Ed25519 (JWS compact), one minute, for one service only. */
export async function signServiceToken(privateJwk: JWK, audience: string, claims: ServiceClaims): Promise<string> {
  const { actor } = claims;
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(actor.kind === 'citizen' ? 'citizen' : actor.id)
    .setIssuedAt()
    .setExpirationTime(`${lifetime}s`)
    .sign(await keyOf(privateJwk));
}

/** @throws Problem TOKEN_EXPIRED or TOKEN_INVALID: another issuer, audience, key or algorithm, or claims that do not fit. */
export async function verifyServiceToken(publicJwk: JWK, audience: string, token: string): Promise<ServiceClaims> {
  const payload = await jwtVerify(token, await keyOf(publicJwk), {
    issuer,
    audience,
    algorithms: ['EdDSA'],
    maxTokenAge: lifetime + clockTolerance,
    clockTolerance,
    requiredClaims: ['sub', 'exp', 'iat'],
  }).then(
    (verified) => verified.payload,
    (error: unknown) => {
      throw tokenProblem(error);
    },
  );
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) throw new Problem('TOKEN_INVALID', 'the claims do not fit');
  return claims.data;
}

/** jose's errors in our words; anything else is a fault of ours and stays one. */
export function tokenProblem(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return new Problem('TOKEN_EXPIRED');
  if (error instanceof errors.JOSEError) return new Problem('TOKEN_INVALID', error.code);
  return error;
}

/** The token of `Authorization: Bearer …`; without one TOKEN_MISSING. */
export function bearerOf(authorization: string | undefined): string {
  const token = /^Bearer +([A-Za-z0-9._~+/=-]+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new Problem('TOKEN_MISSING');
  return token;
}

function keyOf(jwk: JWK): Promise<Key> {
  const known = imported.get(jwk);
  if (known !== undefined) return known;
  const key = importJWK(jwk, 'EdDSA');
  imported.set(jwk, key);
  return key;
}
