import { randomUUID } from 'node:crypto';
import { newEventId } from '@garda/event-store';
import type { IntakeData, SealTo } from '@garda/contracts';
import { seal } from '@garda/personal-data';
import { withIntake } from '../../test/harness';
import { lamp, residence, submit } from '../../test/submissions';

const intake = withIntake();
const work = {
  kind: 'stage',
  unit: 'dishub',
  offer: 1,
  stage: 0,
  terms: { tier: 'agency', kind: 'condition', time: '5wd' },
  binding: false,
};

async function sealTo(caseId: string): Promise<SealTo> {
  const [event] = await intake().events(caseId);
  return (event?.data as IntakeData<'CaseSubmitted'>).sealTo[0] as SealTo;
}
async function asked(caseId: string): Promise<string> {
  const eventId = newEventId();
  const words = await seal({ caseId, eventId, ...(await sealTo(caseId)) }, { text: 'Which pole is it?' });
  await intake().resolution.write(caseId, 'WorkReceived', work);
  return intake().resolution.write(
    caseId,
    'InformationRequested',
    { unit: 'dishub', items: ['photo'], offList: ['photo'], words },
    { eventId },
  );
}
async function noted(caseId: string, count: number): Promise<void> {
  await intake().until(
    async () => (await intake().events(caseId)).filter((e) => e.type === 'CaseProgressNoted').length >= count,
  );
}
const types = async (caseId: string) => (await intake().events(caseId)).map((event) => event.type);

describe("the citizen's page", () => {
  it('shows the question in words, tells it as news once, and takes the answer', async () => {
    const { caseId, number, trackingCode } = await submit(intake(), { ...residence });
    const code = { 'tracking-code': trackingCode };
    const request = await asked(caseId);
    await noted(caseId, 2);
    const page = await intake().get(`/cases/${number}`, code);
    expect(page.json).toMatchObject({
      state: { code: 'waiting', words: 'Waiting for you' },
      unit: { code: 'dishub', name: expect.stringContaining('Perhubungan') },
      question: { request, items: ['photo'], text: 'Which pole is it?' },
      next: [{ action: 'answer' }, { action: 'add' }, { action: 'withdraw' }],
    });
    await intake().get(`/cases/${number}`, code);
    const told = (await intake().events(caseId)).filter((event) => event.type === 'CitizenNotified');
    expect(told.map((event) => event.data)).toEqual([
      { caseId, about: expect.any(String), channel: 'page', ok: true },
      { caseId, about: request, channel: 'page', ok: true },
    ]);

    const answer = { request, items: ['photo'], text: 'The third from the mosque.' };
    const key = { ...code, 'idempotency-key': randomUUID() };
    const first = await intake().post(`/cases/${number}/answers`, answer, key);
    expect([first.status, first.json]).toEqual([200, { version: 6 }]);
    expect((await intake().post(`/cases/${number}/answers`, answer, key)).json).toEqual({ version: 6 });
    const provided = (await intake().events(caseId)).find((event) => event.type === 'InformationProvided');
    expect(JSON.stringify(provided?.data)).not.toContain('mosque');
    const after = await intake().get(`/cases/${number}`, code);
    expect(after.json['timeline']).toContainEqual(
      expect.objectContaining({ what: 'InformationProvided', text: 'The third from the mosque.' }),
    );
  });

  it('is read in the number as people type it, and in Bahasa Indonesia', async () => {
    const { number, trackingCode } = await submit(intake());
    const typed = `${number.slice(0, 4)}-${number.slice(4)}`.toLowerCase();
    const page = await intake().get(`/cases/${typed}`, {
      'tracking-code': trackingCode.replaceAll('-', ' '),
      'accept-language': 'id',
    });
    expect(page.json).toMatchObject({ number, state: { words: 'Diterima' }, cost: { words: 'Rp 0' } });
    expect(page.headers['cache-control']).toBe('no-store');
  });

  it('offers the rating after the decision, takes it once, and says why a second is refused', async () => {
    const { caseId, number, trackingCode } = await submit(intake());
    const code = { 'tracking-code': trackingCode };
    const rating = { stars: 5, satisfied: true, words: 'Quick' };
    expect((await intake().post(`/cases/${number}/rating`, rating, code)).json['code']).toBe('NOT_DECIDED');
    await intake().resolution.write(caseId, 'CaseAccepted', { unit: 'dishub', officer: 'dishub.officer' });
    await intake().resolution.write(caseId, 'CaseResolved', { unit: 'dishub', outcome: 'remedied' });
    await noted(caseId, 2);
    const page = await intake().get(`/cases/${number}`, code);
    expect(page.json).toMatchObject({
      decision: { outcome: { words: 'Remedied' }, rated: false },
      next: [{ action: 'add' }, { action: 'rate' }, { action: 'dispute' }],
    });
    expect((await intake().post(`/cases/${number}/rating`, rating, code)).status).toBe(200);
    expect((await intake().post(`/cases/${number}/rating`, rating, code)).json['code']).toBe('ALREADY_RATED');
    expect((await intake().post(`/cases/${number}/rating`, { stars: 6, satisfied: true }, code)).json['code']).toBe(
      'BAD_REQUEST',
    );
  });

  it('lets him object to the decision, sealed, and shows another unit, the reopening, and what became final', async () => {
    const { caseId, number, trackingCode } = await submit(intake(), residence);
    const code = { 'tracking-code': trackingCode };
    const object = () => intake().post(`/cases/${number}/dispute`, { reason: 'The letter names my neighbour.' }, code);
    expect((await object()).json['code']).toBe('NOT_DECIDED');
    const decision = await intake().resolution.write(caseId, 'CaseResolved', { unit: 'dishub', outcome: 'granted' });
    await noted(caseId, 1);
    const page = async () => (await intake().get(`/cases/${number}`, code)).json;
    expect(await page()).toMatchObject({
      decision: { disputableUntil: '2026-03-16T09:00:00.000Z' },
      next: [{ action: 'add' }, { action: 'rate' }, { action: 'dispute', words: 'Object to the decision' }],
    });
    expect((await intake().post(`/cases/${number}/dispute`, {}, code)).json['code']).toBe('BAD_REQUEST');
    expect((await object()).status).toBe(200);
    expect((await object()).json['code']).toBe('DISPUTE_PENDING');
    const disputed = (await intake().events(caseId)).find(({ type }) => type === 'ResolutionDisputed');
    expect(disputed?.data).toMatchObject({ decision, sealed: [{ subject: expect.any(String) }] });
    expect(JSON.stringify(disputed?.data)).not.toContain('neighbour');
    expect(await page()).toMatchObject({
      state: { code: 'disputed', words: 'The objection is being examined' },
      next: [{ action: 'add' }],
    });

    const dispute = disputed?.eventId;
    const about = { dispute, decision, decidedBy: 'dishub', disputedAt: disputed?.recordedAt };
    await intake().resolution.write(caseId, 'DisputeReceived', { ...about, result: 'stands' });
    await intake().resolution.write(caseId, 'WorkReceived', { kind: 'dispute', unit: 'upkp2', dispute });
    const verdict = { dispute, unit: 'upkp2', result: 'dismissed', remedies: ['x-ombudsman'] };
    await intake().resolution.write(caseId, 'DisputeDecided', verdict);
    await intake().resolution.write(caseId, 'CaseClosed', { reason: 'dismissed' });
    await noted(caseId, 5);
    const end = await page();
    expect(end).toMatchObject({ state: { code: 'closed' }, next: [{ action: 'request_erasure' }] });
    expect(end['timeline']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ what: 'ResolutionDisputed', text: 'The letter names my neighbour.' }),
        expect.objectContaining({ words: 'Your objection stands' }),
        expect.objectContaining({ words: 'Another unit examines your objection', unit: expect.anything() }),
        expect.objectContaining({ words: 'The objection is decided' }),
      ]),
    );
    expect((await object()).json['code']).toBe('DECISION_FINAL');
  });

  it('names the body outside to which a case was referred, and what is heard from there', async () => {
    const { caseId, number, trackingCode } = await submit(intake());
    const referral = { body: 'x-bptd', reference: 'BPTD/2026/118', followUpOn: '2026-03-16' };
    await intake().resolution.write(caseId, 'CaseResolved', { outcome: 'referred_outside', by: 'upkp2', referral });
    await intake().resolution.write(caseId, 'OutsideNoted', { body: 'x-bptd', state: 'asked', ref: randomUUID() });
    await noted(caseId, 2);
    const page = (await intake().get(`/cases/${number}`, { 'tracking-code': trackingCode })).json;
    expect(page).toMatchObject({
      decision: {
        outcome: { words: 'Referred to another body' },
        referral: {
          body: { code: 'x-bptd', name: 'Balai Pengelola Transportasi Darat' },
          reference: 'BPTD/2026/118',
          followUpOn: '2026-03-16',
        },
      },
      next: [{ action: 'add' }, { action: 'rate' }, { action: 'dispute' }],
    });
    expect(page['timeline']).toContainEqual(expect.objectContaining({ words: 'We asked the other body' }));
  });

  it('lets the citizen withdraw, once until it is answered, and refuses answers to a closed case', async () => {
    const { caseId, number, trackingCode } = await submit(intake());
    const code = { 'tracking-code': trackingCode };
    expect((await intake().post(`/cases/${number}/withdrawal`, {}, code)).status).toBe(200);
    expect((await intake().post(`/cases/${number}/withdrawal`, {}, code)).json['code']).toBe('WITHDRAWAL_PENDING');
    const withdrawal = (await intake().events(caseId)).at(-1)?.eventId;
    await intake().resolution.write(caseId, 'WithdrawalReceived', { withdrawal, result: 'stands' });
    await noted(caseId, 1);
    expect((await intake().get(`/cases/${number}`, code)).json).toMatchObject({
      state: { code: 'withdrawn' },
      next: [],
    });
    expect((await intake().post(`/cases/${number}/answers`, { text: 'wait' }, code)).json['code']).toBe(
      'CASE_NOT_OPEN',
    );
    expect(
      (await intake().post(`/cases/${number}/answers`, { request: randomUUID(), text: 'x' }, code)).json['code'],
    ).toBe('CASE_NOT_OPEN');
  });

  it('refuses an answer to a question that is not open', async () => {
    const { number, trackingCode } = await submit(intake());
    const reply = await intake().post(
      `/cases/${number}/answers`,
      { request: randomUUID(), text: 'x' },
      { 'tracking-code': trackingCode },
    );
    expect([reply.status, reply.json['code']]).toEqual([409, 'REQUEST_NOT_OPEN']);
  });

  it('says that words are gone when the person was erased', async () => {
    const { caseId, number, trackingCode } = await submit(intake(), residence);
    const code = { 'tracking-code': trackingCode };
    await intake().post(`/cases/${number}/answers`, { text: 'my private words' }, code);
    await intake().database.ownerPool.query('delete from vault.subject_keys where case_id = $1', [caseId]);
    const page = await intake().get(`/cases/${number}`, code);
    expect(page.status).toBe(200);
    expect(page.json['timeline']).toContainEqual(expect.objectContaining({ what: 'InformationProvided', text: null }));
  });
});

describe('the tracking code', () => {
  it('is told apart from nothing: wrong code, wrong number and a case without a code sound alike', async () => {
    const { number } = await submit(intake());
    const other = await submit(intake());
    const wrong = await intake().get(`/cases/${number}`, { 'tracking-code': other.trackingCode });
    expect([wrong.status, wrong.json['code']]).toEqual([403, 'TRACKING_CODE_WRONG']);
    for (const code of ['', '1234', 'abcd-abcd-abcd-abcd'])
      expect((await intake().get(`/cases/${number}`, { 'tracking-code': code })).json['code']).toBe(
        'TRACKING_CODE_WRONG',
      );
  });

  it('a mistyped number is known as one by its check character', async () => {
    const { number, trackingCode } = await submit(intake());
    const mistyped = `${number.slice(0, 8)}${number.endsWith('0') ? '2' : '0'}`;
    const reply = await intake().get(`/cases/${mistyped}`, { 'tracking-code': trackingCode });
    expect([reply.status, reply.json['code']]).toEqual([404, 'NOT_FOUND']);
  });

  it('locks the number after ten wrong codes within the hour, the right one too, and says when to come back', async () => {
    const { number, trackingCode } = await submit(intake(), lamp);
    const bystander = await submit(intake(), lamp);
    const guess = (i: number) => intake().get(`/cases/${number}`, { 'tracking-code': String(i).padStart(16, '0') });
    const guesses = await Promise.all(Array.from({ length: 14 }, (_, i) => guess(i)));
    expect(guesses.filter(({ status }) => status === 403)).toHaveLength(10);
    const locked = await intake().get(`/cases/${number}`, { 'tracking-code': trackingCode });
    expect([locked.status, locked.json['code']]).toEqual([429, 'TOO_MANY_GUESSES']);
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(locked.headers['retry-after'])).toBeLessThanOrEqual(3600);
    expect((await intake().get(`/cases/${bystander.number}`, { 'tracking-code': bystander.trackingCode })).status).toBe(
      200,
    );
  });

  it('is shown again to the same request for a day of the case clock, and never after', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const first = await submit(intake(), lamp, key);
    expect(await submit(intake(), lamp, key)).toEqual(first);
    await intake().database.pool.query(`update clock.case_clock set ahead = ahead + interval '23 hours'`);
    expect((await submit(intake(), lamp, key)).trackingCode).toBe(first.trackingCode);
    await intake().database.pool.query(`update clock.case_clock set ahead = ahead + interval '2 hours'`);
    expect(await submit(intake(), lamp, key)).toEqual({ ...first, trackingCode: undefined });
    expect((await intake().get(`/cases/${first.number}`, { 'tracking-code': first.trackingCode })).status).toBe(200);
  });

  it('leaves no guess and no number in clear in the database', async () => {
    const { rows } = await intake().database.pool.query<{ subject: string }>('select subject from intake.code_guesses');
    expect(rows.every(({ subject }) => subject === 'all' || /^[0-9a-f]{64}$/.test(subject))).toBe(true);
  });
});

it('what resolution does is noted once, in order, and only what the citizen is told of', async () => {
  const { caseId } = await submit(intake());
  await intake().resolution.write(caseId, 'CaseKnown', {});
  await intake().resolution.write(caseId, 'WorkReceived', work);
  await intake().resolution.write(caseId, 'OfficerAssigned', {
    offer: 1,
    unit: 'dishub',
    officer: 'dishub.officer',
    by: 'taken',
  });
  await intake().resolution.write(caseId, 'CaseAccepted', { unit: 'dishub', officer: 'dishub.officer' });
  await intake().until(async () => (await types(caseId)).filter((type) => type === 'CaseProgressNoted').length === 3);
  const facts = (await intake().events(caseId)).filter((e) => e.type === 'CaseProgressNoted');
  expect(facts.map((event) => (event.data as IntakeData<'CaseProgressNoted'>).fact)).toEqual([
    'WorkReceived',
    'OfficerAssigned',
    'CaseAccepted',
  ]);
  expect(facts.every((event) => event.meta.causationId === (event.data as IntakeData<'CaseProgressNoted'>).ref)).toBe(
    true,
  );
});
