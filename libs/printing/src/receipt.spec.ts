import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceStandard, TariffLine, Unit, WorkCalendar } from '@garda/contracts';
import { Catalogue, foldAll, intakeFold, type SubmittedCase } from '@garda/domain';
import { recorded } from '@garda/testing';
import { readPdf } from '../test/read-pdf';
import { receiptHtml } from './html';
import { receiptPdf } from './pdf';
import { printedReceiptOf } from './receipt';

const samples = join(__dirname, '..', '..', 'contracts', 'samples', 'intake');
const sample = (type: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(samples, `${type}.v1.json`), 'utf8')) as Record<string, unknown>;
const submitted = sample('CaseSubmitted');
const tulis = 'desa-33.25.10.2007';
const catalogue = new Catalogue({
  calendars: [sample('CalendarPublished')['calendar'] as WorkCalendar],
  units: [{ ...(sample('UnitPublished')['unit'] as Unit), code: tulis, name: 'Desa Tulis <R&D>' }],
  standards: [
    { ...(sample('StandardPublished')['standard'] as ServiceStandard), code: 'DK-01', words: { id: 'KK', en: 'Card' } },
  ],
  policies: [],
});
const codeHash = 'c0de'.repeat(16);
const retribusi: TariffLine = {
  ...{ line: 'R-01', kind: 'retribusi', amount: 25_000, basis: 'Perda 1/2024', payee: 'kas daerah' },
  validFrom: '2026-01-01',
};

type Told = readonly [type: string, data: object];
function stateAfter(more: object, ...later: readonly Told[]): SubmittedCase {
  const first = { type: 'CaseSubmitted', data: { ...submitted, codeHash, ...more } };
  const state = foldAll(intakeFold, recorded([first, ...later.map(([type, data]) => ({ type, data }))]));
  if (state.status === 'none') throw new Error('it was handed in');
  return state;
}
const of = (state: SubmittedCase, papers: readonly string[] = []) =>
  printedReceiptOf({ state, papers, catalogue, publicUrl: 'https://garda.example', zone: 'Asia/Jakarta' });
describe('the content of a receipt', () => {
  it('says what was promised on the day of receipt, by whom, for how much, and what was handed over', () => {
    const state = stateAfter({ papers: ['old KK', 'form F-1.02'] });
    expect(of(state, ['old KK', 'proof of the event'])).toEqual({
      number: '7K3M9QWXA',
      page: 'https://garda.example/cases/7K3M9QWXA',
      standard: { code: 'DK-01', name: 'KK' },
      takenBy: 'Desa Tulis <R&D>',
      unit: null,
      papers: ['old KK', 'form F-1.02', 'proof of the event'],
      receivedAt: '2026-03-02T02:15:00Z',
      dueAt: '2026-03-10T09:00:00.000Z',
      provisional: false,
      zone: 'Asia/Jakarta',
      tariff: [],
      bills: [],
      next: ['look', 'wait', 'free'],
      proof: { commitment: submitted['contentCommitment'], salt: null },
    });
  });

  it('has no due date while the calendar of the terms is not seen', () => {
    const terms = { ...(submitted['terms'] as object), calendar: 'of-tomorrow' };
    expect(of(stateAfter({ terms })).dueAt).toBeNull();
  });

  it('says of a due date beyond the calendar that it may move', () => {
    const late = stateAfter({ receivedAt: '2027-12-30T02:15:00.000Z' });
    expect(of(late)).toMatchObject({ dueAt: expect.stringMatching(/^2028-01/), provisional: true });
    expect(receiptHtml(of(late))).toContain('Sementara: hari libur');
    expect(receiptHtml(of(stateAfter({})))).not.toContain('Sementara');
  });

  it('sends whoever was given no code to a desk', () => {
    expect(of(stateAfter({ codeHash: undefined })).next).toEqual(['ask_desk', 'wait', 'free']);
  });

  it('names tariff lines and bills that stand, and no longer says that it is free', () => {
    const state = stateAfter({ terms: { ...(submitted['terms'] as object), tariff: [retribusi] } }, [
      'FeeNoted',
      { ...sample('FeeNoted'), state: 'assessed', fee: submitted['caseId'], line: 'R-01', amount: 25_000 },
    ]);
    const receipt = of(state);
    expect(receipt.tariff).toEqual([retribusi]);
    expect(receipt.bills).toEqual([expect.objectContaining({ line: 'R-01', amount: 25_000, paid: false })]);
    expect(receipt.next).toEqual(['pay', 'look', 'wait']);
  });

  it('says first that a mandate waits to be confirmed', () => {
    const state = stateAfter({}, ['MandateRecorded', sample('MandateRecorded')]);
    expect(of(state).next).toEqual(['confirm_mandate', 'look', 'wait', 'free']);
  });
});

describe('on paper', () => {
  const said = [
    ...[
      'Tanda terima',
      'Receipt',
      '7K3M-9QWXA',
      'DK-01 KK',
      'Senin, 2 Maret 2026',
      '09.15',
      'Selasa, 10 Maret 2026',
      '16.00',
    ],
    ...['Rp 0', 'form F-1.02', 'old KK', 'Pindai kode QR', 'Jangan membayar kepada siapa pun.', 'Pay nobody.'],
  ];
  const receipt = of(stateAfter({ papers: ['form F-1.02', 'old KK'] }));

  it('is a page for a browser, which takes no word of the catalogue for markup and loads nothing', () => {
    const html = receiptHtml(receipt);
    for (const words of said) expect(html).toContain(words);
    expect(html).toContain('Desa Tulis &#60;R&#38;D&#62;');
    expect(html).toMatch(/<svg /);
    expect(html).not.toMatch(/<script|src=|href="http/);
  });

  it('is a PDF that a reader reads: the same words on one page', async () => {
    const { pages, text } = readPdf(await receiptPdf(receipt));
    for (const words of [...said, 'Desa Tulis <R&D>']) expect(text).toContain(words);
    expect(pages).toBe(1);
  });

  it('names what a line of the tariff rests on and who is paid, in both', async () => {
    const terms = { ...(submitted['terms'] as object), tariff: [retribusi] };
    const costly = of(stateAfter({ terms }));
    const words = 'R-01: Rp 25.000; dasar: Perda 1/2024; dibayar kepada: kas daerah';
    expect(receiptHtml(costly)).toContain(words);
    expect(receiptHtml(costly)).not.toContain('Rp 0');
    expect(readPdf(await receiptPdf(costly)).text).toContain(words);
  });

  it('goes on to a second page where forty papers do not fit on one, and loses none', async () => {
    const papers = Array.from({ length: 40 }, (_, n) => `paper no. ${n + 1};`);
    const { pages, text } = readPdf(await receiptPdf(of(stateAfter({ papers }))));
    for (const paper of papers) expect(text).toContain(paper);
    expect(pages).toBe(2);
  });

  it('has what proves the content; the salt only where it is given', async () => {
    const state = stateAfter({});
    const own = printedReceiptOf({
      state,
      papers: [],
      catalogue,
      publicUrl: 'https://g',
      zone: 'Asia/Jakarta',
      salt: 's4lt',
    });
    expect(receiptHtml(own)).toContain('SHA-256: 9f86d081 884c7d65');
    const { text } = readPdf(await receiptPdf(own));
    expect(text).toContain('SHA-256: 9f86d081 884c7d65');
    expect(text).toContain('Garam: s4lt');
    expect(receiptHtml(receipt)).not.toContain('Garam');
  });

  it('is the same to the byte each time it is printed', async () => {
    expect((await receiptPdf(receipt)).equals(await receiptPdf(receipt))).toBe(true);
  });

  it('never has the code, not even its hash, nor who took it', async () => {
    const html = receiptHtml(receipt);
    const { text } = readPdf(await receiptPdf(receipt));
    for (const hidden of [codeHash, 'p-tulis-officer'])
      for (const printed of [html, text]) expect(printed).not.toContain(hidden);
  });
});
