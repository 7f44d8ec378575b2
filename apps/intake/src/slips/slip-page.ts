import { escaped } from '@garda/printing';
import { renderSVG } from 'uqr';

export interface PrintedSlip {
  readonly number: string;
  readonly code: string;
}

/** `K7QX-4M2TA`: in groups, for the telephone. */
const grouped = (number: string): string => `${number.slice(0, 4)}-${number.slice(4)}`;

const style = `
  @page { size: A4; margin: 12mm }
  body { font: 11pt/1.35 sans-serif; margin: 0 }
  article { border: 1px solid #000; display: grid; grid-template-columns: 34mm 1fr 46mm; height: 66mm; margin-bottom: 4mm;
    break-inside: avoid }
  article > * { padding: 4mm }
  svg { width: 28mm; height: 28mm }
  b { font-size: 16pt }
  .line { border-bottom: 1px dotted #000; height: 7mm }
  aside { border-left: 1px dashed #000 }
  small { font-size: 8.5pt }`;

/**
 * A book of slips as a page for paper: number and QR code to find the case by, what it costs (nothing), lines for what was
 * handed over and when it is due, and the code on the part that is folded over and stapled.
 */
export function slipPage(
  slips: readonly PrintedSlip[],
  of: { unit: string; page: (number: string) => string },
): string {
  const articles = slips.map(({ number, code }) => {
    const qr = renderSVG(of.page(number), { border: 1 });
    return `<article><div>${qr}<small>${escaped(of.unit)}</small></div>
      <div><b>${grouped(number)}</b><br>Biaya: <b>Rp 0</b><br><small>Diserahkan / handed over:</small>
        <div class="line"></div><div class="line"></div><small>Tanggal · selesai paling lambat / due:</small><div class="line"></div></div>
      <aside><small>Lipat dan staples. Kode hanya untuk warga; petugas tidak memerlukannya.<br>
        Fold and staple: for the citizen only.</small><p><b>${escaped(code)}</b></p></aside></article>`;
  });
  return document('Slip', articles.join('\n'));
}

/** The door to the page: nobody who only looks at a link uses it up. */
export function askPage(): string {
  return document(
    'Slip',
    `<form method="post"><p>Halaman ini hanya dapat dicetak satu kali. / This page can be printed once.</p>
     <button>Cetak / Print</button></form>`,
  );
}

function document(title: string, body: string): string {
  return `<!doctype html><html lang="id"><meta charset="utf-8"><title>${title}</title><style>${style}</style>${body}</html>\n`;
}
