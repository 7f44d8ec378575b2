import { withGateway, type Reply } from '../../test/harness';

const running = withGateway();
const operations = () => running().program('operations');
const codeOf = ({ status, json }: Reply) => [status, json['code']];
const id = '0197a000-0000-4000-8000-00000000000a';

it.each([
  ['log/verify', 'log.verify', {}, 202],
  ['log/adopt', 'log.adopt', {}, 202],
  ['relay/rewind', 'relay.rewind', { topic: 'garda.routing.v1', position: '12' }, 200],
])('%s goes to the service concerned, with its verb', async (path, verb, what, status) => {
  const { post, services } = running();
  services.routing.answers(() => ({ status, body: { id, state: 'running' } }));
  const reply = await post(`/operations/${path}`, await operations(), { service: 'routing', ...what });
  expect([reply.status, reply.json]).toEqual([status, { id, state: 'running' }]);
  expect(services.routing.last()).toMatchObject({ path: `/operations/${path}`, body: what, claims: { verb } });
});

it('what a service refuses is refused in its words', async () => {
  const { post, services } = running();
  const problem = { code: 'NOTHING_TO_ADOPT', status: 409, title: 'not behind' };
  services.intake.answers(() => ({
    status: 409,
    body: problem,
    headers: { 'content-type': 'application/problem+json' },
  }));
  const reply = await post('/operations/log/adopt', await operations(), { service: 'intake' });
  expect([reply.status, reply.json]).toEqual([409, problem]);
});

it('work is looked at where it was begun', async () => {
  const { get, services } = running();
  services.intake.answers(() => ({ body: { id, state: 'done', result: [] } }));
  expect((await get(`/operations/work/intake/${id}`, await operations())).json).toEqual({
    id,
    state: 'done',
    result: [],
  });
  expect(services.intake.last()).toMatchObject({ path: `/operations/work/${id}`, claims: { verb: 'log.verify' } });
  expect((await get(`/operations/work/elsewhere/${id}`, await operations())).status).toBe(400);
});

it('an auditor may walk a log and change nothing', async () => {
  const { post, services, staff } = running();
  services.intake.answers(() => ({ status: 202, body: { id } }));
  const auditor = await staff('a', 'tpkp2', 'auditor');
  expect((await post('/operations/log/verify', auditor, { service: 'intake' })).status).toBe(202);
  for (const [path, what] of [
    ['log/adopt', {}],
    ['relay/rewind', { topic: 'garda.intake.v1', position: '1' }],
  ] as const)
    expect(codeOf(await post(`/operations/${path}`, auditor, { service: 'intake', ...what }))).toEqual([
      403,
      'RIGHT_MISSING',
    ]);
  expect(codeOf(await post('/operations/log/verify', await operations(), { service: 'gateway' }))).toEqual([
    400,
    'BAD_REQUEST',
  ]);
});
