import { madeId, recorded } from '@garda/testing';
import { stream } from '../../test/facts';
import { withGateway } from '../../test/harness';

const running = withGateway();
const head = () => running().staff('dishub.head', 'dishub', 'agency_head');
const officer = (id: string, unit = 'dishub') => running().staff(id, unit, 'agency_officer');
const always = { from: '2020-01-01', until: '2099-12-31' };

let next = 0;
/** An open case of a unit, assigned to these officers one after the other. */
async function caseOf(unit: string, ...officers: readonly string[]): Promise<string> {
  const caseId = madeId('officers', (next += 1));
  const { publish, hears } = running();
  await publish('intake', stream('intake', caseId, [['CaseSubmitted']]));
  await publish('routing', stream('routing', caseId, [['CaseEntered'], ['CaseRouted', { unit, offer: 1 }]]));
  const assigned = officers.map((one) => ['OfficerAssigned', { unit, offer: 1, officer: one }] as const);
  const work = [['CaseKnown', {}] as const, ['WorkReceived', { unit, offer: 1 }] as const, ...assigned];
  await publish('resolution', stream('resolution', caseId, work));
  await hears(caseId, { intake: 1, routing: 2, resolution: work.length });
  return caseId;
}

/** What intake's topic says of an officer's stand-ins, one after the other; the gateway has read it when this is done. */
async function named(...all: readonly object[]): Promise<void> {
  const before = await rows();
  await running().publish(
    'intake',
    recorded(
      all.map((data) => ({ type: 'StandInNamed', data })),
      'standin-away',
    ),
  );
  for (const end = Date.now() + 15_000; (await rows()) === before;) {
    if (Date.now() > end) throw new Error('the stand-in was not heard of');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await new Promise((resolve) => setTimeout(resolve, 200)); // in memory a moment after it is in the table
}
const rows = async () => (await running().query(`select 1 from read.reference where kind = 'standin'`)).length;

it('a head names who stands in: intake, which records it, decides; an officer names nobody', async () => {
  const { services, post } = running();
  services.intake.answers(() => ({ status: 200, body: { officer: 'dishub.officer', version: 1 } }));
  const body = { standIn: 'dishub.second', ...always };
  const key = { 'idempotency-key': 'leave' };
  const reply = await post('/officers/dishub.officer/stand-in', await head(), body, key);
  expect([reply.status, reply.json]).toEqual([200, { officer: 'dishub.officer', version: 1 }]);
  expect(services.intake.asked.at(-1)).toMatchObject({
    path: '/internal/officers/dishub.officer/stand-in',
    claims: { verb: 'standin.name', actor: { kind: 'staff', id: 'dishub.head', unit: 'dishub' } },
  });
  const mine = await post('/officers/dishub.officer/stand-in', await officer('dishub.second'), body, key);
  expect(mine.json['code']).toBe('RIGHT_MISSING');
});

it('a stand-in has the officer’s cases in his inbox and may do what he may; not after the last day', async () => {
  const caseId = await caseOf('dishub', 'away');
  const { get, post, services } = running();
  services.resolution.answers(({ claims: { repeatOnly } }) =>
    repeatOnly === true
      ? { status: 409, body: { code: 'NOT_ASSIGNED' } }
      : { status: 200, body: { caseId, version: 3, context: 'resolution' } },
  );
  const inbox = async (id: string) => {
    const { json } = await get('/inbox?assigned=me', await officer(id));
    return (json['items'] as { caseId: string }[]).map((one) => one.caseId);
  };
  const accepts = async (id: string) => {
    const reply = await post(`/cases/${caseId}/accept`, await officer(id), {}, { 'idempotency-key': `accept-${id}` });
    return [reply.status, reply.json['code']];
  };
  const away = { for: 'away', unit: 'dishub' };
  const past = { ...away, standIn: 'late', from: '2020-01-01', until: '2020-01-02' };
  await named(past);
  expect([await inbox('late'), await accepts('late')]).toEqual([[], [403, 'NOT_YOUR_CASE']]);
  await named(past, { ...away, standIn: 'now', ...always });
  expect([await inbox('now'), await accepts('now')]).toEqual([[caseId], [200, undefined]]);
  expect([await inbox('away'), await inbox('nobody')]).toEqual([[caseId], []]);
});

it('all open cases of an officer are given to another, each judged and answered by itself, also when repeated', async () => {
  const [first, second, had] = [
    await caseOf('dishub', 'leaves'),
    await caseOf('dishub', 'leaves'),
    await caseOf('dishub', 'leaves', 'takes'),
  ];
  await caseOf('dishub', 'stays');
  await caseOf('dlh', 'leaves');
  const { post, services } = running();
  services.resolution.answers(({ claims: { caseId = '' } }) =>
    caseId === second
      ? { status: 403, body: { code: 'OFFICER_IS_PARTY' } }
      : { status: 200, body: { caseId, version: 3, context: 'resolution' } },
  );
  const all = (as: string) =>
    post('/officers/leaves/reassign', as, { to: 'takes' }, { 'idempotency-key': 'all-of-them' });
  const asked = services.resolution.asked.length;
  const reply = await all(await head());
  expect([reply.status, reply.json['more']]).toEqual([200, false]);
  expect(reply.json['results']).toHaveLength(3);
  expect(reply.json['results']).toEqual(
    expect.arrayContaining([
      { caseId: first, status: 200 },
      { caseId: second, status: 403, code: 'OFFICER_IS_PARTY' },
      { caseId: had, status: 200 }, // what an earlier call did is its answer still
    ]),
  );
  expect(services.resolution.asked.slice(asked)).toHaveLength(3);
  expect(services.resolution.asked.at(-1)).toMatchObject({
    claims: { verb: 'case.assign' },
    body: { officer: 'takes' },
    headers: { 'idempotency-key': 'all-of-them' },
  });
  expect((await all(await officer('leaves'))).json['code']).toBe('RIGHT_MISSING');
  const nobody = await post('/officers/leaves/reassign', await head(), {}, { 'idempotency-key': 'x' });
  expect(nobody.json['code']).toBe('BAD_REQUEST');
});
