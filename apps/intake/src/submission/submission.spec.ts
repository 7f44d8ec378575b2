import { createHash, randomUUID } from 'node:crypto';
import { canonicalJson, submission, type IntakeData } from '@garda/contracts';
import { editionOf } from '../../test/edition-of';
import { withIntake } from '../../test/harness';
import { lamp, residence, submit } from '../../test/submissions';

const intake = withIntake();

describe('handing in a case', () => {
  it('answers with number, code, due date, cost and receipt, and the next read shows it', async () => {
    const reply = await intake().post('/cases', lamp);
    expect(reply.status).toBe(201);
    expect(reply.json).toEqual({
      caseId: expect.any(String),
      number: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{9}$/),
      trackingCode: expect.stringMatching(/^\d{4}-\d{4}-\d{4}-\d{4}$/),
      receivedAt: expect.stringMatching(/^2026-03-02T02:/),
      dueAt: '2026-03-09T09:00:00.000Z',
      cost: { amount: 0, currency: 'IDR', words: 'Rp 0' },
      standard: { code: 'HB-01', version: editionOf('HB-01'), name: 'Street light out' },
      receipt: { commitment: expect.stringMatching(/^[0-9a-f]{64}$/), salt: expect.any(String) },
    });
    const { number, trackingCode } = reply.json as unknown as { number: string; trackingCode: string };
    const page = await intake().get(`/cases/${number}`, { 'tracking-code': trackingCode });
    expect([page.status, page.json['state']]).toEqual([200, { code: 'received', words: 'Received' }]);
    expect((await intake().get(`/open311/v2/requests/${number}.json`)).status).toBe(200);
    expect(reply.headers['location']).toBe(`/cases/${number}`);
  });

  it('puts no word of the citizen, no name and no code into the log', async () => {
    const { caseId, trackingCode } = await submit(intake(), residence);
    const [event] = await intake().events(caseId);
    const text = JSON.stringify(event, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    for (const secret of ['Budi', 'proof of residence', 'bank account', trackingCode, trackingCode.replaceAll('-', '')])
      expect(text).not.toContain(secret);
    expect((event?.data as IntakeData<'CaseSubmitted'>).attributes).toEqual({});
  });

  it('commits to exactly what was handed in', async () => {
    const { receipt } = await submit(intake(), residence);
    const byHand = createHash('sha256')
      .update(Buffer.from(receipt.salt, 'base64url'))
      .update(canonicalJson(submission.parse(residence)))
      .digest('hex');
    expect(receipt.commitment).toBe(byHand);
  });

  it('answers a repeated request the same, twenty at once too, and only one case comes of it', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const replies = await Promise.all(Array.from({ length: 20 }, () => intake().post('/cases', lamp, key)));
    expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([201]));
    expect(new Set(replies.map((reply) => reply.text)).size).toBe(1);
    const { rows } = await intake().database.pool.query(
      `select count(*)::int as cases from read.case_state where number = $1`,
      [replies[0]?.json['number']],
    );
    expect(rows).toEqual([{ cases: 1 }]);
  });

  it('refuses the same key with another body and says nothing of the first', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const first = await intake().post('/cases', lamp, key);
    const second = await intake().post('/cases', { ...lamp, description: 'Another lamp' }, key);
    expect([second.status, second.json['code']]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect(second.text).not.toContain(first.json['number']);
  });

  it('gives no two cases one number', async () => {
    const all = await Promise.all(Array.from({ length: 30 }, () => submit(intake())));
    expect(new Set(all.map(({ number }) => number)).size).toBe(30);
  });
});

describe('bad input is a problem document with a stable code', () => {
  const refused: [string, object, number, string][] = [
    ['an unknown standard', { ...lamp, standard: 'XX-99' }, 422, 'STANDARD_UNKNOWN'],
    ['a required answer left out', { ...lamp, attributes: {} }, 422, 'ATTRIBUTE_MISSING'],
    [
      'an answer to no question',
      { ...lamp, attributes: { road_class: 'regency', colour: 'red' } },
      422,
      'ATTRIBUTE_UNKNOWN',
    ],
    ['an answer that is no choice', { ...lamp, attributes: { road_class: 'private' } }, 422, 'ATTRIBUTE_INVALID'],
    ['no place', { ...lamp, objectPlace: {} }, 422, 'PLACE_MISSING'],
    ['an area that is not there', { ...lamp, area: '33.25.99.2001' }, 422, 'AREA_UNKNOWN'],
    ['nobody, where a name is needed', { ...residence, person: undefined }, 422, 'PERSON_MISSING'],
    ['anonymity that the standard does not allow', { ...residence, identity: 'withheld' }, 422, 'IDENTITY_NOT_ALLOWED'],
    ['publicity that the standard does not allow', { ...residence, content: 'public' }, 422, 'CONTENT_NOT_ALLOWED'],
    ['a door that does not take it', { ...residence, standard: 'DS-01', attributes: {} }, 422, 'ENTRY_NOT_ALLOWED'],
    ['a person where there is none', { ...lamp, identity: 'none' }, 400, 'BAD_REQUEST'],
    ['an over-long text', { ...lamp, description: 'x'.repeat(4001) }, 400, 'BAD_REQUEST'],
    ['half a coordinate pair is no place', { ...lamp, objectPlace: { lat: 1 } }, 422, 'PLACE_MISSING'],
  ];
  it.each(refused)('%s', async (_, body, status, code) => {
    const reply = await intake().post('/cases', body);
    expect([reply.status, reply.json['code']]).toEqual([status, code]);
    expect(reply.headers['content-type']).toContain('application/problem+json');
    expect(reply.json['type']).toBe(`urn:garda:${code}`);
  });

  it('a key that is missing or no UUID, and a body that is no JSON', async () => {
    const json = { 'content-type': 'application/json' };
    const without = await intake().service.app.inject({
      method: 'POST',
      url: '/cases',
      headers: json,
      payload: JSON.stringify(lamp),
    });
    expect(without.json<{ code: string }>().code).toBe('IDEMPOTENCY_KEY_MISSING');
    expect((await intake().post('/cases', lamp, { 'idempotency-key': 'again' })).json['code']).toBe(
      'IDEMPOTENCY_KEY_INVALID',
    );
    const broken = await intake().service.app.inject({
      method: 'POST',
      url: '/cases',
      headers: json,
      payload: '{"standard":',
    });
    expect([broken.statusCode, broken.json<{ code: string }>().code]).toEqual([400, 'MALFORMED_JSON']);
  });

  it('speaks Bahasa Indonesia unless asked otherwise', async () => {
    const reply = await intake().post('/cases', { ...lamp, objectPlace: {} }, { 'accept-language': 'fr' });
    expect(reply.json['title']).toBe('Tempat kejadian wajib diisi');
  });

  it.each([
    ['id', 'wajib diisi', 'harus kosong bila pelapor tidak disebut'],
    ['en', 'is required', 'must be absent when the identity is none'],
  ])('says in %s what is wrong with each field', async (language, required, absent) => {
    const asked = { 'accept-language': language };
    const short = await intake().post('/cases', { ...lamp, standard: undefined }, asked);
    expect(short.json['errors']).toEqual([{ path: 'standard', message: required }]);
    const named = await intake().post('/cases', { ...lamp, identity: 'none' }, asked);
    expect(named.json['errors']).toEqual([{ path: 'person', message: absent }]);
  });

  it('keeps no key of a person whose case was refused for longer than a day', async () => {
    const keys = async () =>
      (await intake().database.pool.query(`select count(*)::int as n from vault.subject_keys`)).rows[0] as {
        n: number;
      };
    const before = await keys();
    await intake().post('/cases', { ...lamp, attributes: {} });
    expect(await keys()).toEqual(before); // guards come before keys
  });
});
