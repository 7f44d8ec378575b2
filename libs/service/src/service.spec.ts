import { randomUUID } from 'node:crypto';
import { problems } from './problems';
import { startService, type RunningService } from './run-service';
import { signServiceToken, type ServiceClaims } from './service-token';
import { sampleEnv, sampleKeys, sampleService, type SampleKeys } from './testing/sample-service';

const json = { 'content-type': 'application/json' };
const caseId = '0197a000-0000-7000-8000-000000000001';
const lamp = JSON.stringify({ name: 'L1', place: { lat: 1 } });

describe('a service over HTTP', () => {
  let keys: SampleKeys;
  let service: RunningService;
  beforeAll(async () => {
    keys = await sampleKeys();
    service = await startService(sampleService(keys.publicJwk), { ...sampleEnv, METRICS_PORT: '0' });
    await service.runtime.run();
  });
  afterAll(() => service.close());

  const call = (path: string, init: RequestInit = {}) => fetch(`${service.url}${path}`, init);
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    call(path, { method: 'POST', body, headers: { ...json, ...headers } });
  const problem = async (answer: Response | Promise<Response>) => {
    const got = await answer;
    expect(got.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const body = (await got.json()) as { code: keyof typeof problems; status: number } & Record<string, unknown>;
    expect(body.status).toBe(got.status);
    expect(body.type).toBe(`urn:garda:${body.code}`);
    return body;
  };
  const token = (claims: Partial<ServiceClaims> = {}, audience = 'sample') =>
    signServiceToken(keys.privateJwk, audience, {
      actor: { kind: 'staff', id: 'budi', unit: 'dpupr' },
      roles: ['agency_officer'],
      verb: 'case.take',
      caseId,
      ...claims,
    });
  const bearer = async (made: string | Promise<string>) => ({ authorization: `Bearer ${await made}` });

  describe('bad input', () => {
    const key = () => ({ 'idempotency-key': randomUUID() });

    it('tells every field that is wrong, and where', async () => {
      const body = await problem(post('/lamps', JSON.stringify({ name: '', place: { lat: 'x' } }), key()));
      expect(body.code).toBe('BAD_REQUEST');
      expect(body.errors).toEqual([
        { path: 'name', message: expect.any(String) },
        { path: 'place.lat', message: expect.any(String) },
      ]);
    });

    it.each([
      ['en', 'is required', 'Invalid input: expected number, received string', 'is always white'],
      ['id', 'wajib diisi', 'Input tidak valid: diharapkan number, diterima string', 'selalu putih'],
    ])('words every field for who reads %s', async (language, missing, wrong, own) => {
      const headers = { ...key(), 'accept-language': language };
      const body = await problem(post('/lamps', JSON.stringify({ place: { lat: 'x' }, colour: 'red' }), headers));
      expect(body.errors).toEqual([
        { path: 'name', message: missing },
        { path: 'place.lat', message: wrong },
        { path: 'colour', message: own },
      ]);
    });

    it.each([
      ['MALFORMED_JSON', '{"name":', json],
      ['MALFORMED_JSON', '{"__proto__":{"x":1}}', json],
      ['MEDIA_TYPE_NOT_SUPPORTED', '<xml/>', { 'content-type': 'text/xml' }],
      ['BODY_TOO_LARGE', JSON.stringify({ name: 'x'.repeat(1_100_000) }), json],
      ['BAD_REQUEST', '', json],
    ])('answers %s', async (code, body, headers) => {
      expect((await problem(post('/lamps', body, { ...key(), ...headers }))).code).toBe(code);
    });

    it('answers NOT_FOUND for a route that does not exist and BAD_REQUEST for an id that is none', async () => {
      expect((await problem(call('/nowhere'))).code).toBe('NOT_FOUND');
      const headers = await bearer(token({ caseId: undefined }));
      expect((await problem(post('/cases/x/take', '', headers))).code).toBe('TOKEN_NOT_FOR_THIS');
      expect((await problem(call('/lamps?limit=1000'))).code).toBe('BAD_REQUEST');
    });

    it('reads forms, since clients of Open311 send them', async () => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      expect(await (await post('/forms', 'a=1&b=x%20y', headers)).json()).toEqual({ a: '1', b: 'x y' });
    });
  });

  describe('refusals', () => {
    it('speaks Bahasa Indonesia, or English to who asks for it', async () => {
      expect(await problem(call('/fail/RULE_CASE_NOT_OPEN'))).toMatchObject({
        code: 'CASE_NOT_OPEN',
        title: problems.CASE_NOT_OPEN[1],
        detail: 'the rules said no',
      });
      const english = await problem(call('/fail/RULE_CASE_NOT_OPEN', { headers: { 'accept-language': 'en' } }));
      expect(english.title).toBe(problems.CASE_NOT_OPEN[2]);
    });

    it.each([
      'STALE_VERSION',
      'IDEMPOTENCY_KEY_REUSED',
      'CONFLICT',
      'EVENT_TOO_LARGE',
      'OVERLOADED',
      'LOG_UNAVAILABLE',
    ])('knows %s of the log by its code', async (code) => {
      const answer = await call(`/fail/LIB_${code}`);
      expect(answer.headers.get('retry-after')).toBe(answer.status === 503 ? '1' : null);
      expect((await problem(answer)).code).toBe(code);
    });

    it.each(['ECONNREFUSED', '53300', '57P01', '55P03'])(
      'says of a database that is away (%s) when to come back',
      async (code) => {
        const answer = await call(`/fail/LIB_${code}`);
        expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
        expect((await problem(answer)).code).toBe('LOG_UNAVAILABLE');
      },
    );

    it('says nothing about a bug', async () => {
      const body = await problem(call('/fail/BUG'));
      expect(body.code).toBe('INTERNAL');
      expect(JSON.stringify(body)).not.toContain('Siti');
      expect((await problem(call('/fail/LIB_23505'))).code).toBe('INTERNAL');
    });

    it('names the request it belongs to', async () => {
      const id = randomUUID();
      const answer = await call('/fail/CONFLICT', { headers: { 'x-correlation-id': id } });
      expect(answer.headers.get('x-correlation-id')).toBe(id);
      expect(await problem(answer)).toMatchObject({ correlationId: id });
    });
  });

  describe('service tokens', () => {
    it('lets the gateway act for an officer on one case with one verb', async () => {
      const answer = await post(`/cases/${caseId}/take`, '', { ...(await bearer(token())), 'if-match': '"7"' });
      expect(await answer.json()).toEqual({
        caseId,
        seen: 7,
        actor: { kind: 'staff', id: 'budi', unit: 'dpupr' },
        commandId: expect.any(String),
      });
    });

    it.each<[string, () => Promise<Record<string, string>>]>([
      ['TOKEN_MISSING', () => Promise.resolve({})],
      ['TOKEN_MISSING', () => Promise.resolve({ authorization: 'Basic eA==' })],
      ['TOKEN_INVALID', () => bearer('a.b.c')],
      ['TOKEN_INVALID', () => bearer(token({}, 'routing'))],
      ['TOKEN_INVALID', async () => bearer(signServiceToken((await sampleKeys()).privateJwk, 'sample', claims()))],
      ['TOKEN_NOT_FOR_THIS', () => bearer(token({ verb: 'case.read' }))],
      ['TOKEN_NOT_FOR_THIS', () => bearer(token({ caseId: randomUUID() }))],
    ])('answers %s', async (code, headers) => {
      const answer = await post(`/cases/${caseId}/take`, '', await headers());
      expect(answer.headers.get('www-authenticate')).toBe(code === 'TOKEN_NOT_FOR_THIS' ? null : 'Bearer');
      expect((await problem(answer)).code).toBe(code);
    });

    it('expires after a minute', async () => {
      const made = await token();
      jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'setInterval', 'queueMicrotask'] });
      jest.setSystemTime(Date.now() + 70_000);
      const answer = await post(`/cases/${caseId}/take`, '', await bearer(made));
      jest.useRealTimers();
      expect((await problem(answer)).code).toBe('TOKEN_EXPIRED');
    });

    it('refuses an If-Match that is no single version', async () => {
      for (const tag of ['7', 'W/"7"', '*', '"7", "8"', '"-1"', '"07"']) {
        const headers = { ...(await bearer(token())), 'if-match': tag };
        expect((await problem(post(`/cases/${caseId}/take`, '', headers))).code).toBe('IF_MATCH_INVALID');
      }
    });

    const claims = (): ServiceClaims => ({ actor: { kind: 'system', id: 'x' }, roles: [], verb: 'case.take', caseId });
  });

  describe('idempotency', () => {
    const make = async (headers: Record<string, string>, body = lamp) =>
      (await (await post('/lamps', body, headers)).json()) as { commandId: string; hash: string; code?: string };

    it('makes one command id of one key, and another hash of another body', async () => {
      const key = { 'idempotency-key': randomUUID() };
      const first = await make(key);
      expect(await make(key)).toMatchObject({ commandId: first.commandId, hash: first.hash });
      const reordered = JSON.stringify({ place: { lat: 1 }, name: 'L1', extra: 'dropped by the schema' });
      expect((await make(key, reordered)).hash).toBe(first.hash);
      expect((await make(key, lamp.replace('L1', 'L2'))).hash).not.toBe(first.hash);
      expect((await make({ 'idempotency-key': randomUUID() })).commandId).not.toBe(first.commandId);
    });

    it('requires a key where something is made, and a UUID from who has no name', async () => {
      expect((await make({})).code).toBe('IDEMPOTENCY_KEY_MISSING');
      expect((await make({ 'idempotency-key': 'my-key' })).code).toBe('IDEMPOTENCY_KEY_INVALID');
    });

    it('keeps the keys of two officers and of two routes apart', async () => {
      const ask = async (id: string, key = 'my key'.replace(' ', '-')) => {
        const actor = { kind: 'staff' as const, id, unit: 'dpupr' };
        const headers = await bearer(token({ verb: 'case.ask', actor }));
        const answer = await post(`/cases/${caseId}/ask`, '', { ...headers, 'idempotency-key': key });
        return ((await answer.json()) as { commandId: string }).commandId;
      };
      expect(await ask('budi')).toBe(await ask('budi'));
      expect(await ask('budi')).not.toBe(await ask('siti'));
      expect(await ask('budi', 'other')).not.toBe(await ask('budi'));
    });
  });

  it('carries the trace of the caller on, and starts one where none came', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const key = { 'idempotency-key': randomUUID() };
    const sent = await post('/lamps', lamp, { ...key, traceparent: `00-${trace}-b7ad6b7169203331-01` });
    expect(((await sent.json()) as { traceparent: string }).traceparent).toMatch(
      new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`),
    );
    const fresh = (await (await post('/lamps', lamp, { ...key, traceparent: 'nonsense' })).json()) as {
      traceparent: string;
      actor: unknown;
    };
    expect(fresh.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(fresh.actor).toEqual({ kind: 'citizen' });
  });

  it('gives lists in pages that link to the next, and refuses a cursor it never gave out', async () => {
    const seen: number[] = [];
    let next: string | undefined = '/lamps?limit=2';
    while (next !== undefined) {
      const answer: Response = await call(next);
      seen.push(...((await answer.json()) as { items: number[] }).items);
      next = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    expect((await problem(call('/lamps?cursor=bm8'))).code).toBe('CURSOR_INVALID');
  });

  it('tells its health and its numbers by route pattern', async () => {
    expect(await (await call('/health/live')).json()).toEqual({ live: true });
    expect(await (await call('/health/ready')).json()).toEqual({ ready: true, checks: { runtime: true } });
    const scraped = await fetch(service.metricsUrl ?? 'none');
    expect(scraped.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const metrics = await scraped.text();
    expect(metrics).toMatch(
      /http_request_duration_seconds_count\{.*method="POST",route="\/cases\/:caseId\/take",status="201"/,
    );
    expect(metrics).not.toContain(caseId);
    expect(metrics).toContain('process_cpu_seconds_total');
  });

  it('shows numbers to nobody who comes in by its own door, and nothing but numbers beside it', async () => {
    expect((await problem(call('/metrics'))).code).toBe('NOT_FOUND');
    const { origin } = new URL(service.metricsUrl ?? 'none');
    expect(origin).not.toBe(new URL(service.url).origin);
    for (const path of ['/', '/health/live', '/lamps', '/openapi.json'])
      expect((await fetch(`${origin}${path}`)).status).toBe(404);
    expect((await fetch(`${origin}/metrics`, { method: 'POST' })).status).toBe(404);
  });

  it('serves its OpenAPI 3.1 document and a page that needs nothing from elsewhere', async () => {
    const document = (await (await call('/openapi.json')).json()) as {
      openapi: string;
      paths: Record<string, Record<string, Record<string, unknown>>>;
      components: { schemas: Record<string, { properties: Record<string, unknown> }> };
    };
    expect(document.openapi).toBe('3.1.0');
    expect(document.paths['/cases/{caseId}/take']?.post?.['x-verb']).toBe('case.take');
    expect(document.components.schemas.LampBody?.properties.name).toMatchObject({ type: 'string', maxLength: 20 });
    expect(document.paths['/health/live']).toBeUndefined();
    const page = await (await call('/docs')).text();
    expect(page).not.toMatch(/(src|href)="https?:/);
    const script = /src="(\.\/docs\/swagger-ui-bundle\.js|[^"]*swagger-ui-bundle\.js)"/.exec(page)?.[1] ?? 'none';
    const bundle = await call(new URL(script, `${service.url}/docs`).pathname);
    expect([bundle.status, (await bundle.text()).length > 100_000]).toEqual([200, true]);
  });
});
