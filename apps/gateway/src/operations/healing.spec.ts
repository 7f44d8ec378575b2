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

it('a lost topic: consumers everywhere are told before it is filled, and a service that is away breaks it off', async () => {
  const { post, services, query } = running();
  await query(`insert into consume.consumer_cursor (consumer, topic, partition, seq, next_offset)
    values ('spec@1', 'garda.lost.v1', 0, 7, 9)`);
  const order: string[] = [];
  for (const [name, service] of Object.entries(services))
    service.answers(({ path }) => {
      order.push(`${name} ${path}`);
      return { body: { cursors: 1, from: '7', state: 'running' } };
    });
  const what = { service: 'resolution', topic: 'garda.lost.v1' };
  await services.routing.stop();
  const broken = await post('/operations/topic/renew', await operations(), what);
  expect(codeOf(broken)).toEqual([503, 'SERVICE_UNAVAILABLE']);
  expect(order.some((step) => step.endsWith('/renew'))).toBe(false);
  await services.routing.start();
  order.length = 0;
  const reply = await post('/operations/topic/renew', await operations(), what);
  expect([reply.status, reply.json]).toEqual([200, { cursors: 1, from: '7', state: 'running' }]);
  expect(order).toEqual([
    ...['intake', 'routing', 'resolution'].map((name) => `${name} /operations/topic/reread`),
    'resolution /operations/topic/renew',
  ]);
  const [own] = await query(
    `select seq::int, next_offset::int as next from consume.consumer_cursor where consumer = 'spec@1'`,
  );
  expect(own).toEqual({ seq: 7, next: 0 });
});

it('a topic made again: nobody is told before it is, consumers everywhere before it is filled, and one that is behind breaks it off', async () => {
  const { post, services, query, topics } = running();
  const order: string[] = [];
  let empty = false;
  const notEmpty = { code: 'TOPIC_NOT_EMPTY', status: 409 };
  for (const [name, service] of Object.entries(services))
    service.answers(({ path }) => {
      order.push(`${name} ${path.replace('/operations/topic/', '')}`);
      if (path.endsWith('/made-again') && !empty) return { status: 409, body: notEmpty };
      return { body: path.endsWith('/behind') ? { behind: [`${name}-reader is at 3 of 4`] } : { generation: 2 } };
    });
  const closed = { topic: topics.routing, generation: 1, position: '12', seqs: ['7', '5'] };
  expect((await post('/operations/topic/behind', await operations(), closed)).json).toEqual({
    behind: ['intake', 'routing', 'resolution'].map((name) => `${name}: ${name}-reader is at 3 of 4`),
  });
  order.length = 0;
  const what = { service: 'routing', ...closed, partitions: 3 };
  expect(codeOf(await post('/operations/topic/open', await operations(), what))).toEqual([409, 'TOPIC_NOT_EMPTY']);
  expect(order).toEqual(['routing made-again']);
  empty = true;
  order.length = 0;
  expect((await post('/operations/topic/open', await operations(), what)).json).toEqual({ generation: 2 });
  const told = ['intake', 'routing', 'resolution'].map((name) => `${name} renumber`);
  expect(order).toEqual(['routing made-again', ...told, 'routing open']);
  expect(services.routing.last()).toMatchObject({ body: { topic: closed.topic, partitions: 3 } });
  order.length = 0;
  await post('/operations/topic/open', await operations(), { service: 'routing', ...closed });
  expect(order).toEqual(['routing open']); // as it was: nobody has to be told

  const cursor = [closed.topic, 'case-file@6'];
  await query('delete from consume.consumer_cursor where topic = $1 and consumer = $2', cursor);
  await query('insert into consume.consumer_cursor (topic, consumer, partition, seq) values ($1, $2, 0, 7)', cursor);
  order.length = 0;
  expect(codeOf(await post('/operations/topic/open', await operations(), what))).toEqual([409, 'CONSUMERS_BEHIND']);
  expect(order).not.toContain('routing open');
  await query('delete from consume.consumer_cursor where topic = $1 and consumer = $2', cursor);
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

it('projections of every service are listed together, and each is acted on where it is', async () => {
  const { get, post, services } = running();
  for (const [name, one] of Object.entries(services))
    one.answers(({ method }) =>
      method === 'GET' ? { body: { projections: [{ name }] } } : { body: { version: 1001 } },
    );
  const { json } = await get('/operations/projections', await operations());
  expect(json['projections']).toEqual(
    ['intake', 'routing', 'resolution'].map((service) => ({ service, name: service })),
  );
  const what = { projection: 'case_state', action: 'rebuild' };
  const reply = await post('/operations/projections', await operations(), { service: 'routing', ...what });
  expect([reply.status, reply.json]).toEqual([200, { version: 1001 }]);
  expect(services.routing.last()).toMatchObject({ body: what, claims: { verb: 'projections.manage' } });
});
