import { randomUUID } from 'node:crypto';
import { Vault } from '@garda/personal-data';
import { staff, withIntake } from '../../test/harness';
import { lamp, submit } from '../../test/submissions';
import { levy, namedLevy } from '../../test/levy';

const intake = withIntake();
const restricted = { line: 'restricted' as const };
const inspector = staff('inspektorat.officer', 'inspektorat');
const types = async (caseId: string, line: 'open' | 'restricted') =>
  (await intake().events(caseId, line)).map(({ type }) => type);
/** Whatever the open line holds: its log, and every table that is made from it. */
const openLine = async () => {
  const { rows } = await intake().database.pool.query<{ held: string }>(
    `select (select json_agg(e order by position) from log.events e)::text || (select json_agg(c) from read.case_state c)::text
       || (select json_agg(p) from read.public_cases p)::text || coalesce((select json_agg(n) from read.notices n)::text, '')
       || coalesce((select json_agg(d) from read.due d)::text, '') as held`,
  );
  return rows[0]?.held;
};
const work = (caseId: string, name: string, body: object, door = 'levy') =>
  intake().internal(
    `/internal/${door}/${caseId}/${name}`,
    { actor: inspector, verb: door === 'levy' ? 'levy.work' : 'person.disclose', caseId },
    body,
  );

beforeAll(async () => void (await submit(intake(), lamp)));

describe('a report of an illegal levy', () => {
  it('is on the restricted line, and moves nothing on the open one', async () => {
    const before = await openLine();
    const { caseId, number, trackingCode } = await submit(intake(), levy);
    const answer = { items: [], text: 'It was on Monday.' };
    const code = { 'tracking-code': trackingCode };
    expect(await intake().post(`/cases/${number}/answers`, answer, code)).toMatchObject({ status: 200 });
    await intake().restrictedResolution.write(
      caseId,
      'CaseAccepted',
      { unit: 'inspektorat', officer: 'i' },
      restricted,
    );
    await intake().until(async () => (await types(caseId, 'restricted')).length === 3);
    expect(await types(caseId, 'restricted')).toEqual(['CaseSubmitted', 'InformationProvided', 'CaseProgressNoted']);
    expect(await types(caseId, 'open')).toEqual([]);
    expect(await openLine()).toBe(before);
    expect(before).toContain('CaseSubmitted');
  });

  it('has a number like all others, and a page for whoever holds the code', async () => {
    const { caseId, number, trackingCode } = await submit(intake(), levy);
    expect(number).toMatch(/^[0-9A-HJKMNP-TV-Z]{9}$/);
    const code = { 'tracking-code': trackingCode };
    await intake().restrictedResolution.write(
      caseId,
      'CaseAccepted',
      { unit: 'inspektorat', officer: 'i' },
      restricted,
    );
    await intake().until(async () => (await types(caseId, 'restricted')).length === 2);
    const page = await intake().get(`/cases/${number}`, code);
    expect([page.status, page.json['state']]).toMatchObject([200, { code: 'working' }]);
    expect(page.text).toContain('fifty thousand');
    expect(await types(caseId, 'restricted')).toEqual(['CaseSubmitted', 'CaseProgressNoted', 'CitizenNotified']);
    expect(await intake().get(`/cases/${number}/receipt`, code)).toMatchObject({ status: 200 });
    expect(await intake().post(`/cases/${number}/withdrawal`, {}, code)).toMatchObject({ status: 200 });
    expect(await intake().get(`/cases/${number}`, { 'tracking-code': '1234-5678-1234-5678' })).toMatchObject({
      json: { code: 'TRACKING_CODE_WRONG' },
    });
    expect((await intake().get(`/open311/v2/requests/${number}.json`)).status).toBe(404);
  });

  it('is answered the same when it is handed in again, and only one case comes of it', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const [first, again] = [await intake().post('/cases', levy, key), await intake().post('/cases', levy, key)];
    expect(first.status).toBe(201);
    expect(again.text).toBe(first.text);
  });

  it('is told of by the channel that was left, with the number and nothing else', async () => {
    const { caseId, number } = await submit(intake(), namedLevy);
    await intake().restrictedResolution.write(
      caseId,
      'CaseAccepted',
      { unit: 'inspektorat', officer: 'i' },
      restricted,
    );
    await intake().until(() => intake().channel.sent.some(({ text }) => text.includes(number)));
    expect(intake().channel.sent.at(-1)).toEqual({
      id: expect.any(String),
      to: '081298765432',
      text: `${number}: ada kabar baru. There is news.`,
    });
    await intake().until(async () => (await types(caseId, 'restricted')).at(-1) === 'CitizenNotified');
  });

  it('keeps the key of whoever handed it in', async () => {
    const { caseId } = await submit(intake(), levy);
    const { pool } = intake().database;
    const kept = async () =>
      (await pool.query('select 1 from vault.subject_keys where case_id = $1', [caseId])).rowCount;
    const vault = new Vault({ pool, masterKey: Buffer.alloc(32, 1).toString('base64url') });
    await vault.removeOrphans(new Date(Date.now() + 60_000));
    expect(await kept()).toBe(1);
  });
});

describe('for staff it', () => {
  it('is opened by the verb of levies alone; for every other command there is no such case', async () => {
    const { caseId } = await submit(intake(), levy);
    const purpose = { purpose: 'verify' };
    const opened = await work(caseId, 'disclose', purpose);
    expect(opened).toMatchObject({ status: 200 });
    expect(opened.text).toContain('fifty thousand');
    expect(await work(caseId, 'disclose', purpose, 'cases')).toMatchObject({ json: { code: 'CASE_NOT_FOUND' } });
    expect(await types(caseId, 'open')).toEqual([]);
    expect(await work(caseId, 'publish-summary', { text: 'A levy.' })).toMatchObject({ status: 404 });
  });

  it('is forgotten by the inspectorate alone, once it is closed', async () => {
    const { caseId, number, trackingCode } = await submit(intake(), levy);
    const kept = async () =>
      (await intake().database.pool.query('select 1 from vault.subject_keys where case_id = $1', [caseId])).rowCount;
    const code = { 'tracking-code': trackingCode };
    expect(await intake().post(`/cases/${number}/erasure`, {}, code)).toMatchObject({ status: 200 });
    const erase = () => work(caseId, 'decide-erasure', { result: 'erased' });
    expect(await erase()).toMatchObject({ json: { code: 'ERASURE_BARRED' } });
    const { restrictedResolution: resolution } = intake();
    await resolution.write(caseId, 'CaseResolved', { unit: 'inspektorat', outcome: 'unfounded' }, restricted);
    await resolution.write(caseId, 'CaseClosed', { reason: 'silence' }, restricted);
    await intake().until(async () => (await types(caseId, 'restricted')).length === 4);
    const quality = { actor: staff('q', 'upkp2'), verb: 'erasure.decide', caseId };
    const theirs = await intake().internal(`/internal/cases/${caseId}/decide-erasure`, quality, { result: 'erased' });
    expect(theirs).toMatchObject({ json: { code: 'CASE_NOT_FOUND' } });
    expect(await kept()).toBe(1);
    expect(await erase()).toMatchObject({ status: 200 });
    expect(await kept()).toBe(0);
    expect((await types(caseId, 'restricted')).at(-1)).toBe('PersonalDataErased');
  });

  it('is handed in at the desk of the inspectorate, and by the door of levies only', async () => {
    const at = (door: string, verb: string, submission: object) =>
      intake().internal(`/internal/${door}`, { actor: inspector, verb }, { submission });
    const filed = await at('levy', 'levy.work', namedLevy);
    expect(filed).toMatchObject({ status: 201, json: { context: 'intake', version: 1 } });
    expect(filed.text).not.toContain('trackingCode');
    expect(await types(String(filed.json['caseId']), 'restricted')).toEqual(['CaseSubmitted']);
    expect(await at('cases', 'case.file', namedLevy)).toMatchObject({ json: { code: 'ENTRY_NOT_ALLOWED' } });
    expect(await at('levy', 'levy.work', lamp)).toMatchObject({ json: { code: 'ENTRY_NOT_ALLOWED' } });
  });
});
