import { createHash } from 'node:crypto';
import type { RecordedEvent, Sealed } from '@garda/contracts';
import { ERASED, Vault } from '@garda/personal-data';
import { projectionSpec } from '@garda/testing';
import { staff, withIntake } from '../../test/harness';
import { resolutionSays } from '../../test/resolution-says';
import { residence, submit } from '../../test/submissions';
import { sealedPartsOf } from '../cases/sealed-parts';
import { erasuresProjection } from './erasures.projection';

const intake = withIntake();
const quality = staff('upkp2.officer', 'upkp2');
const codeOf = ({ status, json }: { status: number; json: Record<string, never> }) => [status, json['code']];
const digest = (events: readonly RecordedEvent[]) =>
  createHash('sha256')
    .update(JSON.stringify(events.map(({ type, data, version }) => ({ type, data, version }))))
    .digest('hex');
const staffSays = (name: string, verb: string, caseId: string, body: object, actor = quality) =>
  intake().internal(`/internal/cases/${caseId}/${name}`, { actor, verb, caseId }, body);
const decide = (caseId: string, body: object, actor = quality) =>
  staffSays('decide-erasure', 'erasure.decide', caseId, body, actor);
const disclose = (caseId: string) => staffSays('disclose', 'person.disclose', caseId, { purpose: 'verify' });
const keys = async (caseId: string): Promise<readonly object[]> =>
  (await intake().database.pool.query('select * from vault.subject_keys where case_id = $1', [caseId])).rows;

/** Handed in, added to, decided; closed if asked to be. */
async function handedIn(closed = true) {
  const filed = await submit(intake(), { ...residence });
  const { caseId, number } = filed;
  const code = { 'tracking-code': filed.trackingCode };
  await intake().post(`/cases/${number}/answers`, { text: 'I live behind the mosque.' }, code);
  await resolutionSays(intake(), caseId, 'CaseResolved', { unit: 'dishub', outcome: 'granted' });
  if (closed) await resolutionSays(intake(), caseId, 'CaseClosed', { reason: 'silence' });
  const ask = () => intake().post(`/cases/${number}/erasure`, {}, code);
  const page = () => intake().get(`/cases/${number}`, code);
  return { ...filed, code, ask, page };
}

describe('whoever wants to be forgotten', () => {
  it('asks with the code alone, and is refused for a reason that holds, which the page tells', async () => {
    const { caseId, number, ask, page } = await handedIn(false);
    expect(codeOf(await intake().post(`/cases/${number}/erasure`, {}))).toEqual([403, 'TRACKING_CODE_WRONG']);
    expect(codeOf(await decide(caseId, { result: 'erased' }))).toEqual([409, 'NO_ERASURE_ASKED']);
    expect((await ask()).status).toBe(200);
    expect(codeOf(await ask())).toEqual([409, 'ERASURE_ASKED']);
    expect((await page()).json).toMatchObject({ erasure: { state: 'asked' } });
    expect(codeOf(await decide(caseId, { result: 'erased' }))).toEqual([409, 'ERASURE_BARRED']);
    expect(codeOf(await decide(caseId, { result: 'refused', code: 'money_unsettled' }))).toEqual([
      ...[409, 'REASON_DOES_NOT_HOLD'],
    ]);
    expect((await decide(caseId, { result: 'refused', code: 'case_open' })).status).toBe(200);
    expect((await page()).json).toMatchObject({
      erasure: { state: 'refused', why: { code: 'case_open', words: 'The case is still open' } },
    });
    expect(await keys(caseId)).toHaveLength(1);
    expect((await disclose(caseId)).status).toBe(200);
  });

  it('is forgotten: nothing of him opens again, and the log is what it was', async () => {
    const { caseId, number, code, ask, page } = await handedIn();
    expect((await page()).json['next']).toContainEqual({
      ...{ action: 'request_erasure', words: 'Ask that your personal data be erased' },
    });
    await ask();
    const before = await intake().events(caseId);
    const parts = sealedPartsOf(before);
    expect(parts.length).toBeGreaterThanOrEqual(2);
    expect((await decide(caseId, { result: 'erased' })).status).toBe(200);
    expect(await keys(caseId)).toEqual([]);
    const vault = new Vault({ pool: intake().database.pool, masterKey: Buffer.alloc(32, 7).toString('base64url') });
    for (const { sealed, boundTo } of parts) expect(await vault.openSealed(sealed, caseId, boundTo)).toBe(ERASED);
    const after = await intake().events(caseId);
    expect(digest(after.slice(0, before.length))).toBe(digest(before));
    expect(after[before.length]).toMatchObject({ type: 'PersonalDataErased', data: { subjects: [subjectOf(parts)] } });

    expect(codeOf(await disclose(caseId))).toEqual([410, 'PERSONAL_DATA_ERASED']);
    expect(codeOf(await ask())).toEqual([410, 'PERSONAL_DATA_ERASED']);
    expect(codeOf(await intake().post(`/cases/${number}/answers`, { text: 'Me again.' }, code))).toEqual([
      ...[410, 'PERSONAL_DATA_ERASED'],
    ]);
    const shown = await page();
    expect([shown.status, shown.json]).toMatchObject([
      200,
      { state: { code: 'closed' }, erasure: { state: 'erased' } },
    ]);
    for (const words of ['mosque', 'Budi', 'bank']) expect(shown.text).not.toContain(words);
    const receipt = await intake().get(`/cases/${number}/receipt`, code);
    expect([receipt.status, receipt.text.includes('DS-02')]).toEqual([200, true]);
  });

  it('is forgotten also where the service died between the fact and the keys, or the vault came back', async () => {
    const { caseId, ask } = await handedIn();
    const [key] = (await keys(caseId)) as readonly Record<string, unknown>[];
    await ask();
    await decide(caseId, { result: 'erased' });
    await intake().restart(async () => {
      const { pool, ownerPool } = intake().database;
      await pool.query(
        'insert into vault.subject_keys (subject, case_id, public_key, private_key) values ($1, $2, $3, $4)',
        ['subject', 'case_id', 'public_key', 'private_key'].map((column) => key?.[column]),
      );
      await ownerPool.query(`update consume.projection_cursor set position = 0 where projection = 'erasures'`);
    });
    await intake().until(async () => (await keys(caseId)).length === 0);
  });
});

describe('the keys of people who were forgotten', () => {
  it('are destroyed once the fact is read, however often, and nobody else’s', async () => {
    const { pool } = intake().database;
    const vault = new Vault({ pool, masterKey: Buffer.alloc(32, 7).toString('base64url') });
    const { caseId } = await handedIn();
    const [of] = (await keys(caseId)) as readonly { subject: string }[];
    const erased = { caseId, request: caseId, unit: 'upkp2', subjects: [of?.subject] };
    await projectionSpec(pool)
      .given({ type: 'PersonalDataErased', data: erased })
      .project(erasuresProjection(vault, 'open'))
      .twice()
      .shows(
        `select e.subject, (select count(*)::int from vault.subject_keys k where k.subject = e.subject) as keys,
           (select count(*) > 0 from vault.subject_keys k) as others
           from read.erased_subjects e where e.case_id = '${caseId}'`,
        [{ subject: of?.subject, keys: 0, others: true }],
      );
  });
});

function subjectOf(parts: readonly { readonly sealed: Sealed }[]): string | undefined {
  return parts[0]?.sealed.subject;
}
