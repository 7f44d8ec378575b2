import { eventLogMigrations, migrate } from '@garda/event-store';
import { createReferenceTable } from '@garda/reference';
import { withDatabase, type Database } from '@garda/testing';
import { createCaseFile } from '../src/case-file/table';
import { Client } from 'pg';

/** The gateway's database as its owner migrates it; the application role makes its own tables. */
export const withGatewayDatabase = (): (() => Database) =>
  withDatabase({
    template: 'gateway',
    setUp: ({ ownerUrl, appRole }) => migrate(ownerUrl, eventLogMigrations({ appRole, withoutLog: true })),
  });

export async function makeTables(appUrl: string): Promise<void> {
  const client = new Client({ connectionString: appUrl });
  await client.connect();
  try {
    await client.query(createReferenceTable);
    await client.query(createCaseFile);
  } finally {
    await client.end();
  }
}
