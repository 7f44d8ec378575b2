import { randomUUID } from 'node:crypto';
import type { Actor, IntakeData } from '@garda/contracts';
import { staff, village, withIntake } from '../../test/harness';
import { residence, submit } from '../../test/submissions';

const intake = withIntake();
const camat = staff('tulis.head', 'kec-33.25.10');
const desa = 'desa-33.25.10.2004';

const order = (body: object, actor: Actor = camat, headers = {}) =>
  intake().internal('/internal/slip-books', { actor, verb: 'slips.issue' }, body, headers);
const file = (slip: object | undefined, more: object = {}, actor: Actor = village) =>
  intake().internal('/internal/cases', { actor, verb: 'case.file' }, { submission: letter, slip, ...more });
const reissue = (caseId: string, slip: string, actor: Actor = village) =>
  intake().internal(`/internal/cases/${caseId}/reissue-code`, { actor, verb: 'code.reissue', caseId }, { slip });
const letter = { ...residence, person: { name: 'Ibu Siti' } };

/** A book with what stands on its paper: number → code. */
async function printed(count: number) {
  const { status, json } = await order({ unit: desa, count });
  expect(status).toBe(201);
  const { book, numbers, printAt } = json as unknown as { book: string; numbers: string[]; printAt: string };
  const path = new URL(printAt, 'http://localhost').pathname;
  const page = await intake().form(path, '');
  const codes = [...page.text.matchAll(/\d{4}-\d{4}-\d{4}-\d{4}/g)].map(([code]) => code);
  return { book, numbers, codes, path, page };
}
const open = async (number: string, code: string) =>
  (await intake().get(`/cases/${number}`, { 'tracking-code': code })).status;

describe('a book of slips', () => {
  it('is printed once, and its codes are nowhere but on paper', async () => {
    const { numbers, codes, path, page } = await printed(3);
    expect([page.status, page.headers['content-type'], codes.length]).toEqual([200, 'text/html; charset=utf-8', 3]);
    expect(page.text.match(/<svg/g)).toHaveLength(3);
    expect(page.text).toContain('Rp 0');
    for (const number of numbers) expect(page.text).toContain(`${number.slice(0, 4)}-${number.slice(4)}`);
    expect((await intake().get(path)).text).toContain('<form method="post">'); // looking uses nothing up
    expect((await intake().form(path, '')).status).toBe(404);
    const { rows } = await intake().database.pool.query('select data::text || meta::text as all from log.events');
    for (const code of codes) expect(rows.some((row) => row.all.includes(code))).toBe(false);
  });

  it('is the same book when the request comes again, and never for a unit elsewhere', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const [first, again] = [
      await order({ unit: desa, count: 2 }, camat, key),
      await order({ unit: desa, count: 2 }, camat, key),
    ];
    expect([again.json['book'], again.json['numbers']]).toEqual([first.json['book'], first.json['numbers']]);
    expect((await order({ unit: desa, count: 2 }, staff('x', 'kec-33.25.01'))).json['code']).toBe('NOT_RESPONSIBLE');
    expect((await order({ unit: 'nowhere', count: 2 })).json['code']).toBe('UNIT_UNKNOWN');
    expect((await order({ unit: desa, count: 0 })).json['code']).toBe('BAD_REQUEST');
  });
});

describe('a desk with slips', () => {
  it('types a slip twice and has one case, which the code on the paper opens', async () => {
    const { numbers, codes } = await printed(2);
    const [number = '', code = ''] = [numbers[0], codes[0]];
    const first = await file({ number });
    expect([first.status, first.json['number']]).toEqual([201, number]);
    const again = await file({ number });
    expect([again.status, again.json['caseId'], again.json['number']]).toEqual([201, first.json['caseId'], number]);
    const [event, ...more] = await intake().events(String(first.json['caseId']));
    expect([(event?.data as IntakeData<'CaseSubmitted'>).slip, more]).toEqual([{ number, line: 1, late: false }, []]);
    expect(first.text).not.toContain(code);
    expect([await open(number, code), await open(number, codes[1] ?? '')]).toEqual([200, 403]);
  });

  it('lists the errands of a household on one slip, each a case under the one code', async () => {
    const { numbers, codes } = await printed(1);
    const [number = '', code = ''] = [numbers[0], codes[0]];
    const filed = [];
    for (const line of [1, 2, 3]) filed.push((await file({ number, line })).json);
    expect(new Set(filed.map((one) => one['caseId'])).size).toBe(3);
    for (const one of filed) expect(await open(String(one['number']), code)).toBe(200);
  });

  it('types later what it received today, and not what came before the slip', async () => {
    const { numbers } = await printed(2);
    const { rows } = await intake().database.pool.query(
      `select to_char((clock_timestamp() + (select ahead from clock.case_clock)) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`,
    );
    const receivedAt = String(rows[0].now);
    await intake().database.pool.query(`update clock.case_clock set ahead = ahead + interval '8 days'`);
    const late = await file({ number: numbers[0] }, { receivedAt });
    expect([late.status, late.json['receivedAt']]).toEqual([201, receivedAt]);
    const [event] = await intake().events(String(late.json['caseId']));
    expect((event?.data as IntakeData<'CaseSubmitted'>).slip).toMatchObject({ late: true });
    const before = new Date(Date.parse(receivedAt) - 86_400_000).toISOString();
    expect((await file({ number: numbers[1] }, { receivedAt: before })).json['code']).toBe('SLIP_TOO_EARLY');
    expect((await file(undefined, { receivedAt })).json['code']).toBe('OCCURRED_AT_NOT_ALLOWED');
  });

  it('uses no slip of another desk, of nobody, or that was revoked', async () => {
    const { numbers, book } = await printed(2);
    expect((await file({ number: numbers[0] }, {}, staff('x', 'desa-33.25.10.2003'))).json['code']).toBe(
      'SLIP_UNKNOWN',
    );
    expect((await file({ number: '0123456ZZ' })).json['code']).toBe('SLIP_UNKNOWN');
    const revoke = (reason: string) =>
      intake().internal(
        `/internal/slip-books/${book}/revocations`,
        { actor: camat, verb: 'slips.revoke' },
        { number: numbers[0], reason },
      );
    expect((await revoke('eaten')).json['code']).toBe('BAD_REQUEST');
    expect((await revoke('lost')).status).toBe(200);
    expect((await file({ number: numbers[0] })).json['code']).toBe('SLIP_REVOKED');
    expect((await file({ number: numbers[1] })).status).toBe(201);
  });
});

describe('a lost code', () => {
  it('is replaced at a desk by the code on an unused slip, and opens nothing more', async () => {
    const filed = await submit(intake(), letter);
    const { numbers, codes } = await printed(2);
    await file({ number: numbers[1] });
    expect((await reissue(filed.caseId, numbers[1] ?? '')).json['code']).toBe('SLIP_USED');
    expect((await reissue(filed.caseId, numbers[0] ?? '', staff('x', 'desa-33.25.10.2003'))).json['code']).toBe(
      'SLIP_UNKNOWN',
    );
    const reply = await reissue(filed.caseId, numbers[0] ?? '');
    expect([reply.status, reply.text.includes(codes[0] ?? '-')]).toEqual([200, false]);
    expect([await open(filed.number, filed.trackingCode), await open(filed.number, codes[0] ?? '')]).toEqual([
      403, 200,
    ]);
  });
});
