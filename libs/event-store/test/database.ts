import { withDatabase, type Database } from '@garda/testing';
import { migrate } from '../src/migrate';
import { eventLogMigrations } from '../src/migrations';

/** A database of this spec file alone, with both logs. */
export const withLogs = (): (() => Database) =>
  withDatabase({
    template: 'event-store',
    setUp: ({ ownerUrl, appRole }) => migrate(ownerUrl, eventLogMigrations({ appRole })),
  });
