import type { DeclaredCase, DeclaredMoney, DeclaredPage } from '@garda/contracts';
import { againstAssessed, type IntakeCase } from '@garda/domain';
import { decodeCursor, pageOf, type PageQuery } from '@garda/service';
import type { Pool } from 'pg';
import { z } from 'zod';

interface PaymentRow {
  readonly payment: string;
  readonly case_id: string;
  readonly money: DeclaredMoney;
  readonly declared_at: Date;
}

/** Where a page ended: at the case whose last declaration has this position. */
const place = z.object({ before: z.string().regex(/^\d{1,19}$/) });

/** Declared against assessed, for those who watch over money. */
export class DeclaredCases {
  constructor(private readonly pool: Pool) {}

  /** Cases with declarations, the latest first. */
  async page({ cursor, limit }: PageQuery): Promise<DeclaredPage> {
    const before = decodeCursor(place, cursor)?.before ?? null;
    const { rows } = await this.pool.query<{ case_id: string; last: string }>(
      `select case_id, max(position)::text as last from read.declared_payments group by case_id
       having $1::bigint is null or max(position) < $1::bigint order by max(position) desc limit $2`,
      [before, limit + 1],
    );
    const page = pageOf(rows, limit, ({ last }) => ({ before: last }));
    const items = await this.cases(page.items.map((row) => row.case_id));
    return page.next === undefined ? { items } : { items, next: page.next };
  }

  /** One case, declared about or not; undefined where there is none. */
  async one(caseId: string): Promise<DeclaredCase | undefined> {
    return (await this.cases([caseId]))[0];
  }

  private async cases(ids: readonly string[]): Promise<DeclaredCase[]> {
    const [states, payments] = await Promise.all([this.states(ids), this.payments(ids)]);
    return ids.flatMap((id) => {
      const state = states.get(id);
      if (state === undefined || state.status === 'none') return [];
      return [
        caseOf(
          state,
          payments.filter((row) => row.case_id === id),
        ),
      ];
    });
  }

  private async states(ids: readonly string[]): Promise<ReadonlyMap<string, IntakeCase>> {
    const { rows } = await this.pool.query<{ case_id: string; state: IntakeCase }>(
      'select case_id, state from read.case_state where case_id = any($1::text[])',
      [ids],
    );
    return new Map(rows.map((row) => [row.case_id, row.state]));
  }

  private async payments(ids: readonly string[]): Promise<readonly PaymentRow[]> {
    const { rows } = await this.pool.query<PaymentRow>(
      `select payment, case_id::text as case_id, money, declared_at from read.declared_payments
       where case_id = any($1::uuid[]) order by position`,
      [ids],
    );
    return rows;
  }
}

function caseOf(state: Exclude<IntakeCase, { status: 'none' }>, rows: readonly PaymentRow[]): DeclaredCase {
  const { declared, assessed, received, watched, lines } = againstAssessed(
    state,
    rows.map(({ money }) => money),
  );
  const { caseId, number, terms } = state.file;
  return {
    ...{ caseId, number, standard: terms.standard, unit: state.unit },
    ...{ declared, assessed, received, watched, lines: [...lines] },
    payments: rows.map(({ payment, money, declared_at }) => ({
      ...money,
      ...{ payment, declaredAt: declared_at.toISOString() },
    })),
  };
}
