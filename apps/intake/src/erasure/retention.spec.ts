import { staff, withIntake } from '../../test/harness';
import { resolutionSays } from '../../test/resolution-says';
import { residence, submit } from '../../test/submissions';

const intake = withIntake();
const quality = staff('upkp2.officer', 'upkp2');
const decide = (caseId: string, body: object) =>
  intake().internal(
    `/internal/cases/${caseId}/decide-erasure`,
    { actor: quality, verb: 'erasure.decide', caseId },
    body,
  );
/** Days from now on until each of the case's clocks. */
const dueIn = async (caseId: string): Promise<readonly string[]> => {
  const { rows } = await intake().database.pool.query<{ due: string }>(
    `select clock || ' ' || rung || ' in ' || ceil(extract(epoch from due_at - clock_timestamp() - ahead) / 86400) as due
       from read.due, clock.case_clock where case_id = $1`,
    [caseId],
  );
  return rows.map(({ due }) => due);
};
const types = async (caseId: string) => (await intake().events(caseId)).map(({ type }) => type);
const keys = async (caseId: string): Promise<number> =>
  (await intake().database.pool.query('select from vault.subject_keys where case_id = $1', [caseId])).rowCount ?? 0;
const pass = (years: number, days: number) =>
  intake().database.pool.query('update clock.case_clock set ahead = ahead + make_interval(years => $1, days => $2)', [
    years,
    days,
  ]);

async function closedCase() {
  const filed = await submit(intake(), { ...residence });
  await resolutionSays(intake(), filed.caseId, 'CaseResolved', { unit: 'dishub', outcome: 'granted' });
  await resolutionSays(intake(), filed.caseId, 'CaseClosed', { reason: 'silence' });
  return filed;
}

it('personal data are erased by the clock when their time of keeping is over, and the unit was told; or kept on', async () => {
  const { caseId, number, trackingCode } = await closedCase();
  const needed = (await closedCase()).caseId;
  await intake().until(async () => (await dueIn(caseId)).length > 0);
  await pass(5, -40);
  expect(await dueIn(caseId)).toEqual(['retention 1 in 10']);
  await pass(0, 11);
  for (const one of [caseId, needed]) await intake().until(async () => (await types(one)).includes('DutyDue'));
  await intake().until(async () => (await dueIn(caseId)).includes('retention 2 in 30'));
  expect((await intake().events(caseId)).at(-1)?.data).toEqual({
    ...{ caseId, duty: 'retention_ends', rung: 1, ref: caseId, unit: 'upkp2' },
  });
  expect(await keys(caseId)).toBe(1);
  expect((await decide(caseId, { result: 'erased' })).json['code']).toBe('NO_ERASURE_ASKED');
  expect((await decide(needed, { result: 'refused', code: 'inquiry_runs' })).status).toBe(200);

  await pass(0, 31);
  await intake().until(async () => (await types(caseId)).includes('PersonalDataErased'));
  await intake().until(async () => (await keys(caseId)) === 0);
  const page = await intake().get(`/cases/${number}`, { 'tracking-code': trackingCode });
  expect(page.json).toMatchObject({ state: { code: 'closed' }, erasure: { state: 'erased' } });
  expect(page.text).not.toContain('Budi');
  expect(await types(needed)).not.toContain('PersonalDataErased');
  expect(await keys(needed)).toBe(1);
}, 60_000);
