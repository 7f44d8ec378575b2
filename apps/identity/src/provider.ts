import { randomBytes } from 'node:crypto';
import {
  interactionPolicy,
  Provider,
  type Account,
  type ClientMetadata,
  type Configuration,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import { programs, type IdentityConfig } from './config';
import type { DemoPerson } from './staff';

/** The one API there is; its tokens carry the audience `garda`. */
const api = 'urn:garda:api';
const staffClient = 'garda-staff';

/**
 * A real OpenID Connect provider in memory: staff by authorisation code with PKCE, programs by client credentials.
 * Access tokens are JWTs that name unit and roles, never a person's name; that stands in the id token only.
 */
export function createProvider(config: IdentityConfig, persons: readonly DemoPerson[]): Provider {
  const byId = new Map(persons.map((person) => [person.id, person]));
  const alg = config.GARDA_IDENTITY_JWKS.keys[0]?.alg ?? 'ES256';
  const provider = new Provider(config.OIDC_ISSUER, {
    clients: clientsOf(config, alg),
    jwks: config.GARDA_IDENTITY_JWKS as NonNullable<Configuration['jwks']>,
    findAccount: (_, id) => accountOf(byId.get(id)),
    extraTokenClaims: (_, token) => {
      if (token.kind === 'ClientCredentials') return { program: token.clientId };
      const person = byId.get(token.accountId);
      return person === undefined ? undefined : { unit: person.unit, roles: person.roles };
    },
    claims: { openid: ['sub'], profile: ['name', 'unit', 'roles'] },
    conformIdTokenClaims: false,
    scopes: ['openid', 'profile'],
    pkce: { required: () => true },
    interactions: { url: (_, { uid }) => `/interaction/${uid}`, policy: signInOnly() },
    // Sessions end with the process: nobody should stay signed in to a demo.
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    loadExistingGrant: grantEverything,
    ttl: { AccessToken: 15 * 60, ClientCredentials: 15 * 60, Session: 12 * 3600, Interaction: 600, Grant: 12 * 3600 },
    features: featuresOf(alg),
    renderError: (ctx, { error }) => {
      ctx.type = 'text/plain';
      ctx.body = `${error}\n`; // the description may repeat what a stranger sent
    },
  });
  return provider;
}

function featuresOf(alg: string): NonNullable<Configuration['features']> {
  return {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => api,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: '',
        audience: 'garda',
        accessTokenFormat: 'jwt' as const,
        accessTokenTTL: 15 * 60,
        jwt: { sign: { alg: alg as 'ES256' } },
      }),
    },
  };
}

/** One page, not two: the provider would ask a person for consent to every native client, and ours is our own. */
function signInOnly() {
  const policy = interactionPolicy.base();
  policy.get('consent')?.checks.remove('native_client_prompt');
  return policy;
}

function clientsOf(config: IdentityConfig, alg: string): ClientMetadata[] {
  const algorithm = { id_token_signed_response_alg: alg as 'ES256' };
  return [
    {
      client_id: staffClient,
      application_type: 'native', // then any port of the loopback address is its redirect address (RFC 8252, 7.3)
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: ['http://127.0.0.1/callback'],
      ...algorithm,
    },
    ...programs.map((program) => ({
      client_id: program,
      client_secret: config.GARDA_CLIENT_SECRETS[program],
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
      ...algorithm,
    })),
  ];
}

function accountOf(person: DemoPerson | undefined): Account | undefined {
  if (person === undefined) return undefined;
  const { id, name, unit, roles } = person;
  return { accountId: id, claims: () => ({ sub: id, name, unit, roles }) };
}

/** No page asks a demo person whether our own client may know him. */
async function grantEverything(ctx: KoaContextWithOIDC) {
  const { client, session, provider } = ctx.oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const known = session.grantIdFor(client.clientId);
  if (known !== undefined) return provider.Grant.find(known);
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid profile');
  await grant.save();
  return grant;
}
