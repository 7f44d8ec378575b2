import { contexts } from '@garda/contracts';
import { withGateway, type Reply } from '../../test/harness';

const running = withGateway();
const codeOf = ({ status, json }: Reply) => [status, json['code']];
const operations = () => running().program('operations');
const at = (caseTime: string) => ({ consumers: [], parked: 0, projections: [], caseTime });

/** Each service shows a time and moves when it is told to. */
function clocks(times: Record<(typeof contexts)[number], string>): void {
  for (const context of contexts)
    running().services[context].answers(({ path, body }) => {
      if (path === '/operations/progress') return { body: at(times[context]) };
      if (path !== '/operations/clock') return { status: 404 };
      times[context] = (body as { to: string }).to;
      return { body: { caseTime: times[context] } };
    });
}
const moves = () =>
  contexts.map((one) => running().services[one].asked.filter(({ path }) => path === '/operations/clock').length);

describe('the case clock', () => {
  it('is moved in every service and here, and a move that stopped half-way can be ended', async () => {
    const { post, query } = running();
    const to = new Date(Date.now() + 86_400_000).toISOString();
    const now = new Date().toISOString();
    clocks({ intake: to, routing: now, resolution: now });
    const reply = await post('/operations/clock', await operations(), { to });
    expect(reply.status).toBe(200);
    expect(moves()).toEqual([0, 1, 1]);
    const [own] = await query(`select clock_timestamp() + ahead >= $1::timestamptz as there from clock.case_clock`, [
      to,
    ]);
    expect(own?.['there']).toBe(true);
    expect(codeOf(await post('/operations/clock', await operations(), { to }))).toEqual([409, 'CLOCK_CANNOT_GO_BACK']);
  });

  it('is not moved by an auditor, nor to what is no time', async () => {
    const { post, staff } = running();
    const to = '2030-01-01T00:00:00Z';
    expect(codeOf(await post('/operations/clock', await staff('a', 'x', 'auditor'), { to }))).toEqual([
      403,
      'RIGHT_MISSING',
    ]);
    expect(codeOf(await post('/operations/clock', await operations(), { to: 'soon' }))).toEqual([400, 'BAD_REQUEST']);
  });

  it('that a service refuses to move is refused in its words', async () => {
    const { post, services } = running();
    const problem = { code: 'NOT_FOUND', status: 404, title: 'not here' };
    services.intake.answers(({ path }) =>
      path === '/operations/progress'
        ? { body: at(new Date().toISOString()) }
        : { status: 404, body: problem, headers: { 'content-type': 'application/problem+json' } },
    );
    const to = new Date(Date.now() + 5 * 86_400_000).toISOString();
    const reply = await post('/operations/clock', await operations(), { to });
    expect([reply.status, reply.json]).toEqual([404, problem]);
  });
});

describe('progress', () => {
  it('is that of all services and of the gateway’s own consumers', async () => {
    const now = new Date().toISOString();
    clocks({ intake: now, routing: now, resolution: now });
    const { json } = await running().get('/operations/progress', await operations());
    const services = json['services'] as Record<string, { consumers: { consumer: string }[]; caseTime: string }>;
    expect(Object.keys(services).sort()).toEqual(['gateway', ...contexts].sort());
    const own = services['gateway']?.consumers.map(({ consumer }) => consumer);
    expect(own).toEqual(expect.arrayContaining(['case-file@6', 'reference@1']));
    expect(services['intake']?.caseTime).toBe(now);
  });

  it('is 503 while a service is away: nobody could say that all is quiet', async () => {
    const { get, services } = running();
    await services.routing.stop();
    const reply = await get('/operations/progress', await operations());
    await services.routing.start();
    expect(codeOf(reply)).toEqual([503, 'SERVICE_UNAVAILABLE']);
  });
});

describe('held keys', () => {
  it('are listed with the service that holds them, and retried there', async () => {
    const { get, post, services, query } = running();
    const held = { consumer: 'intake-facts@1', topic: 'garda.intake.v1', key: 'k1' };
    for (const one of contexts) services[one].answers(() => ({ body: { parked: one === 'routing' ? [held] : [] } }));
    await query(
      `insert into consume.parked (consumer, topic, partition, seq, key, headers, attempts, error_code)
       values ('elsewhere@1', 'elsewhere', 0, 1, 'k2', '{}', 3, 'X')`,
    );
    const parked = (await get('/operations/streams', await operations())).json['parked'] as object[];
    expect(parked).toEqual([
      { service: 'routing', ...held },
      expect.objectContaining({ service: 'gateway', key: 'k2' }),
    ]);

    services.routing.answers(() => ({ status: 202, body: { asked: true } }));
    expect((await post('/operations/streams/retry', await operations(), { service: 'routing', ...held })).status).toBe(
      202,
    );
    expect(services.routing.last()).toMatchObject({
      path: '/operations/streams/retry',
      body: held,
      claims: { verb: 'streams.retry' },
    });

    const own = { service: 'gateway', consumer: 'elsewhere@1', topic: 'elsewhere', key: 'k2' };
    expect((await post('/operations/streams/retry', await operations(), own)).status).toBe(202);
    expect(codeOf(await post('/operations/streams/retry', await operations(), { ...own, key: 'k3' }))).toEqual([
      404,
      'NOT_PARKED',
    ]);

    const reason = 'Nobody needs it: written twice.';
    services.routing.answers(() => ({ body: { seq: '3', left: 0 } }));
    const skip = (what: object) => operations().then((who) => post('/operations/streams/skip', who, what));
    expect((await skip({ service: 'routing', ...held, reason })).json).toEqual({ seq: '3', left: 0 });
    expect(services.routing.last()).toMatchObject({ body: { ...held, reason }, claims: { verb: 'streams.skip' } });
    expect(codeOf(await skip({ ...own, key: 'k3', reason }))).toEqual([404, 'NOT_PARKED']);
    expect(codeOf(await skip({ ...own, reason: 'no' }))).toEqual([400, 'BAD_REQUEST']);
  });
});

describe('digest, API keys and the catalogue', () => {
  it('shows the digest of each service to an auditor', async () => {
    const { get, services, staff } = running();
    for (const one of contexts) services[one].answers(() => ({ body: { position: '9', cases: 1, digest: one } }));
    const { json } = await get('/operations/digest', await staff('a', 'tpkp2', 'auditor'));
    const of = (digest: string) => ({ position: '9', cases: 1, digest });
    expect(json['services']).toEqual({ intake: of('intake'), routing: of('routing'), resolution: of('resolution') });
    expect(services.intake.last().claims.verb).toBe('digest.read');
  });

  it.each([
    ['apikeys', '/operations/apikeys', '/operations/apikeys', 'apikey.manage', 'operations', 'import'],
    ['catalogue', '/catalogue', '/internal/catalogue', 'standard.publish', 'setup', 'operations'],
  ])('%s go to intake with the verb of the table, for those who have it', async (_, path, there, verb, may, mayNot) => {
    const { post, services, program } = running();
    services.intake.answers(() => ({ status: 201, body: { done: true } }));
    const reply = await post(path, await program(may), { name: 'demo' });
    expect([reply.status, reply.json]).toEqual([201, { done: true }]);
    expect(services.intake.last()).toMatchObject({ path: there, body: { name: 'demo' }, claims: { verb } });
    expect(codeOf(await post(path, await program(mayNot), {}))).toEqual([403, 'RIGHT_MISSING']);
  });
});
