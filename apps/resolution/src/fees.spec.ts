import { randomUUID } from 'node:crypto';
import type { Actor, ResolutionData } from '@garda/contracts';
import { monday, staff, withResolution } from '../test/harness';
import { caseOf } from '../test/known-case';

const resolution = withResolution();
const district = 'kec-33.25.10';
const officer = staff('kec-tulis.counter', district);
const treasurer = staff('bpkpad.head', 'bpkpad');
const bank: Actor = { kind: 'program', id: 'payment_channel' };
const basis = { basis: 'Perda (specimen)', payee: 'regional_treasury', validFrom: '2026-01-01' };
const tariff = [{ ...basis, line: 'KC-FEE', kind: 'retribusi' as const, amount: 25_000 }];

const working = ['CaseKnown', 'WorkReceived', 'OfficerAssigned', 'CaseAccepted'];
const bill = { line: 'KC-FEE', amount: 25_000, billingCode: '3325-2026-000017' };
const send = (...args: Parameters<ReturnType<typeof resolution>['command']>) => resolution().command(...args);

async function accepted(): Promise<string> {
  const filed = { filedBy: { by: 'citizen' as const }, entry: 'district' as const, tariff };
  const { caseId, enter } = await caseOf(resolution(), 'KC-01', district, filed);
  await enter();
  await resolution().shows(caseId, ...working.slice(0, 2));
  for (const name of ['take', 'accept'] as const)
    expect(await send(name, caseId, officer)).toMatchObject({ status: 200 });
  return caseId;
}

const codeOf = async (reply: ReturnType<typeof send>) => (await reply).body['code'];
const issue = (caseId: string) =>
  send('issue-product', caseId, officer, {
    ...{ product: 'district_letter', partial: false, number: '1', signatory: 'kec-tulis.head' },
  });
const confirm = (caseId: string, actor: Actor, body: object = {}) =>
  send('confirm-fee', caseId, actor, {
    ...{ billingCode: bill.billingCode, bankReference: 'BPD-99120', channel: 'qris', paidAt: monday },
    ...body,
  });

it('a fee is assessed by the tariff, told, paid over the channel, and then the product is issued', async () => {
  const caseId = await accepted();
  expect(await codeOf(send('assess-fee', caseId, officer, { ...bill, line: 'THANKS' }))).toBe('TARIFF_LINE_UNKNOWN');
  expect(await codeOf(send('assess-fee', caseId, officer, { ...bill, amount: 50_000 }))).toBe('FEE_AMOUNT_WRONG');
  expect(await send('assess-fee', caseId, officer, bill)).toMatchObject({ status: 200 });
  const about = (await resolution().shows(caseId, ...working, 'FeeAssessed')).at(-1)?.eventId ?? '';
  await resolution().intake.write(caseId, 'CitizenNotified', { about, channel: 'page', ok: true }, { at: monday });
  const told = await resolution().shows(caseId, ...working, 'FeeAssessed', 'CitizenTold');
  expect(told.at(-1)?.data).toMatchObject({ about, wait: 'fee' });

  expect(await codeOf(issue(caseId))).toBe('FEE_NOT_PAID');
  expect(await codeOf(confirm(caseId, officer))).toBe('NOT_A_PAYEE');
  expect(await confirm(caseId, bank)).toMatchObject({ status: 200 });
  expect(await confirm(caseId, bank)).toMatchObject({ status: 200 });
  expect(await issue(caseId)).toMatchObject({ status: 200 });
  expect(await send('resolve', caseId, officer, { outcome: 'granted' })).toMatchObject({ status: 200 });
  const paid = ['FeeReceived', 'ProductIssued', 'CaseResolved'];
  const events = await resolution().shows(caseId, ...told.map(({ type }) => type), ...paid);
  expect(events.find(({ type }) => type === 'FeeReceived')).toMatchObject({
    data: { fee: about, amount: 25_000, bankReference: 'BPD-99120', channel: 'qris', counts: true },
    meta: { actor: { kind: 'program', id: 'payment_channel' } },
  });
}, 40_000);

it('what was paid for a case that was withdrawn goes back, after it is closed', async () => {
  const caseId = await accepted();
  await send('assess-fee', caseId, officer, { ...bill, billingCode: '3325-2026-000018' });
  await resolution().intake.write(caseId, 'CaseWithdrawn', { sealed: [] });
  await resolution().shows(caseId, ...working, 'FeeAssessed', 'WithdrawalReceived', 'CaseClosed');
  expect(await confirm(caseId, bank, { billingCode: '3325-2026-000018' })).toMatchObject({ status: 200 });
  const late = [...working, 'FeeAssessed', 'WithdrawalReceived', 'CaseClosed', 'FeeReceived', 'RefundRequested'];
  const asked = (await resolution().shows(caseId, ...late)).at(-1);
  expect(asked?.data as ResolutionData<'RefundRequested'>).toMatchObject({ amount: 25_000, reason: 'withdrawn' });
  const refund = asked?.eventId;
  const payBack = { refund, bankReference: 'BPD-99555' };
  expect(await codeOf(send('refund-fee', caseId, treasurer, payBack))).toBe('REFUND_NOT_GRANTED');
  expect(await codeOf(send('decide-refund', caseId, officer, { refund, granted: true }))).toBe('NOT_A_PAYEE');
  expect(await codeOf(send('decide-refund', caseId, treasurer, { refund: randomUUID(), granted: true }))).toBe(
    'REFUND_UNKNOWN',
  );
  expect(await send('decide-refund', caseId, treasurer, { refund, granted: true })).toMatchObject({ status: 200 });
  expect(await send('refund-fee', caseId, treasurer, payBack)).toMatchObject({ status: 200 });
  await resolution().shows(caseId, ...late, 'RefundDecided', 'FeeRefunded');
}, 40_000);
