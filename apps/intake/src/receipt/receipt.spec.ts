import { withIntake } from '../../test/harness';
import { residence, submit } from '../../test/submissions';

const intake = withIntake();
const papers = ['KK lama', 'F-1.02'];

it('whoever has the code prints his receipt, as a page and as a PDF; it never shows the code', async () => {
  const { caseId, number, trackingCode, receipt } = await submit(intake(), { ...residence });
  const code = { 'tracking-code': trackingCode };
  const { resolution, get, until } = intake();
  await resolution.write(caseId, 'DocumentsReceived', { unit: 'desa-33.25.10.2007', items: papers });
  await until(async () => (await intake().events(caseId)).some(({ type }) => type === 'CaseProgressNoted'));
  const told = (await intake().events(caseId)).length;
  const page = await get(`/cases/${number}/receipt`, code);
  expect([page.status, page.headers['content-type'], page.headers['cache-control']]).toEqual([
    ...[200, 'text/html; charset=utf-8', 'no-store'],
  ]);
  for (const words of [`${number.slice(0, 4)}-${number.slice(4)}`, 'DS-02', 'Rp 0', '<svg ', receipt.salt, ...papers])
    expect(page.text).toContain(words);
  expect(page.text).not.toContain(trackingCode);
  expect(page.text).not.toContain(trackingCode.replaceAll(/\D/g, ''));
  const pdf = await get(`/cases/${number}/receipt.pdf`, code);
  expect([pdf.status, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
  expect(pdf.text).toMatch(/^%PDF-1\.\d[^]*%%EOF\s*$/);
  // A receipt is no news: printing it tells him nothing and adds no fact.
  expect(await intake().events(caseId)).toHaveLength(told);
});

it.each(['receipt', 'receipt.pdf'])('nobody gets the %s without the code or with another one', async (format) => {
  const { number, trackingCode } = await submit(intake(), { ...residence });
  const { get } = intake();
  const digit = trackingCode.startsWith('1') ? '2' : '1';
  for (const code of [undefined, `${digit}${trackingCode.slice(1)}`]) {
    const refused = await get(`/cases/${number}/${format}`, code === undefined ? {} : { 'tracking-code': code });
    expect([refused.status, refused.json['code']]).toEqual([403, 'TRACKING_CODE_WRONG']);
  }
});
