import type { DeclaredCase } from '@garda/contracts';
import { madeId } from '@garda/testing';
import { stream } from '../../test/facts';
import { withGateway, type Reply } from '../../test/harness';

const running = withGateway();
const [plain, about, unheard] = [1, 2, 3].map((n) => madeId('declared', n)) as [string, string, string];
const number = '7K3M9QWXA';
const quality = () => running().staff('upkp2.officer', 'upkp2', 'quality_unit');
/** A unit that watches too, and is reported in the second case. */
const reported = () => running().staff('dlh.watcher', 'dlh', 'inspectorate');

const declared = (caseId: string): DeclaredCase => ({
  ...{ caseId, number, standard: 'DK-01', unit: 'dlh', declared: 50_000, assessed: 0, received: 0, watched: true },
  lines: [{ line: null, declared: 50_000, assessed: 0, received: 0, ceiling: null, watched: ['no_tariff'] }],
  payments: [
    {
      ...{ payment: madeId('payment', 1), declaredAt: '2026-03-02T02:00:00.000Z', amount: 50_000, to: 'village' },
      ...{ forWhat: 'thanks', paidOn: '2026-03-01', receipt: false },
    },
  ],
});

beforeAll(async () => {
  const { publish, hears } = running();
  for (const [caseId, more] of [
    [plain, { number }],
    [about, { number: '7K3M9QWXB', reportedUnit: 'dlh' }],
  ] as const) {
    await publish('intake', stream('intake', caseId, [['CaseSubmitted', more]]));
    await hears(caseId, { intake: 1 });
  }
});

it('is read by whoever has the verb: intake is asked in his name, and answers', async () => {
  const { get, services } = running();
  services.intake.answers(({ path }) =>
    path.includes('?')
      ? { status: 200, body: { items: [declared(plain), declared(about)], next: 'abc' } }
      : { status: 200, body: declared(plain) },
  );
  const list = await get('/declared?limit=2&cursor=xyz', await quality());
  expect([list.status, list.json]).toEqual([200, { items: [declared(plain), declared(about)], next: 'abc' }]);
  expect(list.headers.get('cache-control')).toBe('private, no-store');
  expect(list.headers.get('link')).toBe('</declared?limit=2&cursor=abc>; rel="next"');
  expect(services.intake.last()).toMatchObject({
    path: '/internal/declared?limit=2&cursor=xyz',
    claims: { verb: 'declared.read', actor: { kind: 'staff', id: 'upkp2.officer', unit: 'upkp2' } },
  });
  for (const id of [plain, number]) {
    const one = await get(`/declared/${id}`, await quality());
    expect([one.status, one.json]).toEqual([200, declared(plain)]);
    expect(services.intake.last()).toMatchObject({ path: `/internal/declared/${plain}`, claims: { caseId: plain } });
  }
});

it('leaves out the case in which the own unit is reported, and what has not been heard of', async () => {
  const { get, services } = running();
  const items = [plain, about, unheard].map(declared);
  services.intake.answers(() => ({ status: 200, body: { items } }));
  expect((await get('/declared', await reported())).json).toEqual({ items: [declared(plain)] });
  const asked = services.intake.asked.length;
  for (const id of [about, unheard])
    expect((await get(`/declared/${id}`, await reported())).json['code']).toBe('NOT_FOUND');
  expect(services.intake.asked).toHaveLength(asked);
});

it('is for everybody else a path that does not exist, case or no case', async () => {
  const { get, services, staff, program } = running();
  services.intake.answers(() => ({ status: 200, body: { items: [declared(plain)] } }));
  const asked = services.intake.asked.length;
  const bytes = ({ status, headers, text, json }: Reply) => {
    const { correlationId, ...body } = json;
    const kept = [...headers].filter(([name]) => !/^(date|x-correlation-id)$/.test(name));
    return { status, kept, body, length: text.length, sent: correlationId === headers.get('x-correlation-id') };
  };
  const readers = [
    ...[undefined, 'no token', await program('operations')],
    ...(await Promise.all(
      [
        ['tulis.officer', 'desa-posong', 'village_officer', 'village_head'],
        ['tulis.head', 'kec-tulis', 'district_head', 'district_counter'],
        ['dlh.head', 'dlh', 'agency_head', 'agency_officer'],
        ['setda.secretary', 'setda', 'secretary', 'auditor', 'operator'],
      ].map(([id = '', unit = '', ...roles]) => staff(id, unit, ...roles)),
    )),
  ];
  for (const reader of readers) {
    const nowhere = bytes(await get('/not-there', reader));
    expect(nowhere).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' }, sent: true });
    for (const path of ['/declared', '/declared?limit=0', `/declared/${plain}`, `/declared/${unheard}`])
      expect([path, bytes(await get(path, reader))]).toEqual([path, nowhere]);
  }
  expect(services.intake.asked).toHaveLength(asked);
});

it('tells a page that is none of ours, and a service that is away', async () => {
  const { get, services } = running();
  services.intake.answers(() => ({ status: 400, body: { code: 'CURSOR_INVALID' } }));
  expect((await get('/declared?cursor=x', await quality())).json['code']).toBe('CURSOR_INVALID');
  services.intake.answers(() => ({ status: 503, body: {} }));
  expect((await get('/declared', await quality())).json['code']).toBe('SERVICE_UNAVAILABLE');
});
