import { escaped } from '@garda/printing';
import type { MonthSheet } from './report.body';

const style = `
  @page { size: A4 landscape; margin: 10mm }
  body { font: 10pt/1.3 sans-serif; margin: 0; color: #000; background: #fff }
  h1 { font-size: 14pt; margin: 0 0 4mm }
  table { border-collapse: collapse; width: 100% }
  th, td { border: 1px solid #888; padding: 1mm 2mm; text-align: right; vertical-align: top }
  th:first-child, td:first-child { text-align: left }
  tr { break-inside: avoid }
  tfoot td { font-weight: bold }
  small { display: block; font-weight: normal; font-size: 8pt; color: #333 }`;

type Counts = MonthSheet['total'];
interface Column {
  readonly id: string;
  readonly en: string;
  readonly of: (counts: Counts) => string;
}
const number = new Intl.NumberFormat('id-ID');
const ofThem = (all: number, some: number): string =>
  some === 0 ? number.format(all) : `${number.format(all)} (${number.format(some)})`;

/** Another part of the sheet is another group of columns here. */
const columns: readonly Column[] = [
  { id: 'Diterima', en: 'Received', of: ({ cases }) => number.format(cases.received) },
  { id: 'Tepat waktu', en: 'On time', of: ({ cases }) => number.format(cases.onTime) },
  { id: 'Terlambat', en: 'Late', of: ({ cases }) => number.format(cases.late) },
  { id: 'Belum selesai (lewat batas)', en: 'Open (overdue)', of: ({ cases }) => ofThem(cases.open, cases.overdue) },
  { id: 'Tanpa putusan', en: 'Withdrawn', of: ({ cases }) => number.format(cases.withdrawn) },
  {
    id: 'Berkas di jalan (tidak sampai)',
    en: 'Papers on the way (missing)',
    of: ({ papers }) => ofThem(papers.onTheWay, papers.missing),
  },
  {
    id: 'Perjalanan (belum disetujui)',
    en: 'Trips (not approved)',
    of: ({ errands }) => ofThem(errands.trips, errands.trips - errands.approved),
  },
  { id: 'Perkara dibawa', en: 'Cases carried', of: ({ errands }) => number.format(errands.cases) },
  { id: 'Kilometer', en: 'Kilometres', of: ({ errands }) => number.format(errands.kilometres) },
  { id: 'Biaya, Rp', en: 'Cost, Rp', of: ({ errands }) => number.format(errands.cost) },
  { id: 'Perjalanan dihemat', en: 'Ways saved', of: ({ errands }) => number.format(errands.saved) },
];

/** The monthly sheet as one page to print. It loads nothing from elsewhere. */
export function sheetPage({ month, unit, rows, total }: MonthSheet): string {
  const title = `Lembar bulanan ${escaped(unit.name)}, ${escaped(month)}`;
  const heads = columns.map(({ id, en }) => `<th scope="col">${id}<small lang="en">${en}</small></th>`).join('');
  const cells = (counts: Counts): string => columns.map((column) => `<td>${column.of(counts)}</td>`).join('');
  const body = rows.map((row) => `<tr><td>${escaped(row.unit.name)}</td>${cells(row)}</tr>`).join('\n');
  return `<!doctype html><html lang="id"><meta charset="utf-8"><title>${title}</title><style>${style}</style>
<h1>${title}<small lang="en">Monthly sheet</small></h1>
<table><thead><tr><th scope="col">Unit</th>${heads}</tr></thead>
<tbody>${body}</tbody>
<tfoot><tr><td>Bersama<small lang="en">Together, no case twice</small></td>${cells(total)}</tr></tfoot></table></html>
`;
}
