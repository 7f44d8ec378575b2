import { madeId } from '@garda/testing';
import { sampleData, stream } from '../../test/facts';
import { withGateway, type Reply } from '../../test/harness';

const running = withGateway();
const head = () => running().staff('dishub.head', 'dishub', 'agency_head');
const stepsOf = (json: Reply['json']) => (json['total'] as { steps: readonly object[] }).steps;

it('says each start, term, day off and stop that led to the date, as the case file has it', async () => {
  const caseId = madeId('deadline', 1);
  const { publish, hears, get } = running();
  await publish('intake', stream('intake', caseId, [['CaseSubmitted', { number: '7K3M9QWXA' }]]));
  const facts = [
    ['CaseEntered'],
    ['CaseRouted', { unit: 'dishub', offer: 1, stage: 0 }],
    ['TimeExtensionNoted', { kind: 'extension', stage: 0, time: '7wd' }],
    ['WaitBegan', { for: 'fee', at: '2026-03-03T02:00:00Z' }],
    ['WaitEnded', { for: 'fee', at: '2026-03-05T02:00:00Z' }],
  ] as const;
  await publish('routing', stream('routing', caseId, facts));
  await hears(caseId, { intake: 1, routing: facts.length });
  const file = await get(`/cases/${caseId}`, await head());
  const { status, json, headers } = await get('/cases/7k3m-9qwxa/deadline', await head());
  expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-store']);
  expect(json).toMatchObject({ calendar: 'batang-2026-2027.1', stopped: false });
  // One, two and three working days from Monday 2 March, seven more, and two of a stop: Monday 23 March.
  expect(stepsOf(json)).toMatchObject([
    { what: 'start', why: 'desk', at: '2026-03-02T02:15:00Z' },
    { what: 'term', why: 'stage', stage: 0, time: '1wd', adds: { unit: 'wd', count: 1 }, daysOff: [] },
    { what: 'term', why: 'stage', stage: 1, time: '2wd', at: '2026-03-05T09:00:00.000Z' },
    { what: 'term', why: 'stage', stage: 2, daysOff: [{ date: '2026-03-07', why: 'weekend' }, { date: '2026-03-08' }] },
    { what: 'term', why: 'extension', time: '7wd', at: '2026-03-19T09:00:00.000Z' },
    { what: 'stop', why: ['fee'], open: false, adds: { unit: 'wd', count: 2 }, at: '2026-03-23T09:00:00.000Z' },
  ]);
  expect([json['total'], json['stage']]).toMatchObject([
    { dueAt: file.json['dueAt'], provisional: false },
    { dueAt: file.json['stageDueAt'], provisional: false },
  ]);
  expect(file.json).not.toHaveProperty('provisional');
});

it('beyond the calendar is provisional, there, in the case file and in the inbox', async () => {
  const caseId = madeId('deadline', 2);
  const { publish, hears, get } = running();
  const late = { receivedAt: '2027-12-30T02:15:00Z' };
  await publish('intake', stream('intake', caseId, [['CaseSubmitted', { ...late, number: '7K3M9QWXB' }]]));
  await publish(
    'routing',
    stream('routing', caseId, [
      ['CaseEntered', late],
      ['CaseRouted', { unit: 'dishub' }],
    ]),
  );
  await hears(caseId, { intake: 1, routing: 2 });
  const { json } = await get(`/cases/${caseId}/deadline`, await head());
  expect(json).toMatchObject({ total: { provisional: true, dueAt: '2028-01-07T07:30:00.000Z' } });
  expect((await get(`/cases/${caseId}`, await head())).json).toMatchObject({ provisional: true });
  const inbox = (await get('/inbox', await head())).json['items'] as readonly {
    caseId: string;
    provisional: boolean;
  }[];
  expect(inbox.map((item) => [item.caseId === caseId, item.provisional])).toEqual([
    [false, false],
    [true, true],
  ]);
});

it('is refused as the case file is, and waits for what routing says', async () => {
  const caseId = madeId('deadline', 3);
  const { publish, hears, get, staff } = running();
  await publish('intake', stream('intake', caseId, [['CaseSubmitted', sampleData('intake', 'CaseSubmitted')]]));
  await hears(caseId, { intake: 1 });
  const early = await get(`/cases/${caseId}/deadline`, await staff('quality', 'upkp2', 'quality_unit'));
  expect([early.status, early.json['code']]).toEqual([404, 'NOT_FOUND']);
  const stranger = await get(`/cases/${madeId('deadline', 1)}/deadline`, await staff('x', 'dlh', 'agency_officer'));
  expect([stranger.status, stranger.json['code']]).toEqual([403, 'NOT_YOUR_UNIT']);
  const nobody = await get(`/cases/${madeId('deadline', 9)}/deadline`, await head());
  expect([nobody.status, nobody.json['code']]).toEqual([404, 'CASE_NOT_FOUND']);
});
