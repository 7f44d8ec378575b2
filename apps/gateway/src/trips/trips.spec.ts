import { randomUUID } from 'node:crypto';
import { withGateway } from '../../test/harness';

const running = withGateway();
const trip = {
  ...{ carrier: 'runner', date: '2026-03-02', to: 'kec-tulis', cases: [] },
  ...{ kilometres: 14, costLine: 'APBDes', cost: 50_000 },
};

it('an errand goes to resolution with a token for its verb, by whoever may', async () => {
  const { services, post, staff } = running();
  services.resolution.answers(() => ({ status: 201, body: { tripId: randomUUID(), version: 1 } }));
  const key = { 'idempotency-key': randomUUID() };
  const clerk = await staff('posong.officer', 'desa-posong', 'village_officer');
  expect((await post('/trips', clerk, trip, key)).status).toBe(201);
  expect(services.resolution.last()).toMatchObject({
    path: '/internal/trips',
    claims: { verb: 'trip.record', actor: { kind: 'staff', id: 'posong.officer', unit: 'desa-posong' } },
  });
  expect((await post('/trips', clerk, trip)).json['code']).toBe('IDEMPOTENCY_KEY_MISSING');
  const agency = await staff('dishub.officer', 'dishub', 'agency_officer');
  expect((await post('/trips', agency, trip, key)).json['code']).toBe('RIGHT_MISSING');
});

it('a head approves, an officer does not', async () => {
  const { services, post, staff } = running();
  const tripId = randomUUID();
  services.resolution.answers(() => ({ status: 200, body: { tripId, version: 2 } }));
  const head = await staff('kec-tulis.head', 'kec-tulis', 'district_head');
  expect((await post(`/trips/${tripId}/approve`, head)).status).toBe(200);
  expect(services.resolution.last()).toMatchObject({
    path: `/internal/trips/${tripId}/approve`,
    claims: { verb: 'trip.approve' },
  });
  const clerk = await staff('posong.officer', 'desa-posong', 'village_officer');
  expect((await post(`/trips/${tripId}/approve`, clerk)).json['code']).toBe('RIGHT_MISSING');
});
