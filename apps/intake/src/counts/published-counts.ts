import { lastCountedYear, suppressed, type PublishedTable } from '@garda/domain';
import type { ReferenceStore } from '@garda/reference';
import type { CaseClock, Language } from '@garda/service';
import type { Pool } from 'pg';
import { latestStandards } from '../catalogue/standards';

interface CountRow {
  readonly standard: string;
  readonly district: string;
  readonly year: number;
  readonly count: number;
}
interface Named {
  readonly code: string;
  readonly name: string;
}
export interface CountsOf {
  /** The service standard; absent for reports of an illegal levy, which are counted as one. */
  readonly standard?: Named;
  readonly districts: readonly Named[];
  readonly table: PublishedTable;
}

/** The district where none is known, or that is not in the catalogue. */
export const elsewhere = 'elsewhere';
const mostYears = 10;

/**
 * What is published of how many cases there were. Only years that are over are counted, by when a case was recorded: that
 * never runs back, so a number that was shown once is the same for ever, and none ticks when a report comes in. Rows and
 * columns are those of the catalogue and of the years that it was published in, whether anything was reported or not.
 */
export class PublishedCounts {
  constructor(
    private readonly of: {
      readonly pool: Pool;
      readonly clock: CaseClock;
      readonly reference: ReferenceStore;
      readonly zone: string;
    },
  ) {}

  async cases(language: Language): Promise<readonly CountsOf[]> {
    const years = await this.years();
    const rows = await this.rows('case_counts', years);
    return latestStandards(this.of.reference.snapshot())
      .filter(({ kind, publicity, status }) => kind !== 'levy' && publicity !== 'never' && status === 'published')
      .map(({ code, words }) => ({
        standard: { code, name: words[language] },
        ...this.tableOf(
          rows.filter(({ standard }) => standard === code),
          years,
        ),
      }));
  }

  async levy(): Promise<CountsOf> {
    const years = await this.years();
    return this.tableOf(await this.rows('levy_counts', years), years);
  }

  /** The ended years since the catalogue was first published, before which there can be no case; no case says which. */
  private async years(): Promise<readonly number[]> {
    const last = lastCountedYear(await this.of.clock.now(), this.of.zone);
    const first = await this.firstYear();
    const from = Math.max(first ?? last + 1, last - mostYears + 1);
    return last < from ? [] : Array.from({ length: last - from + 1 }, (_, index) => from + index);
  }

  private async firstYear(): Promise<number | undefined> {
    const { rows } = await this.of.pool.query<{ year: number }>(
      'select extract(year from recorded_at at time zone $1)::int as year from log.events order by position limit 1',
      [this.of.zone],
    );
    return rows[0]?.year;
  }

  private async rows(view: 'case_counts' | 'levy_counts', years: readonly number[]): Promise<readonly CountRow[]> {
    const { rows } = await this.of.pool.query<CountRow>(
      `select standard, district, extract(year from recorded_at at time zone $1)::int as year, count(*)::int as count
         from read.${view} group by 1, 2, 3 having extract(year from recorded_at at time zone $1)::int = any($2)`,
      [this.of.zone, years],
    );
    return rows;
  }

  private tableOf(rows: readonly CountRow[], years: readonly number[]): Pick<CountsOf, 'districts' | 'table'> {
    const districts = this.districts();
    const known = new Set(districts.map(({ code }) => code));
    const counts = districts.map(({ code }) =>
      years.map((year) =>
        rows
          .filter((row) => row.year === year && (known.has(row.district) ? row.district : elsewhere) === code)
          .reduce((sum, row) => sum + row.count, 0),
      ),
    );
    return {
      districts,
      table: suppressed({ rows: districts.map(({ code }) => code), columns: years.map(String), counts }),
    };
  }

  private districts(): readonly Named[] {
    const units = this.of.reference.snapshot().units.filter(({ tier }) => tier === 'district');
    const named = new Map(units.flatMap(({ area, name }) => (area === undefined ? [] : [[area, name] as const])));
    const sorted = [...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, name]) => ({ code, name }));
    return [...sorted, { code: elsewhere, name: elsewhere }];
  }
}
