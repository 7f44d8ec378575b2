import { withGateway, type Reply } from '../../test/harness';

const running = withGateway();
const officer = { sub: 'budi', unit: 'dishub', roles: ['agency_officer'] };
const codeOf = ({ status, json }: Reply) => [status, json['code']];

describe('who comes in', () => {
  it('is a bearer of the identity provider', async () => {
    const { get, issuer } = running();
    expect((await get('/inbox', await issuer.token(officer))).status).toBe(200);
  });

  it.each([
    ['no token', undefined],
    ['an empty token', ''],
    ['a name and a password', 'two words'],
  ])('is not one with %s', async (_, token) => {
    const reply = await running().get('/inbox', token);
    expect(codeOf(reply)).toEqual([401, 'TOKEN_MISSING']);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(reply.headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each([
    ['signed by another key', { forged: true }],
    ['made by another provider', { issuer: 'https://elsewhere.example' }],
    ['made for another service', { audience: 'another' }],
  ])('is not one with a token %s', async (_, options) => {
    const { get, issuer } = running();
    expect(codeOf(await get('/inbox', await issuer.token(officer, options)))).toEqual([401, 'TOKEN_INVALID']);
  });

  it('is not one whose claims were changed after signing, nor one without a signature', async () => {
    const { get, issuer } = running();
    const [head, , signature] = (await issuer.token(officer)).split('.');
    const claims = Buffer.from(JSON.stringify({ ...officer, roles: ['quality_unit'] })).toString('base64url');
    expect(codeOf(await get('/inbox', `${head}.${claims}.${signature}`))).toEqual([401, 'TOKEN_INVALID']);
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(codeOf(await get('/inbox', `${none}.${claims}.x`))).toEqual([401, 'TOKEN_INVALID']);
  });

  it('is not one whose token has ended', async () => {
    const { get, issuer } = running();
    expect(codeOf(await get('/inbox', await issuer.token(officer, { endsIn: -60 })))).toEqual([401, 'TOKEN_EXPIRED']);
  });

  it('is not one whose token names neither a unit nor a program', async () => {
    const { get, issuer } = running();
    expect(codeOf(await get('/inbox', await issuer.token({ sub: 'budi' })))).toEqual([401, 'TOKEN_INVALID']);
  });

  it('has no right by a role that nobody knows, and hears so in his language', async () => {
    const { get, issuer } = running();
    const token = await issuer.token({ ...officer, roles: ['emperor'] });
    const reply = await get('/inbox', token, { 'accept-language': 'id' });
    expect(codeOf(reply)).toEqual([403, 'RIGHT_MISSING']);
    expect(reply.json['title']).toBe('Peran Anda tidak berhak melakukan ini');
  });
});

describe('the reference page', () => {
  it('lists every command with its verb, made from the contract', async () => {
    const { json } = await running().get('/openapi.json');
    const paths = json['paths'] as Record<string, Record<string, Record<string, unknown>>>;
    expect(json['openapi']).toBe('3.1.0');
    expect(paths['/cases/{caseId}/link-duplicate']?.['post']?.['x-verb']).toBe('duplicate.link');
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/inbox', '/cases', '/cases/{caseId}', '/catalogue']));
  });

  it('is open, as health is', async () => {
    expect((await running().get('/health/ready')).json['ready']).toBe(true);
    expect((await running().get('/docs')).status).toBe(200);
  });
});
