import { eventLogMigrations, migrate } from '@garda/event-store';
import { withDatabase, type Database } from '@garda/testing';

/** A service's database for this spec file alone. */
export const withService = (): (() => Database) =>
  withDatabase({
    template: 'messaging',
    setUp: ({ ownerUrl, appRole }) => migrate(ownerUrl, eventLogMigrations({ appRole })),
  });
