import { errandsTable, monthTable } from './reports';

const unit = { code: 'desa-a', name: 'Desa A' };
const errands = { trips: 3, approved: 1, cases: 7, kilometres: 42, cost: 1_250_000, saved: 4 };
const none = { trips: 0, approved: 0, cases: 0, kilometres: 0, cost: 0, saved: 0 };
const row = {
  cases: { received: 9, onTime: 5, late: 1, open: 2, overdue: 1, withdrawn: 1 },
  papers: { onTheWay: 2, missing: 1 },
  errands,
};
const cellsOf = (table: string, name: string): string[] =>
  (table.split('\n').find((line) => line.includes(name)) ?? '')
    .split('│')
    .slice(1, -1)
    .map((cell) => cell.trim());

it('the month is a line for each unit, and the sum', () => {
  const table = monthTable({ month: '2026-03', unit, rows: [{ unit, ...row }], total: { ...row, errands: none } });
  expect(table).toMatch(/^Desa A, 2026-03\n/);
  const cells = ['9', '5', '1', '2 (1 overdue)', '1', '2 (1 missing)'];
  expect(cellsOf(table, '│ Desa A')).toEqual(['Desa A', ...cells, '3 (2 not approved)', '7', '42', '1.250.000', '4']);
  expect(cellsOf(table, 'Together')).toEqual(['Together', ...cells, '0', '0', '0', '0', '0']);
});

it('errands have a line for a unit that carried nothing too', () => {
  const table = errandsTable({ month: '2026-03', unit, rows: [{ unit, ...none }], total: errands });
  expect(cellsOf(table, '│ Desa A')).toEqual(['Desa A', '0', '0', '0', '0', '0']);
  expect(cellsOf(table, 'Together')).toEqual(['Together', '3 (2 not approved)', '7', '42', '1.250.000', '4']);
});
