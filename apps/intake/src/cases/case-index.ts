import { lineNames } from '@garda/contracts';
import { stateViews } from '@garda/case-service';
import type { Pool } from 'pg';
import type { CaseRef } from './case-streams';

export interface IndexedCase extends CaseRef {
  readonly codeHash: string | undefined;
}

const byNumber = lineNames
  .map((line) => `select case_id, code_hash, '${line}' as line from read.${stateViews[line].state} where number = $1`)
  .join(' union all ');

/** From the number on the receipt to the case, on whichever line: the numbers are of one series. */
export class CaseIndex {
  constructor(private readonly pool: Pool) {}

  async find(number: string): Promise<IndexedCase | undefined> {
    const { rows } = await this.pool.query<{ case_id: string; code_hash: string | null } & Pick<CaseRef, 'line'>>(
      byNumber,
      [number],
    );
    const row = rows[0];
    return row === undefined
      ? undefined
      : { caseId: row.case_id, line: row.line, codeHash: row.code_hash ?? undefined };
  }
}
