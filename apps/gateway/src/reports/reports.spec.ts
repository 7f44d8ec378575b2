import { madeId, recorded } from '@garda/testing';
import { sampleData, stream, type Told } from '../../test/facts';
import { withGateway, type Reply } from '../../test/harness';

const running = withGateway();
const codeOf = ({ status, json }: Reply) => [status, json['code']];
const [posong, tulis, proyo] = ['desa-posong', 'kec-tulis', 'kel-proyonanggan'] as const;
const desk = { filedBy: { by: 'desk', unit: posong, officer: 'posong.officer' }, receivedAt: '2026-03-02T02:15:00Z' };

interface Placed {
  readonly n: number;
  readonly filed?: object;
  /** After CaseEntered, and after CaseKnown. */
  readonly routing: readonly Told[];
  readonly work: readonly Told[];
}
const caseOf = (n: number): string => madeId('reports', n);
const at = (events: ReturnType<typeof stream>, recordedAt: string) => events.map((one) => ({ ...one, recordedAt }));

/** A case on all three topics; what was recorded was so on 3 March 2026. */
async function place({ n, filed = {}, routing, work }: Placed): Promise<void> {
  const { publish, hears } = running();
  const file = { ...desk, ...filed };
  const [id, day] = [caseOf(n), '2026-03-03T03:00:00.000000Z'];
  const number = `REPT0000${n}`;
  await publish('intake', at(stream('intake', id, [['CaseSubmitted', { ...file, number }]]), day));
  await publish('routing', at(stream('routing', id, [['CaseEntered', file], ...routing]), day));
  await publish('resolution', at(stream('resolution', id, [['CaseKnown', file], ...work]), day));
  await hears(id, { intake: 1, routing: routing.length + 1, resolution: work.length + 1 });
}

const offered: Told = ['CaseRouted', { unit: posong, offer: 1, stage: 0 }];
const movedOn: Told = ['StageHandedOver', { from: posong, unit: tulis, offer: 2, stage: 1 }];
const here: Told = ['WorkReceived', { unit: posong, offer: 1, stage: 0 }];
const decided: Told = ['CaseResolved', { unit: posong, outcome: 'granted' }];
const sent: Told = ['DocumentsHandedOver', { unit: posong, items: ['KK', 'F-1.02'], to: tulis, carrier: 'runner' }];

beforeAll(async () => {
  await running().query(`update clock.case_clock set ahead = '2026-03-05T02:00:00Z'::timestamptz - clock_timestamp()`);
  // 1: decided in time. 2: went on with papers, one of them arrived and one is missing. 3: went on without papers.
  await place({ n: 1, routing: [offered], work: [here, decided] });
  await place({ n: 2, routing: [offered, movedOn], work: [here, ...papersOf2()] });
  await place({ n: 3, routing: [offered, movedOn], work: [here] });
  // 4: from a desk straight to the district, without papers: a way saved. 5: in another month. 6: about the village itself.
  await place({ n: 4, routing: [['CaseRouted', { unit: tulis, offer: 1, stage: 0 }]], work: [] });
  await place({ n: 5, filed: { receivedAt: '2026-02-27T02:15:00Z' }, routing: [offered], work: [here] });
  await place({ n: 6, filed: { reportedUnit: proyo }, routing: [offered], work: [here] });
  // 7: received at 00:30 on 1 April in the office's zone, which is still March in UTC. 8: late.
  await place({ n: 7, filed: { receivedAt: '2026-03-31T17:30:00Z' }, routing: [offered], work: [here] });
  await place({ n: 8, filed: { receivedAt: '2026-02-28T17:00:00Z', ...oneDay() }, routing: [offered], work: [here] });
  await carry();
});

/** Both papers sent; the one taken later is on the way, of the others one came. */
function papersOf2(): readonly Told[] {
  const took: Told = ['DocumentsReceived', { unit: posong, items: ['KK', 'F-1.02', 'photo'] }];
  const came: Told = ['DocumentsAcknowledged', { unit: tulis, items: ['KK'], missing: ['F-1.02'] }];
  return [took, sent, came, ['DocumentsHandedOver', { unit: posong, items: ['photo'], to: tulis, carrier: 'runner' }]];
}

function oneDay() {
  const terms = sampleData('intake', 'CaseSubmitted')['terms'] as object;
  return { terms: { ...terms, stages: [{ tier: 'village', kind: 'condition', time: '1wd' }] } };
}

/** Three trips of Posong, one of them in April; one of its two in March is approved. */
async function carry(): Promise<void> {
  const trips = [
    { date: '2026-03-02', cases: [caseOf(1), caseOf(2)], kilometres: 14, cost: 50_000 },
    { date: '2026-03-31', cases: [caseOf(2)], kilometres: 15, cost: 3_000_000_000 },
    { date: '2026-04-01', cases: [caseOf(3)], kilometres: 100, cost: 1 },
  ];
  const events = trips.flatMap((trip, n) => {
    const data = { ...trip, tripId: madeId('trip', n), unit: posong, to: tulis };
    const facts = [{ type: 'TripRecorded', data: sampleData('resolution', 'TripRecorded', data) }];
    if (n === 0) facts.push({ type: 'TripApproved', data: sampleData('resolution', 'TripApproved', data) });
    return recorded(facts, `trip-${data.tripId}`);
  });
  const { publish, query } = running();
  await publish('resolution', events);
  for (let n = 0; n < 500; n += 1) {
    const [row] = await query('select count(*)::int as n, bool_or(approved) as approved from read.trip');
    const moves = await query('select 1 from read.case_move where to_unit = $1', [tulis]);
    if (row?.['n'] === 3 && row['approved'] === true && moves.length === 3) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the errands were not heard of');
}

const head = () => running().staff('kec-tulis.head', tulis, 'district_head');
const nothing = { trips: 0, approved: 0, cases: 0, kilometres: 0, cost: 0, saved: 0 };
const carried = { trips: 2, approved: 1, cases: 2, kilometres: 29, cost: 3_000_050_000, saved: 2 };

it('the errands of a month: by unit, and all together without counting a case twice', async () => {
  const { get } = running();
  const { status, json } = await get(`/reports/errands?month=2026-03&unit=${tulis}`, await head());
  expect([status, json]).toEqual([
    200,
    {
      month: '2026-03',
      unit: expect.objectContaining({ code: tulis }),
      rows: [
        { unit: expect.objectContaining({ code: posong }), ...carried },
        { unit: expect.objectContaining({ code: tulis }), ...nothing },
        { unit: expect.objectContaining({ code: proyo }), ...nothing },
      ],
      total: carried,
    },
  ]);
});

it('the monthly sheet: what was received and how it went, papers on the way, errands; months of the office’s zone', async () => {
  const { get } = running();
  const { json } = await get(`/reports/month?month=2026-03&unit=${tulis}`, await head());
  const cases = { received: 5, onTime: 1, late: 0, open: 4, overdue: 1, withdrawn: 0 };
  expect(json['total']).toEqual({ cases, papers: { onTheWay: 1, missing: 1 }, errands: carried });
  expect(json['rows']).toMatchObject([
    { unit: { code: posong }, cases, papers: { onTheWay: 1, missing: 1 } },
    // Where the three cases are that went on. None of them is decided.
    { unit: { code: tulis }, cases: { received: 3, open: 3, onTime: 0 }, papers: { onTheWay: 0, missing: 0 } },
    { unit: { code: proyo }, cases: { received: 0 }, errands: nothing },
  ]);
  const april = await get(`/reports/month?month=2026-04&unit=${posong}`, await head());
  expect(april.json['total']).toMatchObject({ cases: { received: 1 }, errands: { trips: 1, saved: 0 } });
  const february = await get(`/reports/month?month=2026-02&unit=${posong}`, await head());
  expect(february.json['total']).toMatchObject({ cases: { received: 1 } });
});

it('the sheet as a page to print has the same numbers', async () => {
  const page = await running().get(`/reports/month.html?month=2026-03&unit=${tulis}`, await head());
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.text).toContain('<td>5</td><td>1</td><td>0</td><td>4 (1)</td>');
  expect(page.text).toContain('3.000.050.000');
});

it('a decision after the due date is late', async () => {
  const { publish, hears, get } = running();
  const facts: Told[] = [['CaseKnown', { ...desk, ...oneDay() }], here, decided];
  const third = stream('resolution', caseOf(8), facts).slice(2);
  await publish('resolution', at(third, '2026-03-05T01:00:00.000000Z'));
  await hears(caseOf(8), { resolution: 3 });
  const { json } = await get(`/reports/month?month=2026-03&unit=${posong}`, await head());
  expect(json['total']).toMatchObject({ cases: { received: 5, onTime: 1, late: 1, open: 3, overdue: 0 } });
});

it('a case about the reader’s own line is not counted for him, but for the quality unit', async () => {
  const { get, staff } = running();
  const quality = await staff('q', 'upkp2', 'quality_unit');
  const { json } = await get(`/reports/month?month=2026-03&unit=${tulis}`, quality);
  expect(json['total']).toMatchObject({ cases: { received: 6 } });
});

it('a village head reads of the own village alone', async () => {
  const { get, staff } = running();
  const villageHead = await staff('posong.head', posong, 'village_head');
  const own = await get(`/reports/errands?month=2026-03&unit=${posong}`, villageHead);
  expect([own.status, own.json['total']]).toEqual([200, carried]);
  expect(codeOf(await get(`/reports/errands?month=2026-03&unit=${tulis}`, villageHead))).toEqual([
    403,
    'NOT_YOUR_UNIT',
  ]);
});

it.each([
  ['officers', posong, 'village_officer', '2026-03', posong, [403, 'RIGHT_MISSING']],
  ['a head of another line', 'dishub', 'agency_head', '2026-03', tulis, [403, 'NOT_YOUR_UNIT']],
  ['a month that is none', tulis, 'district_head', '2026-13', tulis, [400, 'BAD_REQUEST']],
  ['a unit that is none', tulis, 'district_head', '2026-03', 'desa-nowhere', [422, 'UNIT_UNKNOWN']],
])('is refused to or for %s', async (_, unit, role, month, asked, refusal) => {
  const { get, staff } = running();
  for (const report of ['errands', 'month', 'month.html'])
    expect(codeOf(await get(`/reports/${report}?month=${month}&unit=${asked}`, await staff('x', unit, role)))).toEqual(
      refusal,
    );
});
