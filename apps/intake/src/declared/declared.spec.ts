import { randomUUID } from 'node:crypto';
import { EventLog } from '@garda/event-store';
import { bundle, publish, staff, withIntake, type Reply } from '../../test/harness';
import { lamp, residence, submit } from '../../test/submissions';

const intake = withIntake();
const quality = staff('upkp2.officer', 'upkp2');
const thanks = { amount: 50_000, to: 'village', forWhat: 'thanks', paidOn: '2026-03-01', receipt: false };
const words = 'Pak Lurah asked for it behind the office.';
type Case = Awaited<ReturnType<typeof submit>>;

const code = ({ trackingCode }: Case) => ({ 'tracking-code': trackingCode });
const declare = (of: Case, body: object = thanks, headers: Record<string, string> = {}): Promise<Reply> =>
  intake().post(`/cases/${of.number}/payments`, body, { ...code(of), ...headers });
const restricted = (caseId: string) =>
  new EventLog({ pool: intake().database.pool, schema: 'log_restricted' }).readStream(`declared-${caseId}`);
async function watching(path = '', caseId?: string, verb = 'declared.read'): Promise<Reply> {
  const token = { actor: quality, verb, ...(caseId === undefined ? {} : { caseId }) };
  const authorization = `Bearer ${await intake().tokenFor(token)}`;
  return intake().get(`/internal/declared${path}`, { authorization });
}

describe('a declared payment', () => {
  it('is stored in the restricted log alone, once, with its words sealed', async () => {
    const one = await submit(intake(), residence);
    const before = (await intake().events(one.caseId)).length;
    const key = { 'idempotency-key': randomUUID() };
    const first = await declare(one, { ...thanks, text: words }, key);
    const again = await declare(one, { ...thanks, text: words }, key);
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    const [fact, ...more] = await restricted(one.caseId);
    expect(more).toEqual([]);
    expect(fact).toMatchObject({ type: 'PaymentDeclared', eventId: first.json['payment'], data: { ...thanks } });
    expect(JSON.stringify(fact?.data)).not.toContain('Lurah');
    expect(await intake().events(one.caseId)).toHaveLength(before);
    const other = await declare(one, { ...thanks, amount: 60_000 }, key);
    expect([other.status, other.json['code']]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('is read again by whoever holds the code, with the words, and by nobody without it', async () => {
    const one = await submit(intake(), residence);
    await declare(one, { ...thanks, text: words });
    await declare(one, { ...thanks, amount: 1000 });
    const path = `/cases/${one.number}/payments`;
    const own = await intake().get(path, code(one));
    expect([own.status, own.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(own.json['items']).toEqual([
      { ...thanks, payment: expect.any(String), declaredAt: expect.any(String), text: words },
      { ...thanks, amount: 1000, payment: expect.any(String), declaredAt: expect.any(String) },
    ]);
    for (const headers of [{}, { 'tracking-code': '0000-0000-0000-0000' }]) {
      expect((await intake().get(path, headers)).json['code']).toBe('TRACKING_CODE_WRONG');
      expect((await intake().post(path, thanks, headers)).json['code']).toBe('TRACKING_CODE_WRONG');
    }
    expect(await restricted(one.caseId)).toHaveLength(2);
  });

  it.each([
    ['DECLARED_AMOUNT_WRONG', { ...thanks, amount: 0 }],
    ['PAID_IN_FUTURE', { ...thanks, paidOn: '2099-01-01' }],
    ['TARIFF_LINE_UNKNOWN', { ...thanks, line: 'PTSL-1' }],
    ['BAD_REQUEST', { ...thanks, to: 'Pak Lurah' }],
  ])('is refused with %s', async (expected, body) => {
    const one = await submit(intake(), residence);
    expect((await declare(one, body)).json['code']).toBe(expected);
    expect(await restricted(one.caseId)).toEqual([]);
  });
});

describe('declared against assessed', () => {
  const cap = {
    ...{ line: 'PTSL-1', kind: 'capped_cost' as const, ceiling: 150_000 },
    ...{ basis: 'SKB 3 Menteri 2017', payee: 'village_treasury', validFrom: '2026-01-01' },
  };
  beforeAll(async () => {
    const ptsl = bundle.standards.find((standard) => standard.code === 'DS-04');
    if (ptsl === undefined) throw new Error('the catalogue has no DS-04');
    const offered = { ...ptsl, version: ptsl.version + 1, status: 'published' as const, tariff: [cap] };
    const more = { ...offered, entry: ['village' as const, 'citizen' as const] };
    const standards = bundle.standards.map((standard) => (standard.code === 'DS-04' ? more : standard));
    expect((await publish(intake(), { ...bundle, standards }, quality)).status).toBe(200);
  });
  const ptsl = { ...residence, standard: 'DS-04', attributes: {} };

  it('is read with the verb for it: what is above the ceiling is watched', async () => {
    const one = await submit(intake(), ptsl);
    const said = (amount: number) => declare(one, { ...thanks, forWhat: 'fee', amount });
    await said(150_000);
    const { resolution, until } = intake();
    const bill = { unit: 'desa-33.25.10.2004', line: 'PTSL-1', amount: 120_000, billingCode: 'B1', payBefore: '10wd' };
    await resolution.write(one.caseId, 'FeeAssessed', bill);
    const read = async () => (await watching(`/${one.caseId}`, one.caseId)).json as Record<string, unknown>;
    await until(async () => (await read())['assessed'] === 120_000);
    expect(await read()).toMatchObject({
      ...{ number: one.number, standard: 'DS-04', declared: 150_000, received: 0, watched: false },
      lines: [{ line: 'PTSL-1', declared: 150_000, assessed: 120_000, ceiling: 150_000, watched: [] }],
      payments: [{ amount: 150_000, to: 'village' }],
    });
    await said(1);
    expect(await read()).toMatchObject({ declared: 150_001, watched: true, lines: [{ watched: ['above_ceiling'] }] });
    expect(JSON.stringify(await read())).not.toContain('sealed');
  });

  it('lists the cases that were declared about, the latest first, a page after the other', async () => {
    const [quiet, first, second] = [await submit(intake(), ptsl), await submit(intake()), await submit(intake(), ptsl)];
    for (const one of [first, second, first]) await declare(one);
    type Listed = { items: { caseId: string; payments: unknown[] }[]; next?: string };
    const page = async (query: string) => (await watching(query)).json as unknown as Listed;
    const one = await page('?limit=1');
    expect(one.items).toMatchObject([{ caseId: first.caseId, payments: [{}, {}] }]);
    expect((await page(`?limit=1&cursor=${one.next}`)).items).toMatchObject([{ caseId: second.caseId }]);
    const { items } = await page('?limit=100');
    expect(items.map(({ caseId }) => caseId)).not.toContain(quiet.caseId);
    expect((await watching(`/${quiet.caseId}`, quiet.caseId)).json).toMatchObject({ declared: 0, payments: [] });
    expect((await watching('?cursor=x')).json['code']).toBe('CURSOR_INVALID');
  });

  it('is not read with another verb, for another case, or without a token', async () => {
    const one = await submit(intake(), residence);
    expect((await watching('', undefined, 'case.read')).json['code']).toBe('TOKEN_NOT_FOR_THIS');
    expect((await watching(`/${one.caseId}`, randomUUID())).json['code']).toBe('TOKEN_NOT_FOR_THIS');
    expect((await intake().get('/internal/declared')).json['code']).toBe('TOKEN_MISSING');
    const nobody = randomUUID();
    expect((await watching(`/${nobody}`, nobody)).json['code']).toBe('NOT_FOUND');
  });
});

describe('nothing but the restricted log moves', () => {
  /** Every row that intake keeps, but for what is restricted, and for how far its own readers are. */
  async function rows(): Promise<Record<string, unknown>> {
    const { pool } = intake().database;
    const { rows: tables } = await pool.query<{ name: string }>(
      `select schemaname || '.' || tablename as name from pg_tables
       where schemaname in ('log', 'read', 'intake', 'vault', 'consume') and tablename !~ '^declared_payments'
         and tablename not in ('projection_cursor') order by 1`,
    );
    const all: Record<string, unknown> = {};
    for (const { name } of tables)
      all[name] = (await pool.query(`select to_jsonb(t)::text as row from ${name} t order by 1`)).rows;
    return all;
  }
  const timeless = ({ status, headers, text }: Reply) => {
    const kept = Object.entries(headers).filter(([name]) => !['date', 'x-correlation-id'].includes(name));
    return { status, headers: kept, text };
  };
  /** What anybody can read of the case, and what its unit is told by topic. */
  async function seen(of: Case): Promise<unknown> {
    const { get, topics } = intake();
    const paths = ['requests.json', 'requests.xml', `requests/${of.number}.json`, 'servicerequestupdates.json'];
    const open = await Promise.all(paths.map((path) => get(`/open311/v2/${path}`)));
    const [page, receipt] = [
      await get(`/cases/${of.number}`, code(of)),
      await get(`/cases/${of.number}/receipt`, code(of)),
    ];
    const admin = topics.kafka.admin();
    await admin.connect();
    const told = await admin.fetchTopicOffsets(topics.name.own);
    await admin.disconnect();
    return { answers: [...open, page, receipt].map(timeless), told, rows: await rows() };
  }

  it.each([
    ['a lamp that everybody reads of', lamp],
    ['a letter of the village', residence],
  ])('when a payment is declared about %s', async (_, what) => {
    const one = await submit(intake(), what);
    await intake().resolution.write(one.caseId, 'WorkReceived', { kind: 'stage', unit: 'dishub', offer: 1 });
    await intake().until(async () =>
      (await intake().events(one.caseId)).some(({ type }) => type === 'CaseProgressNoted'),
    );
    await seen(one); // reading the page tells him what is new, which is a fact
    const { runtime } = intake().service;
    expect(runtime.state).toBe('running');
    await settled();
    const before = await seen(one);
    const listed = (await watching('?limit=100')).text;
    expect((await declare(one, { ...thanks, text: words })).status).toBe(201);
    expect((await intake().get(`/cases/${one.number}/payments`, code(one))).status).toBe(200);
    await settled();
    expect(await seen(one)).toEqual(before);
    expect((await watching('?limit=100')).text).not.toBe(listed);
  });

  /** Until relay and projections have done whatever is theirs to do. */
  async function settled(): Promise<void> {
    for (let last = '', now = 'x'; last !== now;) {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      last = now;
      const { pool } = intake().database;
      now = JSON.stringify([
        (await pool.query('select * from consume.projection_cursor order by 1, 2')).rows,
        (await pool.query('select count(*) from log.events')).rows,
      ]);
    }
  }
});
