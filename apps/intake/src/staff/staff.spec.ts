import type { IntakeData } from '@garda/contracts';
import { officer, program, staff, village, withIntake } from '../../test/harness';
import { lamp, residence, submit } from '../../test/submissions';

const intake = withIntake();
const disclose = (caseId: string, actor = officer, body: object = { purpose: 'verify' }, headers = {}) =>
  intake().internal(`/internal/cases/${caseId}/disclose`, { actor, verb: 'person.disclose', caseId }, body, headers);
const publishWords = (
  caseId: string,
  actor = officer,
  body: object = { text: 'The lamp is being replaced.' },
  headers = {},
) =>
  intake().internal(
    `/internal/cases/${caseId}/publish-summary`,
    { actor, verb: 'summary.publish', caseId },
    body,
    headers,
  );
const file = (body: object, actor = village, headers = {}) =>
  intake().internal('/internal/cases', { actor, verb: 'case.file' }, body, headers);

/** A case that dpupr has, as intake heard it, and of which the citizen was told: version 3. */
async function road(more: object = {}) {
  const filed = await submit(intake(), { ...lamp, standard: 'PU-01', identity: 'named', attributes: {}, ...more });
  const terms = { tier: 'agency', kind: 'condition', time: '14wd' };
  await intake().resolution.write(filed.caseId, 'WorkReceived', {
    kind: 'stage',
    unit: 'dpupr',
    offer: 1,
    stage: 0,
    terms,
    binding: false,
  });
  await intake().until(async () =>
    (await intake().events(filed.caseId)).some((event) => event.type === 'CitizenNotified'),
  );
  return filed;
}

describe('filing at the desk', () => {
  it('takes a named citizen, gives no code away, and tells by the file channel where there is a phone', async () => {
    const submission = { ...residence, person: { name: 'Ibu Siti', phone: '0812000111' } };
    const reply = await file({ submission });
    expect([reply.status, Object.keys(reply.json).sort()]).toEqual([
      201,
      ['caseId', 'context', 'dueAt', 'number', 'receivedAt', 'version'],
    ]);
    const [event] = await intake().events(String(reply.json['caseId']));
    expect(event?.data).toMatchObject({
      channel: 'desk',
      entry: 'village',
      filedBy: { by: 'desk', unit: 'desa-33.25.10.2004', officer: 'kaliboyo.officer' },
      area: '33.25.10.2004',
      tellBy: 'file',
    });
    expect(event?.data).not.toHaveProperty('codeHash');
  });

  it('refuses the nameless, a date of one’s own, and a body without a submission', async () => {
    expect((await file({ submission: { ...lamp } })).json['code']).toBe('DESK_NEEDS_NAMED');
    expect((await file({ submission: residence, receivedAt: '2026-03-01T00:00:00Z' })).json['code']).toBe(
      'OCCURRED_AT_NOT_ALLOWED',
    );
    expect((await file({})).json['code']).toBe('BAD_REQUEST');
  });

  it('takes the record’s own time from the program import, and not from the future', async () => {
    const submission = { ...lamp, identity: 'none', person: undefined };
    const times = { receivedAt: '2026-02-02T03:00:00Z', occurredAt: '2026-02-02T03:00:00Z' };
    const reply = await file({ submission, ...times }, program('import'));
    const [event] = await intake().events(String(reply.json['caseId']));
    expect(event).toMatchObject({
      occurredAt: '2026-02-02T03:00:00.000000Z',
      data: { channel: 'import', receivedAt: times.receivedAt, tellBy: 'page' },
    });
    const future = await file({ submission, receivedAt: '2099-01-01T00:00:00Z' }, program('import'));
    expect(future.json['code']).toBe('RECEIVED_IN_FUTURE');
  });
});

describe('opening what the citizen wrote', () => {
  it('answers every word, and is one fact a person, case and day', async () => {
    const { caseId, number, trackingCode, receipt } = await road({ identity: 'named' });
    await intake().post(`/cases/${number}/answers`, { text: 'Behind the market.' }, { 'tracking-code': trackingCode });
    const first = await disclose(caseId);
    expect(first.status).toBe(200);
    expect(first.json['opened']).toEqual([
      expect.objectContaining({
        type: 'CaseSubmitted',
        content: { attributes: {}, description: lamp.description, person: lamp.person },
      }),
      expect.objectContaining({ type: 'InformationProvided', content: { text: 'Behind the market.' } }),
    ]);
    expect(first.text).not.toContain(receipt.salt);
    expect((await disclose(caseId)).json['opened']).toHaveLength(2);
    expect((await disclose(caseId, staff('dpupr.head', 'dpupr'))).status).toBe(200);
    const facts = (await intake().events(caseId)).filter((event) => event.type === 'PersonalDataDisclosed');
    expect(facts.map((event) => (event.data as IntakeData<'PersonalDataDisclosed'>).to)).toEqual([
      'dpupr.officer',
      'dpupr.head',
    ]);
  });

  it('is not for other units, nor for the working unit where the citizen is withheld, and needs a purpose', async () => {
    const { caseId } = await road({ identity: 'withheld' });
    expect((await disclose(caseId)).json['code']).toBe('NOT_RESPONSIBLE');
    expect((await disclose(caseId, staff('dlh.officer', 'dlh'))).json['code']).toBe('NOT_RESPONSIBLE');
    expect((await disclose(caseId, staff('upkp2.officer', 'upkp2'))).status).toBe(200);
    expect((await disclose(caseId, officer, {})).json['code']).toBe('BAD_REQUEST');
    expect((await disclose(caseId, program('import'))).json['code']).toBe('NOT_RESPONSIBLE');
  });

  it('answers null for a person who was erased', async () => {
    const { caseId } = await road();
    await intake().database.ownerPool.query('delete from vault.subject_keys where case_id = $1', [caseId]);
    expect((await disclose(caseId)).json['opened']).toEqual([expect.objectContaining({ content: null })]);
  });
});

describe('publishing words of the office', () => {
  it('is seen by everybody at once', async () => {
    const { caseId, number } = await road();
    const reply = await publishWords(caseId, officer, { text: 'The hole is being filled.', place: 'Jalan Raya Tulis' });
    expect(reply).toMatchObject({ status: 200, json: { caseId, version: 4, context: 'intake' } });
    const shown = await intake().get(`/open311/v2/requests/${number}.json`);
    expect(shown.json).toMatchObject([{ description: 'The hole is being filled.', address: 'Jalan Raya Tulis' }]);
  });

  it('is refused on what was handed in privately, on what has no place, and by other units', async () => {
    const hidden = await road({ content: 'private' });
    expect((await publishWords(hidden.caseId)).json['code']).toBe('WOULD_PUBLISH_PRIVATE');
    const { caseId } = await submit(intake(), { ...lamp, standard: 'UM-02', attributes: {}, objectPlace: {} });
    expect((await publishWords(caseId)).json['code']).toBe('NOTHING_PUBLIC');
    const other = await road();
    expect((await publishWords(other.caseId, staff('dlh.officer', 'dlh'))).json['code']).toBe('NOT_RESPONSIBLE');
  });

  it('counts once however often it is sent, and is judged against the version that was seen', async () => {
    const { caseId } = await road();
    const key = { 'idempotency-key': 'words-1' };
    const text = { text: 'Once' };
    expect((await publishWords(caseId, officer, text, key)).json['version']).toBe(4);
    expect((await publishWords(caseId, officer, text, key)).json['version']).toBe(4);
    expect((await publishWords(caseId, officer, { text: 'Twice' }, key)).json['code']).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await publishWords(caseId, officer, text, { 'if-match': '"2"' })).json['code']).toBe('STALE_VERSION');
    expect((await publishWords(caseId, officer, text, { 'if-match': 'W/"4"' })).json['code']).toBe('IF_MATCH_INVALID');
    expect((await publishWords(caseId, officer, text, { 'if-match': '"4"' })).json['version']).toBe(5);
    expect((await publishWords(caseId, officer, { ...text, occurredAt: '2026-01-05T00:00:00Z' })).json['code']).toBe(
      'OCCURRED_AT_NOT_ALLOWED',
    );
  });
});

describe('the gateway’s token', () => {
  it('is needed, is for this verb, this case and this service, and cannot be forged', async () => {
    const { caseId } = await road();
    const path = `/internal/cases/${caseId}/disclose`;
    const body = { purpose: 'verify' };
    const bearer = async (of: Parameters<ReturnType<typeof intake>['tokenFor']>[0], more = {}) => ({
      authorization: `Bearer ${await intake().tokenFor(of, more)}`,
    });
    const token = { actor: officer, verb: 'person.disclose', caseId };
    const codeOf = async (headers: Record<string, string>) => (await intake().post(path, body, headers)).json['code'];
    expect(await codeOf({})).toBe('TOKEN_MISSING');
    expect(await codeOf(await bearer({ ...token, verb: 'case.read' }))).toBe('TOKEN_NOT_FOR_THIS');
    expect(await codeOf(await bearer({ ...token, caseId: '01900000-0000-7000-8000-000000000000' }))).toBe(
      'TOKEN_NOT_FOR_THIS',
    );
    expect(await codeOf(await bearer(token, { audience: 'routing' }))).toBe('TOKEN_INVALID');
    const forged = (await bearer(token)).authorization.replace(/.{6}$/, 'AAAAAA');
    expect(await codeOf({ authorization: forged })).toBe('TOKEN_INVALID');
  });

  it('knows no case that intake does not know', async () => {
    const caseId = '01900000-0000-7000-8000-000000000000';
    const reply = await disclose(caseId);
    expect([reply.status, reply.json['code']]).toEqual([404, 'CASE_NOT_FOUND']);
  });
});
