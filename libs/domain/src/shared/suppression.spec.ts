import fc from 'fast-check';
import { suppressed, type CountTable, type PublishedTable } from './suppression';

const table = (...counts: number[][]): CountTable => ({
  rows: counts.map((_, row) => `row ${row}`),
  columns: (counts[0] ?? []).map((_, column) => `column ${column}`),
  counts,
});
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
/** All that is published, in one list, and what is true of it. */
const flat = (of: PublishedTable) => [...of.counts.flat(), ...of.rowTotals, ...of.columnTotals, of.total];
const truth = (counts: readonly (readonly number[])[]): number[] => [
  ...counts.flat(),
  ...counts.map(sum),
  ...(counts[0] ?? []).map((_, column) => sum(counts.map((row) => row[column] ?? 0))),
  sum(counts.flat()),
];

/**
 * Another table that agrees with all that is published, in which the wanted entry is not what it is: with it nobody can say
 * which of both is true. Looked for cell by cell near the true one; it knows nothing of how the table was made.
 */
function another(published: PublishedTable, wanted: number, counts: readonly (readonly number[])[]): boolean {
  const width = published.columns.length;
  const [cells, shown, right] = [counts.flat(), flat(published), truth(counts)];
  const found = [...cells];
  const fits = (): boolean => {
    const rows = counts.map((_, row) => found.slice(row * width, (row + 1) * width));
    const all = truth(rows);
    return all[wanted] !== right[wanted] && all.every((value, at) => shown[at] === null || shown[at] === value);
  };
  const rowFits = (row: number): boolean => {
    const total = published.rowTotals[row];
    return total === null || total === sum(found.slice(row * width, (row + 1) * width));
  };
  const search = (cell: number): boolean => {
    if (cell > 0 && cell % width === 0 && !rowFits(cell / width - 1)) return false;
    if (cell === cells.length) return fits();
    const value = cells[cell] as number;
    for (const one of shown[cell] === null ? [value, value + 1, value - 1] : [value]) {
      found[cell] = one;
      if (one >= 0 && search(cell + 1)) return true;
    }
    return false;
  };
  return search(0);
}

const shape = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }));
const tables = shape.chain(([height, width]) => {
  const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 6 }));
  return fc.array(fc.array(count, { minLength: width, maxLength: width }), { minLength: height, maxLength: height });
});

describe('a published table', () => {
  it('shows nothing below k, nothing untrue, and gives nothing away that it hides', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 1, max: 4 }), (counts, k) => {
        const published = suppressed(table(...counts), k);
        const right = truth(counts);
        flat(published).forEach((shown, entry) => {
          const value = right[entry] as number;
          if (shown !== null) expect([shown, value >= k]).toEqual([value, true]);
          else expect([entry, another(published, entry, counts)]).toEqual([entry, true]);
        });
      }),
      { numRuns: 300, seed: 28 },
    );
  });

  it('shows all of a table in which nothing is small', () => {
    const counts = [
      [5, 6],
      [7, 8],
    ];
    expect(flat(suppressed(table(...counts)))).toEqual(truth(counts));
  });

  it('hides with a small number another one in its row, its column, and where both cross', () => {
    const published = suppressed(table([2, 10, 20], [11, 12, 21], [30, 31, 32]));
    expect(published.counts).toEqual([
      [null, null, 20],
      [null, null, 21],
      [30, 31, 32],
    ]);
    expect(flat(published).slice(9)).toEqual([32, 44, 93, 43, 53, 73, 169]);
  });

  it('hides zeros, and what would give them away: numbers that add up to the total without them', () => {
    // Shown beside a total of 7, the 7 would say that both others are nothing.
    const { counts, rowTotals } = suppressed(table([7, 0, 0], [9, 9, 9]));
    expect(counts[0]).toEqual([null, null, null]);
    expect(rowTotals[0]).toBe(7);
  });

  const hidden = (counts: number[][]) =>
    suppressed(table(...counts)).counts.map((row) => row.map((shown) => (shown === null ? 'x' : '-')).join(''));
  it.each([
    [
      'in the small one’s row',
      [
        [10, 2, 6],
        [6, 6, 6],
      ],
      ['-xx', '-xx'],
    ],
    [
      'beside a greater one',
      [
        [2, 10, 6],
        [6, 6, 6],
      ],
      ['x-x', 'x-x'],
    ],
    [
      'for what was hidden first',
      [
        [10, 2, 10],
        [6, 20, 20],
      ],
      ['xx-', 'xx-'],
    ],
  ])('hides with a small number the smallest that keep it, and no more: %s', (_name, counts, expected) =>
    expect(hidden(counts)).toEqual(expected),
  );

  it('hides numbers before totals', () => {
    for (const counts of [
      [
        [2, 10],
        [6, 6],
      ],
      [
        [0, 6],
        [6, 6],
      ],
    ]) {
      const { rowTotals, columnTotals, total } = suppressed(table(...counts));
      expect([hidden(counts), ...rowTotals, ...columnTotals, total]).toEqual([['xx', 'xx'], ...truth(counts).slice(4)]);
    }
  });

  it('hides totals where nothing else is left to hide', () => {
    const lone = suppressed(table([3]));
    expect(flat(lone)).toEqual([null, null, null, null]);
    expect(flat(suppressed(table([0, 0], [0, 0]))).every((shown) => shown === null)).toBe(true);
    expect(flat(suppressed(table([2], [50])))).toEqual([null, null, null, null, 52, 52]);
  });

  it('is the same for the same table, and a table of nothing is empty', () => {
    const counts = [
      [1, 9, 9],
      [9, 1, 9],
    ];
    expect(suppressed(table(...counts))).toEqual(suppressed(table(...counts)));
    expect(suppressed({ rows: [], columns: ['2026'], counts: [] })).toEqual({
      ...{ rows: [], columns: ['2026'], counts: [], rowTotals: [], columnTotals: [null], total: null },
    });
    expect(suppressed({ rows: ['kec-01'], columns: [], counts: [[]] })).toEqual({
      ...{ rows: ['kec-01'], columns: [], counts: [[]], rowTotals: [null], columnTotals: [], total: null },
    });
  });
});
