import { madeId } from '@garda/testing';
import { stream, type Told } from '../../test/facts';
import { withGateway, type Reply } from '../../test/harness';

const running = withGateway();
const codeOf = ({ status, json }: Reply) => [status, json['code']];
const terms = (standard: string, kind: string, time: string) => ({
  terms: {
    standard,
    standardVersion: 1,
    kind,
    publicity: 'place',
    owner: 'x',
    stages: [{ tier: 'agency', kind: 'condition', time }],
    requirements: [],
    answerWithin: '10wd',
    disputeWithin: '10wd',
    calendar: 'batang-2026-2027.1',
    policy: 1,
  },
});

interface Placed {
  readonly n: number;
  readonly number: string;
  readonly unit?: string;
  readonly receivedAt?: string;
  readonly officer?: string;
  readonly reportedUnit?: string;
  readonly kind?: string;
}

/** A case on all three topics: filed by a citizen, offered to a unit (none: in triage), perhaps assigned. */
async function place({ n, number, unit, officer, kind = 'complaint', ...more }: Placed): Promise<string> {
  const caseId = madeId('reads', n);
  const filed = {
    ...terms('HB-01', kind, '5wd'),
    filedBy: { by: 'citizen' },
    receivedAt: '2026-03-02T02:15:00Z',
    ...more,
  };
  const routed: Told[] =
    unit === undefined
      ? [
          ['CaseEntered', filed],
          ['CaseSentToTriage', { reason: 'no_rule' }],
        ]
      : [
          ['CaseEntered', filed],
          ['CaseRouted', { unit, offer: 1, stage: 0 }],
        ];
  const worked: Told[] = [
    ['CaseKnown', filed],
    ['WorkReceived', unit === undefined ? { kind: 'none' } : { unit, offer: 1 }],
  ];
  if (officer !== undefined) worked.push(['OfficerAssigned', { unit, offer: 1, officer }]);
  const { publish, hears } = running();
  await publish('intake', stream('intake', caseId, [['CaseSubmitted', { ...filed, number }]]));
  await publish('routing', stream('routing', caseId, routed));
  await publish('resolution', stream('resolution', caseId, worked));
  await hears(caseId, { intake: 1, routing: 2, resolution: worked.length });
  return caseId;
}
const dishubHead = () => running().staff('dishub.head', 'dishub', 'agency_head');

describe('the case file', () => {
  it('shows terms, clocks and timeline by id and by public number, and nothing sealed', async () => {
    const caseId = await place({ n: 1, number: '7K3M9QWXA', unit: 'dishub', officer: 'dishub.officer' });
    const { get } = running();
    const byId = await get(`/cases/${caseId}`, await dishubHead());
    expect(byId.status).toBe(200);
    expect(byId.json).toMatchObject({
      caseId,
      number: '7K3M9QWXA',
      standard: 'HB-01',
      status: 'pending',
      citizenStatus: 'received',
      routing: { status: 'offered', unit: 'dishub', offer: 1, stage: 0, stages: 1 },
      officer: 'dishub.officer',
      dueAt: '2026-03-09T09:00:00.000Z',
      versions: { intake: 1, routing: 2, resolution: 3 },
      duplicates: { followers: [] },
      sealed: 1,
    });
    const timeline = byId.json['timeline'] as { type: string; actor: object }[];
    // Facts of the same moment stand in order of context.
    expect(timeline.map(({ type }) => type)).toEqual([
      ...['CaseSubmitted', 'CaseKnown', 'CaseEntered'],
      ...['WorkReceived', 'CaseRouted', 'OfficerAssigned'],
    ]);
    expect(timeline[0]?.actor).toEqual({ kind: 'staff', unit: 'dishub' });
    expect(byId.text).not.toMatch(/"(ct|enc|codeHash|publicKey)"/);
    expect((await get('/cases/7k3m-9qwx-a', await dishubHead())).json).toEqual(byId.json);
    expect((await get('/cases?number=7K3M9QWXA', await dishubHead())).json).toEqual({ items: [byId.json] });
  });

  it('has an ETag for caching', async () => {
    const caseId = await place({ n: 2, number: '7K3M9QWXB', unit: 'dishub' });
    const { get } = running();
    const first = await get(`/cases/${caseId}`, await dishubHead());
    const again = await get(`/cases/${caseId}`, await dishubHead(), {
      'if-none-match': first.headers.get('etag') ?? '',
    });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it.each([
    ['another unit', 'dlh.head', 'dlh', 'agency_head', 'NOT_YOUR_UNIT'],
    ['an operator', 'op', 'dishub', 'operator', 'RIGHT_MISSING'],
  ])('is refused to %s', async (_, id, unit, role, code) => {
    const caseId = await place({ n: 3, number: '7K3M9QWXC', unit: 'dishub' });
    const { get, staff } = running();
    expect(codeOf(await get(`/cases/${caseId}`, await staff(id, unit, role)))).toEqual([403, code]);
  });

  it('is refused to the reported unit and to its superior in line, and open to the one that guides', async () => {
    const { get, staff } = running();
    const village = await place({ n: 4, number: '7K3M9QWXD', reportedUnit: 'kel-proyonanggan' });
    for (const [unit, role] of [
      ['kel-proyonanggan', 'quality_unit'],
      ['kec-tulis', 'quality_unit'],
      ['setda', 'secretary'],
    ] as const)
      expect(codeOf(await get(`/cases/${village}`, await staff('x', unit, role)))).toEqual([403, 'UNIT_IS_REPORTED']);
    expect((await get(`/cases/${village}`, await staff('x', 'upkp2', 'quality_unit'))).status).toBe(200);
  });

  it('of nobody is not found, by id or by number', async () => {
    const { get } = running();
    expect(codeOf(await get(`/cases/${madeId('nobody', 1)}`, await dishubHead()))).toEqual([404, 'CASE_NOT_FOUND']);
    expect(codeOf(await get('/cases/ZZZZZZZZZ', await dishubHead()))).toEqual([404, 'CASE_NOT_FOUND']);
  });

  it('says since when it is behind, where facts of the case are held', async () => {
    const caseId = await place({ n: 5, number: '7K3M9QWXE', unit: 'dishub' });
    const { query, get } = running();
    await query(
      `insert into consume.parked (consumer, topic, partition, seq, key, headers, attempts, error_code)
       values ('case-file@6', 'elsewhere', 0, 1, $1, '{}', 3, 'X')`,
      [caseId],
    );
    expect((await get(`/cases/${caseId}`, await dishubHead())).json['behindSince']).toEqual(expect.any(String));
    await query(`delete from consume.parked where topic = 'elsewhere'`);
  });
});

describe('the inbox', () => {
  const late = '2024-01-03T02:00:00Z';
  const numbers = async (path: string, as: string): Promise<string[]> => {
    const { json } = await running().get(path, as);
    return (json['items'] as { number: string }[]).map(({ number }) => number);
  };
  beforeAll(async () => {
    const unit = 'dlh';
    const inTime = '2026-11-20T02:00:00Z';
    await running().query(
      `update clock.case_clock set ahead = '2026-11-23T02:00:00Z'::timestamptz - clock_timestamp()`,
    );
    await place({ n: 20, number: 'AAAA00001', unit, receivedAt: '2026-11-19T02:00:00Z' });
    await place({ n: 21, number: 'AAAA00002', unit, receivedAt: inTime, officer: 'me' });
    await place({ n: 22, number: 'AAAA00003', unit, receivedAt: '2026-02-03T02:00:00Z', officer: 'other' });
    await place({ n: 23, number: 'AAAA00004', unit, receivedAt: '2026-03-03T02:00:00Z' });
    await place({ n: 24, number: 'AAAA00005', unit, receivedAt: '2026-02-10T02:00:00Z' });
    await place({ n: 25, number: 'AAAA00006', receivedAt: '2026-03-03T02:00:00Z' });
    await place({ n: 26, number: 'AAAA00007', unit, reportedUnit: 'dlh', receivedAt: late });
    await place({ n: 27, number: 'AAAA00008', unit: 'desa-posong', receivedAt: inTime });
  });
  const officer = () => running().staff('me', 'dlh', 'agency_officer');

  it('shows overdue cases with nobody first, then overdue ones, then by due date; never those about the own unit', async () => {
    const ordered = ['AAAA00005', 'AAAA00004', 'AAAA00003', 'AAAA00001', 'AAAA00002'];
    expect(await numbers('/inbox', await officer())).toEqual(ordered);
  });

  it('comes in pages that join without a gap', async () => {
    const { get } = running();
    const token = await officer();
    const seen: string[] = [];
    let path: string | undefined = '/inbox?limit=2';
    for (let pages = 0; path !== undefined && pages < 9; pages += 1) {
      const reply: Reply = await get(path, token);
      seen.push(...(reply.json['items'] as { number: string }[]).map(({ number }) => number));
      path = /<([^>]+)>; rel="next"/.exec(reply.headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual(await numbers('/inbox', token));
  });

  it.each([
    ['assigned=me', ['AAAA00002']],
    ['assigned=none', ['AAAA00005', 'AAAA00004', 'AAAA00001']],
    ['overdue=true', ['AAAA00005', 'AAAA00004', 'AAAA00003']],
    ['overdue=false', ['AAAA00001', 'AAAA00002']],
    ['standard=DK-01', []],
    ['status=closed', []],
    ['unit=dishub', []],
  ])('can be asked for %s', async (filter, wanted) => {
    expect(await numbers(`/inbox?${filter}`, await officer())).toEqual(wanted);
  });

  it('of the quality unit shows what is in triage', async () => {
    const quality = await running().staff('q', 'upkp2', 'quality_unit');
    expect(await numbers('/inbox?triage=true', quality)).toEqual(expect.arrayContaining(['AAAA00006']));
    expect(await numbers('/inbox?unit=dlh', quality)).toContain('AAAA00007');
  });

  it('of a district head shows the villages below, of a counter only the own unit', async () => {
    const { staff } = running();
    expect(await numbers('/inbox', await staff('h', 'kec-tulis', 'district_head'))).toEqual(['AAAA00008']);
    expect(await numbers('/inbox', await staff('c', 'kec-tulis', 'district_counter'))).toEqual([]);
  });

  it.each([
    ['a cursor that is not ours', 'cursor=abc', 'CURSOR_INVALID'],
    ['a limit beyond the largest', 'limit=1000', 'BAD_REQUEST'],
    ['a status that does not exist', 'status=lost', 'BAD_REQUEST'],
  ])('refuses %s', async (_, query, code) => {
    expect(codeOf(await running().get(`/inbox?${query}`, await officer()))).toEqual([400, code]);
  });
});
