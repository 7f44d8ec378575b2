import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { ConfigError, LoginError, OidcVerifier, programToken, tokenFor } from '@garda/service';
import { programs } from './config';
import { startIdentity, type RunningIdentity } from './server';

const secrets = Object.fromEntries(programs.map((p) => [p, randomBytes(32).toString('hex')]));
const staff = `persons:
  - { id: siti, name: Siti Rahma, unit: 33.25.01.2001, roles: [village_officer] }
  - { id: budi, name: Budi, unit: dpupr, roles: [agency_officer, agency_head] }
`;

describe('the embedded identity provider', () => {
  const catalogue = mkdtempSync(join(tmpdir(), 'garda-identity-'));
  const jwks = JSON.stringify({ keys: [signingKey()] });
  let issuer: string;
  let identity: RunningIdentity;
  const env = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    GARDA_MODE: 'test',
    PORT: new URL(issuer).port,
    OIDC_ISSUER: issuer,
    GARDA_CATALOGUE: catalogue,
    GARDA_IDENTITY_JWKS: jwks,
    GARDA_CLIENT_SECRETS: JSON.stringify(secrets),
    LOG_LEVEL: 'silent',
    ...more,
  });
  const bearer = async (token: Promise<string>) => `Bearer ${await token}`;

  beforeAll(async () => {
    writeFileSync(join(catalogue, 'staff.demo.yaml'), staff);
    issuer = `http://127.0.0.1:${await freePort()}`;
    identity = await startIdentity(env());
  });
  afterAll(async () => {
    await identity.close();
    rmSync(catalogue, { recursive: true });
  });

  it('signs a demo person in by authorisation code with PKCE', async () => {
    const who = await new OidcVerifier({ issuer }).verify(await bearer(tokenFor({ issuer, personId: 'budi' })));
    expect(who).toEqual({
      actor: { kind: 'staff', id: 'budi', unit: 'dpupr' },
      roles: ['agency_officer', 'agency_head'],
    });
  });

  it('puts no name of a person into an access token', async () => {
    const token = await tokenFor({ issuer, personId: 'siti' });
    expect(decodeJwt(token)).toMatchObject({ sub: 'siti', aud: 'garda', iss: issuer, unit: '33.25.01.2001' });
    expect(JSON.stringify(decodeJwt(token))).not.toContain('Rahma');
    expect(decodeProtectedHeader(token)).toMatchObject({ typ: 'at+jwt', alg: 'ES256', kid: 'identity-1' });
  });

  it('lets nobody in who is no demo person', async () => {
    await expect(tokenFor({ issuer, personId: 'mallory' })).rejects.toMatchObject({ code: 'login_refused' });
  });

  it('shows a page on which everybody can be picked', async () => {
    const page = await loginPage();
    expect(page).toContain('Siti Rahma');
    expect(page).toContain('value="budi"');
    expect(page).toContain('Hanya untuk demo');
  });

  it('refuses a login page that nobody asked for, a code without PKCE and a redirect to elsewhere', async () => {
    expect((await fetch(`${issuer}/interaction/abcdefghijklmnop`)).status).toBe(400);
    const ask = new URLSearchParams({ client_id: 'garda-staff', response_type: 'code', scope: 'openid' });
    ask.set('redirect_uri', 'http://127.0.0.1:9/callback');
    const withoutPkce = await fetch(`${issuer}/auth?${ask.toString()}`, { redirect: 'manual' });
    expect(withoutPkce.headers.get('location')).toContain('error=invalid_request');
    ask.set('redirect_uri', 'https://evil.example/callback');
    expect((await fetch(`${issuer}/auth?${ask.toString()}`, { redirect: 'manual' })).status).toBe(400);
  });

  it.each(['setup', 'operations', 'import'])('gives the program %s a token by its secret', async (program) => {
    const secret = secrets[program] ?? '';
    const who = await new OidcVerifier({ issuer }).verify(await bearer(programToken({ issuer, program, secret })));
    expect(who).toEqual({ actor: { kind: 'program', id: program }, roles: [], program });
    await expect(programToken({ issuer, program, secret: 'guess' })).rejects.toBeInstanceOf(LoginError);
  });

  it('keeps its keys over a restart, so that tokens stay good', async () => {
    const token = bearer(tokenFor({ issuer, personId: 'siti' }));
    const before = await token;
    await identity.close();
    identity = await startIdentity(env());
    expect(await new OidcVerifier({ issuer }).verify(before)).toMatchObject({ actor: { id: 'siti' } });
  });

  it('does not exist in production, and says what is wrong with its environment', async () => {
    await expect(startIdentity(env({ GARDA_MODE: 'production' }))).rejects.toThrow(/GARDA_MODE: must be demo or test/);
    const wrong = startIdentity(env({ GARDA_IDENTITY_JWKS: 'x', GARDA_CLIENT_SECRETS: '{"setup":"short"}' }));
    await expect(wrong).rejects.toBeInstanceOf(ConfigError);
    await expect(wrong).rejects.toThrow(/GARDA_IDENTITY_JWKS: is no JSON/);
  });

  it('tells file and line of a mistake among the demo persons', async () => {
    writeFileSync(join(catalogue, 'staff.demo.yaml'), `${staff}  - { id: x, name: X, unit: u, roles: [] }\n`);
    await expect(startIdentity(env({ PORT: '0' }))).rejects.toThrow(/staff\.demo\.yaml:4: persons\.2\.roles/);
    writeFileSync(join(catalogue, 'staff.demo.yaml'), `${staff}  - { id: siti, name: X, unit: u, roles: [r] }\n`);
    await expect(startIdentity(env({ PORT: '0' }))).rejects.toThrow(/siti stands there twice/);
  });

  async function loginPage(): Promise<string> {
    const ask = new URLSearchParams({
      client_id: 'garda-staff',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: 'http://127.0.0.1:9/callback',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    });
    const first = await fetch(`${issuer}/auth?${ask.toString()}`, { redirect: 'manual' });
    const cookie = first.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');
    return (await fetch(new URL(first.headers.get('location') ?? '', issuer), { headers: { cookie } })).text();
  }
});

function signingKey(): object {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig', kid: 'identity-1' };
}

/** Asks the system; the issuer's address must be known before the server starts. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
