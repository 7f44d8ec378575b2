import type { Pool } from 'pg';

export interface IndexedCase {
  readonly caseId: string;
  readonly codeHash: string | undefined;
}

/** From the number on the receipt to the case. */
export class CaseIndex {
  constructor(private readonly pool: Pool) {}

  async find(number: string): Promise<IndexedCase | undefined> {
    const { rows } = await this.pool.query<{ case_id: string; code_hash: string | null }>(
      'select case_id, code_hash from read.case_state where number = $1',
      [number],
    );
    const row = rows[0];
    return row === undefined ? undefined : { caseId: row.case_id, codeHash: row.code_hash ?? undefined };
  }
}
