import { seal } from '@garda/personal-data';
import type { IntakeData } from '@garda/contracts';
import { withIntake } from '../../test/harness';
import { residence, submit } from '../../test/submissions';

const intake = withIntake();
const village = 'desa-33.25.10.2007';
const photo = { sha256: 'ab'.repeat(32), mediaType: 'image/jpeg', size: 482_113 };
const noted = (caseId: string, fact: string) =>
  intake().until(async () =>
    (await intake().events(caseId)).some(({ data }) => (data as { fact?: string }).fact === fact),
  );

it('the code holder attaches a file by its hash; where it is kept and what it shows is sealed', async () => {
  const { caseId, number, trackingCode } = await submit(intake(), { ...residence });
  const code = { 'tracking-code': trackingCode };
  const { post, get } = intake();
  const body = { ...photo, reference: 'on the phone of Siti', text: 'My house, third from the left' };
  const attach = (more: object = {}) => post(`/cases/${number}/evidence`, { ...body, ...more }, code);
  expect((await attach({ sha256: 'short' })).status).toBe(400);
  expect((await attach({ request: caseId, sha256: 'cd'.repeat(32) })).json['code']).toBe('REQUEST_NOT_OPEN');
  expect((await attach()).status).toBe(200);
  expect((await attach()).json['code']).toBe('EVIDENCE_KNOWN');
  const attached = (await intake().events(caseId)).find(({ type }) => type === 'EvidenceAttached');
  const { sealed, ...clear } = attached?.data as IntakeData<'EvidenceAttached'>;
  expect(clear).toEqual({ caseId, ...photo });
  expect(JSON.stringify(sealed)).not.toContain('Siti');
  expect((await get(`/cases/${number}`, code)).json).toMatchObject({
    timeline: expect.arrayContaining([
      expect.objectContaining({ what: 'EvidenceAttached', words: 'What you attached', text: body.text }),
    ]),
  });
});

it('the page marks what was corrected, and says what is right', async () => {
  const { caseId, number, trackingCode } = await submit(intake(), { ...residence });
  const { resolution, get } = intake();
  const [submitted] = await intake().events(caseId);
  const [applicant] = (submitted?.data as IntakeData<'CaseSubmitted'>).sealTo;
  if (applicant === undefined) throw new Error('nobody to seal to');
  const wrong = await resolution.write(caseId, 'ProgressReported', { unit: village, code: 'visited' });
  const eventId = '0198f3a2-5b1c-4d40-9a6e-3c2f1b7a9d77';
  const words = await seal({ caseId, eventId, ...applicant }, { words: 'It was on Tuesday.' });
  const correction = { unit: village, supersedes: wrong, type: 'ProgressReported', reason: 'wrong_fact', words };
  await resolution.write(caseId, 'RecordCorrected', correction, { eventId });
  await noted(caseId, 'RecordCorrected');
  const { timeline } = (await get(`/cases/${number}`, { 'tracking-code': trackingCode })).json;
  expect(timeline).toMatchObject([
    { what: 'CaseSubmitted' },
    { what: 'ProgressReported', corrected: true },
    { what: 'RecordCorrected', words: 'A record was corrected', text: 'It was on Tuesday.' },
  ]);
});

it('the page says which document can be fetched, and where', async () => {
  const { caseId, number, trackingCode } = await submit(intake(), { ...residence });
  const { resolution, get } = intake();
  const page = async () => (await get(`/cases/${number}`, { 'tracking-code': trackingCode })).json['products'];
  const letter = { product: 'village_letter', number: '1', signatory: 'tulis.head', stage: 0 };
  await resolution.write(caseId, 'ProductIssued', { unit: village, ...letter, product: 'draft', partial: true });
  const issued = await resolution.write(caseId, 'ProductIssued', { unit: village, ...letter, partial: false });
  await noted(caseId, 'ProductIssued');
  const thing = { issued, product: 'village_letter', unit: village };
  await resolution.write(caseId, 'CaseResolved', { unit: village, outcome: 'granted' });
  await resolution.write(caseId, 'ProductSent', { ...thing, to: 'kec-33.25.10', carrier: 'tulis.runner' });
  await noted(caseId, 'ProductSent');
  expect(await page()).toMatchObject([
    { product: 'village_letter', is: { code: 'ready', words: 'Ready to collect' }, unit: { code: 'kec-33.25.10' } },
  ]);
  await resolution.write(caseId, 'ProductDelivered', { ...thing, to: 'applicant', receipt: 'TT-1' });
  await noted(caseId, 'ProductDelivered');
  expect(await page()).toMatchObject([{ product: 'village_letter', is: { code: 'delivered' } }]);
});
