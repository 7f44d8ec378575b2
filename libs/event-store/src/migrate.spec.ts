import { withDatabase } from '@garda/testing';
import { migrate } from './migrate';
import { eventLogMigrations } from './migrations';

const database = withDatabase();
const schemas = async (): Promise<string[]> => {
  const { rows } = await database().ownerPool.query<{ nspname: string }>(
    `select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' order by nspname`,
  );
  return rows.map((row) => row.nspname);
};

it('the gateway gets cursors, clock and read models, and no log', async () => {
  await migrate(database().ownerUrl, eventLogMigrations({ appRole: database().appRole, withoutLog: true }));
  expect(await schemas()).toEqual(['clock', 'consume', 'public', 'read']);
});

it('twenty that start at once migrate once', async () => {
  const all = eventLogMigrations({ appRole: database().appRole });
  await Promise.all(Array.from({ length: 20 }, () => migrate(database().ownerUrl, all)));
  expect(await schemas()).toEqual(['clock', 'consume', 'log', 'log_restricted', 'public', 'read']);
  const { rows } = await database().ownerPool.query('select name from public.migrations order by "timestamp"');
  expect(rows.map((row) => row.name)).toEqual([
    'ServiceSchemas1764000000001',
    'EventLogs1764000000002',
    'LogAdoption1764000000003',
    'SkippedRecords1764000000004',
    'ProjectionBuilds1764000000005',
    'ProjectionNumbers1764000000006',
    'TopicGenerations1764000000007',
    'BarredCommands1764000000008',
    'AdoptedLevyReports1764000000009',
  ]);
}, 60_000);

it('a program older than the database stops', async () => {
  const older = eventLogMigrations({ appRole: database().appRole }).slice(0, 1);
  await expect(migrate(database().ownerUrl, older)).rejects.toMatchObject({
    code: 'SCHEMA_NEWER',
    message: expect.stringContaining('EventLogs1764000000002, LogAdoption1764000000003'),
  });
});

it('a log is never undone by a migration', async () => {
  for (const migration of eventLogMigrations({ appRole: database().appRole }))
    await expect(new migration().down({} as never)).rejects.toThrow('cannot be undone');
});
