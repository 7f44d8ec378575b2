import { madeId } from '@garda/testing';
import { stream } from '../../test/facts';
import { withGateway } from '../../test/harness';

const running = withGateway();
const counter = () => running().staff('kec-tulis.counter', 'kec-tulis', 'district_counter');
const handed = (to: string) => [
  ['CaseKnown', {}] as const,
  ['WorkReceived', { unit: 'dishub', offer: 1 }] as const,
  ['DocumentsReceived', { unit: 'desa-posong', items: ['KK lama'] }] as const,
  ['DocumentsHandedOver', { unit: 'desa-posong', items: ['KK lama'], to }] as const,
];

let next = 0;
/** A case of the agency whose paper is on its way to `to`. */
async function sentTo(to: string): Promise<string> {
  const caseId = madeId('papers', (next += 1));
  const { publish, hears } = running();
  await publish('intake', stream('intake', caseId, [['CaseSubmitted']]));
  await publish('routing', stream('routing', caseId, [['CaseEntered'], ['CaseRouted', { unit: 'dishub', offer: 1 }]]));
  await publish('resolution', stream('resolution', caseId, handed(to)));
  await hears(caseId, { intake: 1, routing: 2, resolution: 4 });
  return caseId;
}

it('the case file says where the papers are, also to the unit they are on the way to', async () => {
  const caseId = await sentTo('kec-tulis');
  const { json, status } = await running().get(`/cases/${caseId}`, await counter());
  expect(status).toBe(200);
  expect(json['papers']).toMatchObject([
    { item: 'KK lama', state: 'on_the_way', unit: 'desa-posong', to: 'kec-tulis' },
  ]);
  const elsewhere = await running().get(`/cases/${await sentTo('kel-proyonanggan')}`, await counter());
  // The district reads what lies at its villages.
  expect(elsewhere.status).toBe(403);
});

it('papers of many cases are acknowledged at once: each is judged and answered by itself', async () => {
  const [mine, refused, notMine] = [await sentTo('kec-tulis'), await sentTo('kec-tulis'), await sentTo('dlh')];
  const { services, post } = running();
  services.resolution.answers(({ claims: { caseId = '', repeatOnly } }) =>
    // Whoever has no right is asked for only as a repetition, of which nothing is known.
    caseId === refused || repeatOnly === true
      ? { status: 409, body: { code: 'PAPERS_NOT_SENT_HERE' } }
      : { status: 200, body: { caseId, version: 4, context: 'resolution' } },
  );
  const cases = [mine, refused, notMine].map((caseId) => ({ caseId, items: ['KK lama'] }));
  const key = { 'idempotency-key': 'one-trip' };
  const reply = await post('/papers/acknowledge', await counter(), { cases }, key);
  expect([reply.status, reply.json]).toEqual([
    200,
    {
      results: [
        { caseId: mine, status: 200 },
        { caseId: refused, status: 409, code: 'PAPERS_NOT_SENT_HERE' },
        { caseId: notMine, status: 403, code: 'NOT_YOUR_UNIT' },
      ],
    },
  ]);
  const asked = services.resolution.asked.filter(({ claims }) => claims.caseId === mine);
  expect(asked).toMatchObject([
    {
      path: `/internal/cases/${mine}/acknowledge-papers`,
      claims: { verb: 'papers.ack' },
      headers: { 'idempotency-key': 'one-trip' },
    },
  ]);
  const twice = { cases: [cases[0], cases[0]] };
  expect((await post('/papers/acknowledge', await counter(), twice)).json['code']).toBe('BAD_REQUEST');
  const auditor = await running().staff('auditor', 'setda', 'auditor');
  expect((await post('/papers/acknowledge', auditor, { cases })).json['code']).toBe('RIGHT_MISSING');
});
