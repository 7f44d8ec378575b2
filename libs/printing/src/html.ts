import { renderSVG } from 'uqr';
import { escaped } from './escaped';
import type { PrintedReceipt } from './receipt';
import { grouped, rowsOf, secret, title, type Row, type Words } from './words';

const style = `
  @page { size: A5; margin: 12mm }
  body { font: 11pt/1.4 sans-serif; margin: 0 auto; max-width: 130mm; color: #000; background: #fff }
  header { display: flex; justify-content: space-between; align-items: flex-start }
  header svg { width: 32mm; height: 32mm }
  h1 { font-size: 13pt; margin: 0 }
  b { font-size: 18pt }
  dl { display: grid; grid-template-columns: 42mm 1fr; gap: 2mm 4mm; margin: 4mm 0 }
  dt, dd { margin: 0 }
  ul { margin: 0; padding-left: 5mm }
  small { display: block; font-size: 8.5pt; color: #333 }`;

/** The receipt as a page that a browser prints on A5. It loads nothing from elsewhere. */
export function receiptHtml(receipt: PrintedReceipt): string {
  const rows = rowsOf(receipt).map(rowHtml).join('\n');
  return `<!doctype html><html lang="id"><meta charset="utf-8"><title>${title.id} ${escaped(grouped(receipt.number))}</title>
<style>${style}</style>
<header><div><h1>${words(title)}</h1><b>${escaped(grouped(receipt.number))}</b></div>${renderSVG(receipt.page, { border: 1 })}</header>
<dl>${rows}</dl>
<footer>${words(secret)}</footer></html>
`;
}

function rowHtml({ label, values }: Row): string {
  const [only, second] = values;
  const said =
    only !== undefined && second === undefined
      ? words(only)
      : `<ul>${values.map((value) => `<li>${words(value)}</li>`).join('')}</ul>`;
  return `<dt>${words(label)}</dt><dd>${said}</dd>`;
}

function words({ id, en }: Words): string {
  return `${escaped(id)}${en === undefined ? '' : `<small lang="en">${escaped(en)}</small>`}`;
}
