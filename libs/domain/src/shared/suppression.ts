/** Counts by row and column. Every row has one count a column. */
export interface CountTable {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly counts: readonly (readonly number[])[];
}

/** The same with its totals. `null`: not shown. */
export interface PublishedTable {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly counts: readonly (readonly (number | null)[])[];
  readonly rowTotals: readonly (number | null)[];
  readonly columnTotals: readonly (number | null)[];
  readonly total: number | null;
}

/** What is published of a table has no number below this (domain, A 10). */
export const leastShown = 5;

/**
 * A table to be published: nothing below `k` is shown, and nothing that is not shown can be computed from what is
 * (complementary suppression). Zero is hidden too: a zero that once goes away tells that the first report came.
 */
export function suppressed(table: CountTable, k = leastShown): PublishedTable {
  const { rows, columns } = table;
  if (rows.length === 0 || columns.length === 0) return nothingOf(table);
  const grid = withTotals(table);
  const hidden = new Hidden(grid);
  for (const [at, value] of grid.entries()) if (value < k) hidden.add(at);
  for (let given = hidden.firstGiven(); given !== undefined; given = hidden.firstGiven()) hidden.protect(given);
  const shown = (row: number): (number | null)[] =>
    grid.row(row).map((value, column) => (hidden.has(grid.at(row, column)) ? null : value));
  const body = rows.map((_, row) => shown(row));
  const last = shown(rows.length);
  return {
    ...{ rows, columns, counts: body.map((row) => row.slice(0, -1)) },
    rowTotals: body.map((row) => row.at(-1) ?? null),
    columnTotals: last.slice(0, -1),
    total: last.at(-1) ?? null,
  };
}

/** Without rows or without columns there is nothing to count, and no total either. */
function nothingOf({ rows, columns }: CountTable): PublishedTable {
  const none = { counts: rows.map(() => []), rowTotals: rows.map(() => null), columnTotals: columns.map(() => null) };
  return { rows, columns, ...none, total: null };
}

/** A table with its totals as a last row and a last column; an entry is known by one number. */
class Grid {
  readonly height: number;
  constructor(
    private readonly values: readonly number[],
    private readonly width: number,
  ) {
    this.height = values.length / width;
  }

  at(row: number, column: number): number {
    return row * this.width + column;
  }

  place(at: number): { readonly row: number; readonly column: number } {
    return { row: Math.floor(at / this.width), column: at % this.width };
  }

  row(row: number): readonly number[] {
    return this.values.slice(this.at(row, 0), this.at(row + 1, 0));
  }

  value(at: number): number {
    return this.values[at] ?? 0;
  }

  entries(): (readonly [at: number, value: number])[] {
    return this.values.map((value, at) => [at, value] as const);
  }

  /** A total of rows or of columns, but not the total of all: in its equation it stands on the other side. */
  isMargin(at: number): boolean {
    const { row, column } = this.place(at);
    return (row === this.height - 1) !== (column === this.width - 1);
  }

  isTotal(at: number): boolean {
    const { row, column } = this.place(at);
    return row === this.height - 1 || column === this.width - 1;
  }
}

function withTotals({ columns, counts }: CountTable): Grid {
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
  const rows = counts.map((row) => [...row, sum(row)]);
  const width = columns.length + 1;
  const totals = Array.from({ length: width }, (_, column) => sum(rows.map((row) => row[column] ?? 0)));
  return new Grid([...rows.flat(), ...totals], width);
}

/**
 * Which entries are hidden, and which of them are given away all the same. The entries of a row and its total, of a column
 * and its total, are equations. Another table with the same shown numbers differs from the true one by a closed walk over
 * hidden entries, in turn one more and one less; an entry is given away when no such walk leads through it. Nothing falls
 * below zero: that is known as well.
 */
class Hidden {
  private readonly entries = new Set<number>();

  constructor(private readonly grid: Grid) {}

  has(at: number): boolean {
    return this.entries.has(at);
  }

  add(at: number): void {
    this.entries.add(at);
  }

  /** A hidden entry that has only one possible value; undefined when there is none. */
  firstGiven(): number | undefined {
    return [...this.entries].sort((a, b) => a - b).find((at) => !this.isOpen(at));
  }

  /**
   * Hides one more number: the smallest beside it that helps, else the smallest anywhere that does, else the smallest
   * beside it. Totals come last.
   */
  protect(given: number): void {
    const { row, column } = this.grid.place(given);
    const beside = this.grid
      .entries()
      .filter(([at]) => !this.has(at))
      .map(([at, value]) => ({ at, value, place: this.grid.place(at), total: this.grid.isTotal(at) }))
      .sort((a, b) => Number(a.total) - Number(b.total) || a.value - b.value);
    const near = beside.filter(({ place }) => place.row === row || place.column === column);
    const one = [...near, ...beside].find(({ at }) => this.wouldOpen(given, at)) ?? near[0] ?? beside[0];
    if (one === undefined) throw new Error('a table of which nothing is shown gives nothing away');
    this.add(one.at);
  }

  private wouldOpen(given: number, by: number): boolean {
    this.entries.add(by);
    const open = this.isOpen(given);
    this.entries.delete(by);
    return open;
  }

  /** Whether it could be one more, or one less, with everything that is shown as it is. */
  private isOpen(at: number): boolean {
    const { row, column } = this.grid.place(at);
    const [from, to] = [row, this.grid.height + column];
    return this.leads(to, from, at) || (this.mayFall(at) && this.leads(from, to, at));
  }

  /**
   * On its side of the equation, where anything may rise. A margin stands on the other one: it falls there when its number
   * rises. When it rises there its number falls, and so does one of its entries: of a number that is nothing none can.
   */
  private mayFall(at: number): boolean {
    return this.grid.isMargin(at) || this.grid.value(at) > 0;
  }

  /** Over rows (their numbers) and columns (after them): an entry that may rise leads from its row to its column. */
  private leads(from: number, to: number, without: number): boolean {
    const { height } = this.grid;
    const reached = new Set([from]);
    for (const node of reached) {
      if (node === to) return true;
      for (const at of this.entries) {
        if (at === without) continue;
        const { row, column } = this.grid.place(at);
        if (node === row) reached.add(height + column);
        if (node === height + column && this.mayFall(at)) reached.add(row);
      }
    }
    return false;
  }
}
