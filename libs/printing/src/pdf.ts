import { once } from 'node:events';
import PDFDocument from 'pdfkit';
import { encode } from 'uqr';
import type { PrintedReceipt } from './receipt';
import { grouped, rowsOf, secret, title, type Row, type Words } from './words';

/** Millimetres in points. */
const mm = 72 / 25.4;
const [margin, labelWidth, qrSide, gap] = [12 * mm, 38 * mm, 32 * mm, 2 * mm];
const [regular, bold] = ['Helvetica', 'Helvetica-Bold'];

type Paper = InstanceType<typeof PDFDocument>;

/** The receipt as a PDF of A5. The same receipt gives the same bytes: its date is the day of receipt, not of printing. */
export async function receiptPdf(receipt: PrintedReceipt): Promise<Buffer> {
  const heading = `${title.id} ${grouped(receipt.number)}`;
  const info = { Title: heading, Creator: 'Garda', CreationDate: new Date(receipt.receivedAt) };
  const paper = new PDFDocument({ size: 'A5', margin, lang: 'id-ID', displayTitle: true, info });
  const parts: Buffer[] = [];
  paper.on('data', (part: Buffer) => parts.push(part));
  const whole = once(paper, 'end');
  head(paper, receipt);
  for (const row of rowsOf(receipt)) rowPdf(paper, row);
  paper.y += gap;
  said(paper, secret, { x: margin, width: paper.page.width - 2 * margin });
  paper.end();
  await whole;
  return Buffer.concat(parts);
}

function head(paper: Paper, { number, page }: PrintedReceipt): void {
  qr(paper, page, { x: paper.page.width - margin - qrSide, y: margin });
  said(paper, title, { x: margin, width: paper.page.width - 2 * margin - qrSide, size: 13 });
  paper.font(bold, 18).text(grouped(number), margin, paper.y + gap);
  paper.y = margin + qrSide + 2 * gap;
}

/** The dark fields as squares: sharp at any size, and no picture to decode. */
function qr(paper: Paper, says: string, at: { x: number; y: number }): void {
  const { data, size } = encode(says, { border: 1 });
  const side = qrSide / size;
  data.forEach((line, row) =>
    line.forEach((dark, column) => {
      if (dark) paper.rect(at.x + column * side, at.y + row * side, side, side);
    }),
  );
  paper.fill('black');
}

function rowPdf(paper: Paper, { label, values }: Row): void {
  const x = margin + labelWidth + gap;
  const width = paper.page.width - margin - x;
  // A label is never alone at the end of a page: its row goes over as a whole where one of its values still fits.
  if (paper.y + 4 * gap > paper.page.height - margin) paper.addPage();
  const top = paper.y;
  said(paper, label, { x: margin, width: labelWidth });
  const below = paper.y;
  const { page } = paper;
  paper.y = top;
  for (const value of values) {
    said(paper, value, { x, width });
    if (value.en !== undefined) paper.y += gap / 2;
  }
  paper.y = (paper.page !== page ? paper.y : Math.max(paper.y, below)) + gap;
}

function said(paper: Paper, { id, en }: Words, at: { x: number; width: number; size?: number }): void {
  const { x, width, size = 10 } = at;
  paper.fillColor('black').font(regular, size).text(id, x, paper.y, { width });
  if (en !== undefined) paper.fillColor('#333333').font(regular, 7.5).text(en, x, paper.y, { width });
  paper.fillColor('black');
}
