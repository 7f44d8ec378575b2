import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { OidcVerifier } from './oidc-verifier';

describe('a bearer of any OpenID Connect provider', () => {
  let provider: Server;
  let issuer: string;
  let key: Awaited<ReturnType<typeof generateKeyPair>>;
  let jwk: JWK;
  beforeAll(async () => {
    key = await generateKeyPair('ES256');
    jwk = { ...(await exportJWK(key.publicKey)), alg: 'ES256', kid: 'k' };
    provider = createServer((request, response) => {
      const found = { issuer, jwks_uri: `${issuer}/keys` };
      response.end(JSON.stringify(request.url === '/keys' ? { keys: [jwk] } : found));
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    provider.closeAllConnections();
    await new Promise((resolve) => provider.close(resolve));
  });

  const staff = { unit: 'dpupr', roles: ['agency_officer'] };
  const made = async (claims: Record<string, unknown>, more: { aud?: string; iss?: string; exp?: string } = {}) =>
    `Bearer ${await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .setSubject('budi')
      .setIssuer(more.iss ?? issuer)
      .setAudience(more.aud ?? 'garda')
      .setExpirationTime(more.exp ?? '5m')
      .sign(key.privateKey)}`;
  const verify = (authorization?: string, at = issuer) => new OidcVerifier({ issuer: at }).verify(authorization);

  it('is a staff member with unit and roles, or a program', async () => {
    expect(await verify(await made(staff))).toEqual({
      actor: { kind: 'staff', id: 'budi', unit: 'dpupr' },
      roles: ['agency_officer'],
    });
    expect(await verify(await made({ program: 'import' }))).toMatchObject({ program: 'import', roles: [] });
  });

  it('is nobody without a token, or with one that is forged, stale or for somebody else', async () => {
    await expect(verify()).rejects.toMatchObject({ code: 'TOKEN_MISSING' });
    await expect(verify(await made(staff, { exp: '-1m' }))).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    const [head, , signature] = (await made(staff)).split('.');
    const forged = Buffer.from(JSON.stringify({ ...staff, iss: issuer, aud: 'garda', exp: 9e9 })).toString('base64url');
    for (const wrong of [
      `${head}.${forged}.${signature}`,
      await made(staff, { aud: 'else' }),
      await made(staff, { iss: 'https://else' }),
      await made({ roles: ['agency_officer'] }),
      'Bearer nonsense',
    ])
      await expect(verify(wrong)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  });

  it('cannot be known while the provider is away, and can once it is back', async () => {
    const away = 'http://127.0.0.1:9';
    await expect(verify(await made(staff, { iss: away }), away)).rejects.toMatchObject({
      code: 'IDENTITY_UNAVAILABLE',
    });
    const verifier = new OidcVerifier({ issuer });
    const real = issuer;
    issuer = 'http://other'; // the provider now speaks for somebody else
    await expect(verifier.verify(await made(staff))).rejects.toMatchObject({ code: 'IDENTITY_UNAVAILABLE' });
    issuer = real;
    expect(await verifier.verify(await made(staff))).toMatchObject({ actor: { id: 'budi' } });
  });
});
