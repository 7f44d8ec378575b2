import type { Task } from '@garda/domain';
import type { CaseClock } from '@garda/service';
import type { DataSource } from 'typeorm';

/** A row of the inbox's query. */
export interface InboxRow {
  readonly caseId: string;
  readonly number: string;
  readonly standard: string;
  readonly kind: string;
  readonly status: string;
  readonly routingStatus: string | null;
  readonly unit: string | null;
  readonly officer: string | null;
  readonly dueAt: Date | null;
  readonly stageDueAt: Date | null;
  readonly deskTasks: readonly Task[] | null;
  readonly workTasks: readonly Task[] | null;
  /** The edition by which its time is counted. */
  readonly calendar: string | null;
  readonly rank: number;
  readonly due: string;
}

/** Where the inbox reads: the database and the case clock. */
export class Inbox {
  constructor(
    private readonly source: DataSource,
    readonly clock: CaseClock,
  ) {}

  read({ sql, values }: { sql: string; values: readonly unknown[] }): Promise<InboxRow[]> {
    return this.source.query<InboxRow[]>(sql, [...values]);
  }

  /** Bare numbers, in one row. */
  async counts(sql: string, values: readonly unknown[]): Promise<Readonly<Record<string, number>>> {
    const [row] = await this.source.query<Record<string, number>[]>(sql, [...values]);
    return row ?? {};
  }
}
