import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';

const redirectUri = 'http://127.0.0.1/callback';
const tokensSchema = z.object({ access_token: z.string(), expires_in: z.number() });
const mostSteps = 12;

/** A sign-in that did not end in a token. `code` is the provider's own, such as `invalid_client`. */
export class LoginError extends Error {
  override readonly name = 'LoginError';
  constructor(
    readonly code: string,
    detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}

export interface DemoLogin {
  readonly issuer: string;
  /** Id of a demo person, as in `staff.demo.yaml`. */
  readonly personId: string;
  readonly clientId?: string;
}

/**
 * An access token of a demo person, by the real authorisation-code flow with PKCE over HTTP, as a browser would do it:
 * the login page of the embedded provider is fetched and answered. For the operator's command line and for tests.
 * @throws LoginError
 */
export async function tokenFor({ issuer, personId, clientId = 'garda-staff' }: DemoLogin): Promise<string> {
  const verifier = random();
  const state = random();
  const ask = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid profile',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state,
    nonce: random(),
  });
  const back = await signIn(`${base(issuer)}/auth?${ask.toString()}`, personId);
  const code = back.searchParams.get('code');
  if (code === null || back.searchParams.get('state') !== state)
    throw new LoginError(back.searchParams.get('error') ?? 'no_code', 'the provider gave no code for our request');
  return requestToken(issuer, {
    grant_type: 'authorization_code',
    client_id: clientId,
    redirect_uri: redirectUri,
    code,
    code_verifier: verifier,
  });
}

/** An access token of a program (`setup`, `operations`, `import`) by its client credentials. @throws LoginError */
export async function programToken(of: {
  readonly issuer: string;
  readonly program: string;
  readonly secret: string;
}): Promise<string> {
  const pair = [of.program, of.secret].map(encodeURIComponent).join(':');
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  return requestToken(of.issuer, { grant_type: 'client_credentials' }, { authorization });
}

/** Follows the provider like a browser, with its cookies, until it sends us back; answers its login page once. */
async function signIn(start: string, personId: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let at = new URL(start);
  let asked = false;
  let post: URLSearchParams | undefined;
  for (let step = 0; step < mostSteps; step++) {
    const answer = await visit(at, cookies, post);
    const location = answer.headers.get('location');
    if (location !== null) {
      at = new URL(location, at);
      post = undefined;
      if (at.href.startsWith(redirectUri)) return at;
    } else if (answer.status === 200 && !asked) {
      asked = true;
      post = new URLSearchParams({ person: personId });
    } else {
      throw new LoginError('login_refused', `${personId} was not let in (HTTP ${answer.status})`);
    }
  }
  throw new LoginError('login_loop', 'the provider keeps sending us round');
}

async function visit(url: URL, cookies: Map<string, string>, post?: URLSearchParams): Promise<Response> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const init: RequestInit = { redirect: 'manual', headers: { cookie }, signal: AbortSignal.timeout(10_000) };
  const answer = await fetch(url, post === undefined ? init : { ...init, method: 'POST', body: post });
  for (const line of answer.headers.getSetCookie()) {
    const [, name, value] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
    if (name === undefined) continue;
    if (value === undefined || value === '') cookies.delete(name);
    else cookies.set(name, value);
  }
  return answer;
}

async function requestToken(
  issuer: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<string> {
  const answer = await fetch(`${base(issuer)}/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers,
    signal: AbortSignal.timeout(10_000),
  });
  const body = (await answer.json()) as { error?: string; error_description?: string };
  if (!answer.ok) throw new LoginError(body.error ?? 'no_token', body.error_description ?? `HTTP ${answer.status}`);
  return tokensSchema.parse(body).access_token;
}

const base = (issuer: string) => issuer.replace(/\/$/, '');
const random = () => randomBytes(32).toString('base64url');
