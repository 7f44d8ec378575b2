import { staff, village, withIntake } from '../../test/harness';
import { residence, submit } from '../../test/submissions';

const intake = withIntake();
const colleague = staff('kaliboyo.head', 'desa-33.25.10.2004');
const elsewhere = staff('dpupr.officer', 'dpupr');

const verbs = {
  'record-mandate': 'mandate.record',
  'change-carrier': 'mandate.carrier',
  'end-mandate': 'mandate.end',
  'provide-information': 'information.provide',
  'attach-evidence': 'evidence.attach',
};
const desk = (name: keyof typeof verbs, caseId: string, body: object = {}, actor = village) =>
  intake().internal(`/internal/cases/${caseId}/${name}`, { actor, verb: verbs[name], caseId }, body);
const types = async (caseId: string) => (await intake().events(caseId)).map((event) => event.type);
const pass = (days: number) =>
  intake().database.pool.query('update clock.case_clock set ahead = ahead + make_interval(days => $1)', [days]);

/** A citizen with a phone who let the village act for him: recorded, not confirmed. */
async function mandated() {
  const filed = await submit(intake(), { ...residence, person: { name: 'Ibu Siti', phone: '0812000111' } });
  const code = { 'tracking-code': filed.trackingCode };
  const recorded = await desk('record-mandate', filed.caseId, { carrier: 'kaliboyo.officer' });
  const page = () => intake().get(`/cases/${filed.number}`, code);
  const { mandate } = (await page()).json as unknown as { mandate: { mandate: string } };
  const say = (what: 'confirmation' | 'revocation', about = mandate.mandate) =>
    intake().post(`/cases/${filed.number}/mandate/${what}`, { mandate: about }, code);
  return { ...filed, recorded, page, say, mandate: mandate.mandate };
}

describe('a mandate', () => {
  it('is shown to the citizen, counts once he confirms it, and ends when he takes it back', async () => {
    const { caseId, recorded, page, say, mandate } = await mandated();
    expect(recorded).toMatchObject({ status: 200, json: { caseId, version: 2 } });
    expect((await page()).json).toMatchObject({
      mandate: { mandate, unit: { code: 'desa-33.25.10.2004' }, carrier: 'kaliboyo.officer', confirmed: false },
      next: expect.arrayContaining([
        { action: 'confirm_mandate', words: 'Confirm the mandate' },
        { action: 'revoke_mandate', words: 'Take the mandate back' },
      ]),
    });
    const answer = { items: ['photo'], words: 'He says: the third house.' };
    expect((await desk('provide-information', caseId, answer)).json['code']).toBe('MANDATE_MISSING');
    const photo = { sha256: 'ab'.repeat(32), mediaType: 'image/jpeg', reference: 'at the desk', words: 'The house.' };
    expect((await desk('attach-evidence', caseId, photo)).json['code']).toBe('MANDATE_MISSING');
    expect((await say('confirmation')).status).toBe(200);
    expect((await desk('attach-evidence', caseId, photo)).status).toBe(200);
    expect((await say('confirmation')).json['code']).toBe('MANDATE_CONFIRMED');
    expect((await desk('provide-information', caseId, answer)).status).toBe(200);
    expect((await desk('provide-information', caseId, answer, elsewhere)).json['code']).toBe('MANDATE_MISSING');
    expect((await page()).json).toMatchObject({
      timeline: expect.arrayContaining([expect.objectContaining({ text: answer.words })]),
    });
    expect((await desk('change-carrier', caseId, { carrier: 'kaliboyo.head' }, colleague)).status).toBe(200);
    expect((await say('revocation')).status).toBe(200);
    expect((await page()).json).not.toHaveProperty('mandate');
    expect((await say('revocation')).json['code']).toBe('MANDATE_MISSING');
    expect((await desk('end-mandate', caseId)).json['code']).toBe('MANDATE_MISSING');
    expect(await types(caseId)).toEqual([
      ...['CaseSubmitted', 'MandateRecorded', 'MandateConfirmed', 'EvidenceAttached'],
      ...['InformationProvided', 'MandateCarrierChanged', 'MandateEnded'],
    ]);
    expect(JSON.stringify((await intake().events(caseId)).map(({ data }) => data))).not.toContain('third house');
  });

  it('is not taken by a unit for another one', async () => {
    const { caseId } = await submit(intake(), { ...residence });
    const reply = await desk('record-mandate', caseId, { carrier: 'x', unit: 'dishub' });
    expect([reply.status, reply.json['code']]).toEqual([403, 'NOT_RESPONSIBLE']);
  });

  it('is about to end: desk and citizen hear it; then it ends, and the case goes on', async () => {
    const { caseId, page } = await mandated();
    await pass(46);
    await intake().until(async () => (await types(caseId)).includes('DutyDue'));
    await pass(40);
    await intake().until(async () => (await types(caseId)).includes('MandateEnded'));
    await intake().until(async () => (await types(caseId)).filter((type) => type === 'CitizenNotified').length === 2);
    const events = await intake().events(caseId);
    expect(events.find((event) => event.type === 'DutyDue')?.data).toMatchObject({
      unit: 'desa-33.25.10.2004',
      rung: 1,
    });
    expect(events.find((event) => event.type === 'MandateEnded')?.data).toMatchObject({ reason: 'expired' });
    expect(intake().channel.sent.filter(({ to }) => to === '0812000111').length).toBeGreaterThanOrEqual(2);
    expect((await page()).json).toMatchObject({ state: { code: 'received' } });
  }, 30_000);
});
