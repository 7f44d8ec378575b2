import { randomUUID } from 'node:crypto';
import { madeId } from '@garda/testing';
import { stream, type Told } from '../../test/facts';
import { withGateway, type Reply } from '../../test/harness';
import { fileViews } from '../case-file/file-views';

const running = withGateway();
const codeOf = ({ status, json }: Reply) => [status, json['code']];
const inspector = () => running().staff('inspektorat.officer', 'inspektorat', 'inspectorate');
const secretary = () => running().staff('setda.secretary', 'setda', 'secretary');
/** Everybody else, at the units that the report is about or that see most. */
const others = () =>
  Promise.all([
    running().staff('dishub.officer', 'dishub', 'agency_officer'),
    running().staff('dishub.head', 'dishub', 'agency_head'),
    running().staff('upkp2.officer', 'upkp2', 'quality_unit'),
    running().staff('auditor', 'inspektorat', 'auditor'),
    running().staff('operator', 'upkp2', 'operator'),
    running().program('import'),
    running().program('operations'),
    secretary(),
  ]);
const terms = {
  standard: 'LV-01',
  standardVersion: 3,
  kind: 'levy',
  publicity: 'never',
  owner: 'levy',
  stages: [{ tier: 'regency', kind: 'condition', time: '60wd' }],
  requirements: [],
  answerWithin: '30d',
  disputeWithin: '10wd',
  calendar: 'batang-2026-2027.1',
  policy: 1,
};

interface Report {
  readonly n: number;
  readonly number: string;
  readonly unit?: string;
  readonly reportedUnit?: string | undefined;
  readonly more?: readonly Told[];
  readonly officer?: string;
}

/** A report of an illegal levy on the three restricted topics. */
async function report({ n, number, unit = 'inspektorat', reportedUnit, more = [], officer }: Report): Promise<string> {
  const caseId = madeId('levy', n);
  const filed = { terms, identity: 'withheld', content: 'private', reportedUnit, number, filedBy: { by: 'citizen' } };
  const routed: Told[] = [['CaseEntered', filed], ['CaseRouted', { unit, offer: 1, stage: 0 }], ...more];
  const worked: Told[] = [
    ['CaseKnown', filed],
    ['WorkReceived', { unit, offer: 1 }],
  ];
  if (officer !== undefined) worked.push(['OfficerAssigned', { unit, offer: 1, officer }]);
  const { publish, hears } = running();
  await publish('intake', stream('intake', caseId, [['CaseSubmitted', filed]], 'restricted'), 'restricted');
  await publish('routing', stream('routing', caseId, routed, 'restricted'), 'restricted');
  await publish('resolution', stream('resolution', caseId, worked, 'restricted'), 'restricted');
  await hears(caseId, { intake: 1, routing: routed.length, resolution: worked.length }, 'restricted');
  return caseId;
}
/** A case of everybody's at the agency that the reports are about. */
async function openCase(n: number, number: string): Promise<string> {
  const caseId = madeId('levy', n);
  const filed = { identity: 'named', number, reportedUnit: undefined, filedBy: { by: 'citizen' } };
  const { publish, hears } = running();
  const routed: Told[] = [
    ['CaseEntered', filed],
    ['CaseRouted', { unit: 'dishub', offer: 1, stage: 0 }],
  ];
  await publish('intake', stream('intake', caseId, [['CaseSubmitted', filed]]));
  await publish('routing', stream('routing', caseId, routed));
  await publish('resolution', stream('resolution', caseId, [['CaseKnown', filed]]));
  await hears(caseId, { intake: 1, routing: 2, resolution: 1 });
  return caseId;
}
const told = (rung: number, to: string): Told => [
  'CaseEscalated',
  { clock: 'levy', rung, to, dueAt: '2026-03-05T09:00:00.000Z' },
];
const numbersIn = ({ json }: Reply) => (json['items'] as { number: string }[]).map(({ number }) => number);
/** What an answer says, without what is different in every answer, and without the id that was asked for. */
const bytes = ({ status, headers, text }: Reply, id = 'none') => [
  status,
  text
    .replaceAll(id, '*')
    .replace(/"correlationId":"[^"]*"/, '')
    .replace(/"now":"[^"]*"/, ''),
  [...headers].filter(([name]) => !/^(date|x-correlation-id|traceparent|keep-alive)$/.test(name)),
];

describe('levy reports at the gateway', () => {
  it('are listed and read by the inspectorate, and by nobody else: there is no such case', async () => {
    const { get } = running();
    const caseId = await report({ n: 1, number: '0000000A1', reportedUnit: 'dishub' });
    const list = await get('/levy', await inspector());
    expect(list.json).toMatchObject({
      untouched: 0,
      untouchedOutside: 0,
      items: [{ caseId, kind: 'levy', unit: 'inspektorat' }],
    });
    const file = await get(`/levy/${caseId}`, await inspector());
    expect(file.json).toMatchObject({ caseId, status: 'pending', versions: { intake: 1, routing: 2, resolution: 2 } });
    const etag = file.headers.get('etag') ?? '';
    expect((await get('/levy/0000000A1', await inspector(), { 'if-none-match': etag })).status).toBe(304);
    const nowhere = randomUUID();
    const mine = await inspector();
    for (const who of [mine, ...(await others())])
      for (const path of who === mine ? ['/cases/'] : ['/cases/', '/levy/']) {
        const [here, there] = [await get(path + caseId, who), await get(path + nowhere, who)];
        expect(here.status).toBeGreaterThanOrEqual(400);
        expect(bytes(here, caseId)).toEqual(bytes(there, nowhere));
      }
    for (const who of (await others()).slice(0, -1))
      expect(codeOf(await get('/levy', who))).toEqual([403, 'RIGHT_MISSING']);
  });

  it('take commands by their own door, verb and token; a stranger’s is refused as for no case', async () => {
    const { post, services } = running();
    const caseId = await report({ n: 2, number: '0000000A2', officer: 'inspektorat.officer' });
    services.resolution.answers(() => ({ body: { caseId, version: 3 } }));
    const accepted = await post(`/levy/${caseId}/accept`, await inspector());
    expect([accepted.status, accepted.headers.get('location')]).toEqual([200, `/levy/${caseId}`]);
    expect(services.resolution.last()).toMatchObject({
      path: `/internal/levy/${caseId}/accept`,
      claims: { verb: 'levy.work', caseId, unit: 'inspektorat' },
    });
    const asked = services.resolution.asked.length;
    const nowhere = randomUUID();
    for (const who of await others()) {
      const [here, there] = [await post(`/levy/${caseId}/accept`, who), await post(`/levy/${nowhere}/accept`, who)];
      expect(codeOf(here)).toEqual([404, 'CASE_NOT_FOUND']);
      expect(bytes(here, caseId)).toEqual(bytes(there, nowhere));
    }
    expect((await post(`/cases/${caseId}/accept`, await inspector())).status).toBeGreaterThanOrEqual(400);
    expect((await post(`/levy/${caseId}/transfer`, await inspector())).status).toBe(404);
    expect(services.resolution.asked).toHaveLength(asked);
  });

  it('are filed at the inspectorate’s desk', async () => {
    const { post, services, publish } = running();
    services.intake.answers(async ({ path }) => {
      const caseId = madeId('levy', 90);
      const filed: Told[] = [['CaseSubmitted', { terms, number: '0000000A9' }]];
      await publish('intake', stream('intake', caseId, filed, 'restricted'), 'restricted');
      return { status: 201, body: { caseId, version: 1, path } };
    });
    const key = () => ({ 'idempotency-key': randomUUID() });
    const filed = await post('/levy', await inspector(), { submission: {} }, key());
    expect(filed).toMatchObject({ status: 201, json: { path: '/internal/levy' } });
    expect(services.intake.last().claims).toMatchObject({ verb: 'levy.work' });
    for (const who of (await others()).slice(0, -1))
      expect(codeOf(await post('/levy', who, { submission: {} }, key()))).toEqual([403, 'RIGHT_MISSING']);
  });
});

describe('the secretary', () => {
  it('stands in where the inspectorate is reported, which then sees nothing', async () => {
    const { get, post } = running();
    const caseId = await report({ n: 3, number: '0000000A3', unit: 'setda', reportedUnit: 'inspektorat' });
    expect(numbersIn(await get('/levy', await secretary()))).toEqual(['0000000A3']);
    expect((await get(`/levy/${caseId}`, await secretary())).json).toMatchObject({ caseId });
    expect(numbersIn(await get('/levy', await inspector()))).not.toContain('0000000A3');
    expect(codeOf(await get(`/levy/${caseId}`, await inspector()))).toEqual([404, 'CASE_NOT_FOUND']);
    // To work on it is not to know who handed it in.
    const opening = await post(`/levy/${caseId}/disclose`, await secretary(), { purpose: 'verify' });
    expect(codeOf(opening)).toEqual([403, 'IDENTITY_WITHHELD']);
  });

  it('reads the one whose dispute he is named to decide', async () => {
    const disputed: Told[] = [
      ['WorkSettled', { how: 'decided', outcome: 'unfounded', unit: 'inspektorat' }],
      ['DisputeRouted', { to: 'setda', decidedBy: 'inspektorat', disputedAt: '2026-03-04T03:00:00.000Z' }],
    ];
    const caseId = await report({ n: 4, number: '0000000A4', more: disputed });
    expect((await running().get(`/levy/${caseId}`, await secretary())).json).toMatchObject({
      dispute: { to: 'setda' },
    });
    expect(numbersIn(await running().get('/levy?status=pending', await secretary()))).toContain('0000000A4');
  });

  it('learns how many nobody has taken, and not which', async () => {
    const { get } = running();
    const untouched = async (who: string) => (await get('/levy', who)).json['untouched'];
    const before = await untouched(await secretary());
    const rungs = [told(1, 'inspektorat'), told(2, 'setda')];
    const caseId = await report({ n: 5, number: '0000000A5', more: rungs });
    await report({ n: 6, number: '0000000A6', more: rungs, officer: 'inspektorat.officer' });
    expect(await untouched(await secretary())).toBe(Number(before) + 1);
    expect(numbersIn(await get('/levy', await secretary()))).not.toContain('0000000A5');
    expect(codeOf(await get(`/levy/${caseId}`, await secretary()))).toEqual([404, 'CASE_NOT_FOUND']);
    expect(await untouched(await inspector())).toBe(1);
    const outside = async (who: string) => (await get('/levy', who)).json['untouchedOutside'];
    expect(await outside(await secretary())).toBe(0);
    await report({ n: 7, number: '0000000A7', more: [...rungs, told(3, 'x-ombudsman')] });
    expect([await untouched(await secretary()), await outside(await secretary())]).toEqual([Number(before) + 2, 1]);
    expect([await untouched(await inspector()), await outside(await inspector())]).toEqual([2, 1]);
  });
});

it('what the open line shows stays as it is, byte by byte', async () => {
  const { get, query } = running();
  const { open: openViews } = fileViews;
  const open = await openCase(8, '0000000B8');
  const paths = [
    '/inbox',
    '/inbox?related=true',
    '/inbox?status=pending',
    '/cases?number=0000000A7',
    '/cases?number=0000000B8',
    `/cases/${open}`,
    '/reports/errands',
  ];
  const look = async () =>
    Promise.all((await others()).flatMap((who) => paths.map(async (path) => bytes(await get(path, who)))));
  const tables = () =>
    query(
      `select case_id from read.${openViews.fileTable} union all select case_id from read.${openViews.timelineTable}`,
    );
  const [before, rows] = [await look(), await tables()];
  expect(before.filter(([status]) => status === 200).length).toBeGreaterThan(10);
  await report({ n: 7, number: '0000000A7', officer: 'inspektorat.officer', reportedUnit: 'dishub' });
  expect(await look()).toEqual(before);
  expect(await tables()).toEqual(rows);
});
