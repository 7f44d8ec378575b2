import type { ResolutionData } from '@garda/contracts';
import { staff, withResolution } from '../test/harness';
import { caseOf } from '../test/known-case';

const resolution = withResolution();
const village = 'desa-33.25.10.2007';
const clerk = staff('tulis.officer', village);
const send = (...args: Parameters<ReturnType<typeof resolution>['command']>) => resolution().command(...args);
const facts = ['CaseKnown', 'WorkReceived', 'OfficerAssigned', 'CaseAccepted', 'ProductIssued'];

/** A letter that is issued; the id by which the case file names it. */
async function issued(): Promise<{ caseId: string; product: string }> {
  const { caseId, enter } = await caseOf(resolution(), 'DS-02', village);
  await enter();
  await resolution().shows(caseId, 'CaseKnown', 'WorkReceived');
  for (const name of ['take', 'accept'] as const) await send(name, caseId, clerk);
  const letter = { product: 'village_letter', partial: false, number: '474/112', signatory: 'tulis.head' };
  expect(await send('issue-product', caseId, clerk, letter)).toMatchObject({ status: 200 });
  return { caseId, product: (await resolution().shows(caseId, ...facts)).at(-1)?.eventId ?? '' };
}

it('a letter is sent to another desk and handed over there, once, against a receipt', async () => {
  const { caseId, product } = await issued();
  const other = staff('kec-tulis.counter', 'kec-33.25.10');
  const deliver = (actor = other) => send('deliver-product', caseId, actor, { product, receipt: 'TT-1' });
  expect((await deliver(clerk)).body['code']).toBe('NOT_DECIDED');
  await send('resolve', caseId, clerk, { outcome: 'granted' });
  expect((await deliver()).body['code']).toBe('PRODUCT_NOT_HERE');
  const on = { product, to: 'kec-33.25.10', carrier: 'tulis.runner' };
  expect(await send('send-product', caseId, clerk, on)).toMatchObject({ status: 200 });
  expect(await deliver()).toMatchObject({ status: 200 });
  expect((await deliver()).body['code']).toBe('PRODUCT_DELIVERED');
  const all = await resolution().shows(caseId, ...facts, 'CaseResolved', 'ProductSent', 'ProductDelivered');
  expect(all.at(-1)?.data).toMatchObject({ unit: 'kec-33.25.10', issued: product, to: 'applicant', receipt: 'TT-1' });
});

it('a wrong number is corrected by another record, and the wrong one stays', async () => {
  const { caseId, product } = await issued();
  const body = { record: product, reason: 'typing_error', number: '474/113', words: 'It is 113; ask Budi.' };
  expect(await send('correct-record', caseId, clerk, body)).toMatchObject({ status: 200 });
  expect((await send('correct-record', caseId, clerk, body)).body['code']).toBe('RECORD_CORRECTED');
  const corrected = (await resolution().shows(caseId, ...facts, 'RecordCorrected')).at(-1);
  const { words, ...data } = corrected?.data as ResolutionData<'RecordCorrected'>;
  const said = { supersedes: product, type: 'ProductIssued', reason: 'typing_error', number: '474/113' };
  expect(data).toEqual({ caseId, unit: village, ...said });
  expect(words?.subject).toBeDefined();
  expect(JSON.stringify(corrected?.data)).not.toContain('Budi');
});

it('what nobody fetches is told of after ten working days and goes back after sixty, closed or not', async () => {
  const { caseId } = await issued();
  await send('resolve', caseId, clerk, { outcome: 'granted' });
  await resolution().operate('POST', 'clock', 'clock.move', { to: '2026-07-01T09:00:00.000Z' });
  const ends = ['CaseResolved', 'ReminderDue', 'CaseClosed', 'ProductTakenBack'];
  const all = await resolution().shows(caseId, ...facts, ...ends);
  expect(all.at(-3)?.data).toMatchObject({ rung: 'product_not_collected', to: [] });
}, 40_000);
