import { lineNames } from '@garda/contracts';
import { eventLogMigrations, migrate } from '@garda/event-store';
import { inTransaction } from '@garda/event-store';
import { ensureReference } from '@garda/reference';
import { withDatabase, type Database } from '@garda/testing';
import { createCaseFile } from '../src/case-file/table';
import { createErrands } from '../src/reports/table';
import { Pool } from 'pg';

/** The gateway's database as its owner migrates it; the application role makes its own tables. */
export const withGatewayDatabase = (): (() => Database) =>
  withDatabase({
    template: 'gateway',
    setUp: ({ ownerUrl, appRole }) => migrate(ownerUrl, eventLogMigrations({ appRole, withoutLog: true })),
  });

export async function makeTables(appUrl: string): Promise<void> {
  const pool = new Pool({ connectionString: appUrl });
  try {
    await inTransaction(pool, ensureReference);
    for (const line of lineNames) await pool.query(createCaseFile(line));
    await pool.query(createErrands);
  } finally {
    await pool.end();
  }
}
