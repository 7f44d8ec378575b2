import { sheetPage } from './sheet-page';

const counts = {
  cases: { received: 9, onTime: 5, late: 1, open: 2, overdue: 1, withdrawn: 1 },
  papers: { onTheWay: 2, missing: 0 },
  errands: { trips: 3, approved: 1, cases: 7, kilometres: 42, cost: 1_250_000, saved: 4 },
};

it('is one page with a line for each unit and the sum; a name is never markup', () => {
  const unit = { code: 'desa-a', name: 'Desa <b>A' };
  const page = sheetPage({ month: '2026-03', unit, rows: [{ unit, ...counts }], total: counts });
  const cells = ['9', '5', '1', '2 (1)', '1', '2', '3 (2)', '7', '42', '1.250.000', '4'];
  const line = cells.map((cell) => `<td>${cell}</td>`).join('');
  expect(page).toContain(`<tr><td>Desa &#60;b&#62;A</td>${line}</tr>`);
  expect(page.split(line)).toHaveLength(3);
  expect(page).toContain('<h1>Lembar bulanan Desa &#60;b&#62;A, 2026-03');
  expect(page).not.toMatch(/<script|src=|href=/);
});
