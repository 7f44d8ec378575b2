import { withIntake } from '../../test/harness';
import { resolutionSays } from '../../test/resolution-says';
import { residence, submit } from '../../test/submissions';

const intake = withIntake();
const village = 'desa-33.25.10.2007';
const papers = ['KK lama', 'F-1.02'];

async function shows(caseId: string, last: string): Promise<void> {
  await intake().until(async () => {
    const events = await intake().events(caseId);
    return events.some(({ type, data }) => type === 'CaseProgressNoted' && (data as { fact: string }).fact === last);
  });
}

it('the page says where each paper is, and when the rest can be collected', async () => {
  const { caseId, number, trackingCode } = await submit(intake(), { ...residence });
  const { resolution, get } = intake();
  const page = async () => (await get(`/cases/${number}`, { 'tracking-code': trackingCode })).json['papers'];
  await resolution.write(caseId, 'DocumentsReceived', { unit: village, items: papers });
  await resolution.write(caseId, 'DocumentsHandedOver', {
    ...{ unit: village, items: papers, to: 'kec-33.25.10', carrier: 'tulis.runner' },
  });
  await shows(caseId, 'DocumentsHandedOver');
  const onTheWay = { code: 'on_the_way', words: 'On the way' };
  expect(await page()).toMatchObject(papers.map((item) => ({ item, is: onTheWay, unit: { code: 'kec-33.25.10' } })));
  await resolution.write(caseId, 'DocumentsAcknowledged', {
    ...{ unit: 'kec-33.25.10', items: ['KK lama'], missing: ['F-1.02'] },
  });
  await resolution.write(caseId, 'CaseResolved', { unit: village, outcome: 'granted' });
  await shows(caseId, 'CaseResolved');
  expect(await page()).toMatchObject([
    { item: 'KK lama', is: { code: 'ready', words: 'Ready to collect' } },
    { item: 'F-1.02', is: onTheWay },
  ]);
  const back = { items: ['KK lama'], receipt: 'TT-1' };
  await resolutionSays(intake(), caseId, 'DocumentsReturned', { ...back, unit: village, to: 'proxy' });
  expect((await page())?.[0]).toMatchObject({
    ...{ item: 'KK lama', is: { code: 'with_proxy', words: 'With your proxy' }, unit: { code: village } },
  });
  await resolutionSays(intake(), caseId, 'DocumentsReturned', { ...back, unit: village, to: 'applicant' });
  expect((await page())?.[0]).toMatchObject({ item: 'KK lama', is: { code: 'returned', words: 'Given back' } });
});

it('the page shows the bill and what became of it; the code holder asks his money back, once', async () => {
  const { caseId, number, trackingCode } = await submit(intake(), { ...residence });
  const code = { 'tracking-code': trackingCode };
  const { resolution, get, post } = intake();
  const bill = { line: 'KC-FEE', amount: 25_000, billingCode: '3325-2026-000017', payBefore: '10wd' };
  expect((await get(`/cases/${number}`, code)).json).toMatchObject({ cost: { amount: 0, words: 'Rp 0' }, bills: [] });
  const fee = await resolution.write(caseId, 'FeeAssessed', { unit: village, ...bill });
  await shows(caseId, 'FeeAssessed');
  expect((await get(`/cases/${number}`, code)).json).toMatchObject({
    cost: { amount: 25_000, currency: 'IDR', words: 'Rp 25.000' },
    bills: [{ ...bill, is: { code: 'assessed', words: 'To be paid' } }],
  });
  const claim = () => post(`/cases/${number}/refund-claim`, { reason: 'I withdrew.' }, code);
  expect((await claim()).json['code']).toBe('NOT_DECIDED');
  await resolution.write(caseId, 'WithdrawalReceived', { withdrawal: fee, result: 'stands' });
  await shows(caseId, 'WithdrawalReceived');
  expect((await claim()).json['code']).toBe('NO_FEE_RECEIVED');
  await resolution.write(caseId, 'FeeReceived', {
    ...{
      fee,
      amount: 25_000,
      bankReference: 'BPD-1',
      channel: 'qris',
      paidAt: '2026-03-02T02:00:00.000Z',
      counts: false,
    },
  });
  await shows(caseId, 'FeeReceived');
  expect((await get(`/cases/${number}`, code)).json['next']).toMatchObject([{ action: 'claim_refund' }]);
  expect((await claim()).status).toBe(200);
  expect((await claim()).json['code']).toBe('REFUND_CLAIMED');
  const claimed = (await intake().events(caseId)).find(({ type }) => type === 'RefundClaimed');
  expect(JSON.stringify(claimed?.data)).not.toContain('withdrew');
  const notes = (await intake().events(caseId)).filter(({ type }) => type === 'FeeNoted');
  expect(notes.map(({ data }) => (data as { state: string }).state)).toEqual(['assessed', 'received']);
});
