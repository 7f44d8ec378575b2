import { madeId } from '@garda/testing';
import { stream } from '../../test/facts';
import { withGateway } from '../../test/harness';

const running = withGateway({ GARDA_PUBLIC_URL: 'https://garda.example/' });
const caseId = madeId('receipt', 1);
const desk = { filedBy: { by: 'desk', unit: 'desa-posong', officer: 'posong.officer' } };
const posong = () => running().staff('posong.officer', 'desa-posong', 'village_officer');

beforeAll(async () => {
  const { publish, hears } = running();
  const more = { ...desk, papers: ['old KK'], codeHash: 'c0de'.repeat(16) };
  await publish('intake', stream('intake', caseId, [['CaseSubmitted', { ...more, number: '7K3M9QWXA' }]]));
  const work = stream('resolution', caseId, [
    ['CaseKnown', more],
    ['DocumentsReceived', { unit: 'desa-posong', items: ['old KK', 'form F-1.02'] }],
  ]);
  await publish('resolution', work);
  await hears(caseId, { intake: 1, resolution: 2 });
});

it.each([caseId, '7K3M-9QWXA'])('staff print it by %s, as a page and as a PDF', async (id) => {
  const { get } = running();
  const page = await get(`/cases/${id}/receipt`, await posong());
  expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control')]).toEqual([
    ...[200, 'text/html; charset=utf-8', 'private, no-store'],
  ]);
  // Six working days from Monday 2 March, 9:15: the Tuesday of the next week, end of office hours.
  for (const words of ['7K3M-9QWXA', 'DK-01', 'Rp 0', 'old KK', 'form F-1.02', 'Selasa, 10 Maret 2026 pukul 16.00'])
    expect(page.text).toContain(words);
  for (const hidden of ['c0de', 'Garam']) expect(page.text).not.toContain(hidden);
  const pdf = await get(`/cases/${id}/receipt.pdf`, await posong());
  expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  expect(pdf.text).toMatch(/^%PDF-1\.\d[^]*%%EOF\s*$/);
});

it.each(['receipt', 'receipt.pdf'])('the %s is refused to another unit, and of nobody is not found', async (format) => {
  const { get, staff } = running();
  const stranger = await staff('dlh.officer', 'dlh', 'agency_officer');
  const refused = await get(`/cases/${caseId}/${format}`, stranger);
  expect([refused.status, refused.json['code']]).toEqual([403, 'NOT_YOUR_UNIT']);
  const nobody = await get(`/cases/${madeId('receipt', 9)}/${format}`, await posong());
  expect([nobody.status, nobody.json['code']]).toEqual([404, 'CASE_NOT_FOUND']);
});

it('waits for what was handed in: a case that only routing has told of has no receipt yet', async () => {
  const { publish, hears, get } = running();
  const early = madeId('receipt', 2);
  await publish('routing', stream('routing', early, [['CaseEntered', desk]]));
  await hears(early, { routing: 1 });
  const answer = await get(`/cases/${early}/receipt`, await posong());
  expect([answer.status, answer.json['code']]).toEqual([404, 'NOT_FOUND']);
});
