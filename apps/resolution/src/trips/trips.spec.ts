import { randomUUID } from 'node:crypto';
import { EventLog } from '@garda/event-store';
import { staff, withResolution } from '../../test/harness';

const resolution = withResolution();
const clerk = staff('tulis.officer', 'desa-33.25.10.2007');
const camat = staff('kec-tulis.head', 'kec-33.25.10');
const trip = {
  ...{ carrier: 'tulis.runner', date: '2026-03-02', to: 'kec-33.25.10', cases: [randomUUID()] },
  ...{ kilometres: 14, costLine: 'APBDes 2026, perjalanan dinas', cost: 50_000 },
};
const record = (body: object = trip, headers = {}) => resolution().post('trips', 'trip.record', clerk, body, headers);

beforeAll(async () => {
  // The units are heard of by topic: until they are, nobody can be sent anywhere.
  for (const end = Date.now() + 15_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100)))
    if ((await record({ ...trip, date: '2027-01-01' })).body['code'] === 'TRIP_IN_FUTURE') return;
  throw new Error('the catalogue was not heard of');
}, 20_000);

it('an errand is on record once however often it is sent, and a head of the district approves it', async () => {
  const headers = { 'idempotency-key': randomUUID() };
  const first = await record(trip, headers);
  expect(first).toMatchObject({ status: 201, body: { version: 1 } });
  expect(await record(trip, headers)).toEqual(first);
  expect((await record({ ...trip, cost: 1 }, headers)).body['code']).toBe('IDEMPOTENCY_KEY_REUSED');

  const { tripId } = first.body as { tripId: string };
  const approve = (actor = camat) => resolution().post(`trips/${tripId}/approve`, 'trip.approve', actor);
  expect((await approve(clerk)).body['code']).toBe('OWN_TRIP');
  expect(await approve()).toMatchObject({ status: 200, body: { tripId, version: 2 } });
  expect((await approve()).body['code']).toBe('TRIP_APPROVED');
  const events = await new EventLog({ pool: resolution().database.pool }).readStream(`trip-${tripId}`);
  expect(events.map(({ type, data }) => ({ type, data }))).toEqual([
    {
      type: 'TripRecorded',
      data: { tripId, unit: clerk.kind === 'staff' ? clerk.unit : '', recordedBy: 'tulis.officer', ...trip },
    },
    { type: 'TripApproved', data: { tripId, unit: 'kec-33.25.10', approvedBy: 'kec-tulis.head' } },
  ]);
});

it('what is no errand is refused, and another verb’s token too', async () => {
  expect((await record({ ...trip, date: '2027-01-01' })).body['code']).toBe('TRIP_IN_FUTURE');
  expect((await record({ ...trip, kilometres: -1 })).body['code']).toBe('BAD_REQUEST');
  expect((await resolution().post('trips', 'trip.approve', clerk, trip)).body['code']).toBe('TOKEN_NOT_FOR_THIS');
  const nowhere = await resolution().post(`trips/${randomUUID()}/approve`, 'trip.approve', camat);
  expect(nowhere).toMatchObject({ status: 404, body: { code: 'TRIP_NOT_FOUND' } });
});
