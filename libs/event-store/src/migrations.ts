import type { MigrationInterface, QueryRunner } from 'typeorm';
import { adoptSql } from './schema/adopt-sql';
import { barSql } from './schema/bar-sql';
import { generationSql, logSchemaSql } from './schema/log-sql';
import { buildNumbersSql, buildStatesSql, clockSql, consumeSql, readSql, skippedSql } from './schema/service-sql';
import type { LogSchema } from './types';

export type MigrationClass = new () => MigrationInterface;

const identifier = /^[a-z_][a-z0-9_]{0,62}$/;

/**
 * What every service's database has: both logs, the cursors of its consumers and projections, the case clock and a
 * schema for its read models. `withoutLog` is for the gateway, which decides nothing.
 * The owner of the database runs them; `appRole` is granted what the README lists, and nothing more.
 */
export function eventLogMigrations(of: { appRole: string; withoutLog?: boolean }): MigrationClass[] {
  if (!identifier.test(of.appRole)) throw new Error(`Not a plain role name: ${of.appRole}`);
  const foundation = [clockSql(of.appRole), consumeSql(of.appRole), readSql(of.appRole)];
  const schemas: LogSchema[] = ['log', 'log_restricted'];
  const logs = schemas.map((schema) => logSchemaSql(schema, of.appRole));
  const adoption = schemas.map((schema) => adoptSql(schema, of.appRole));
  return [
    sqlMigration('ServiceSchemas1764000000001', foundation),
    ...(of.withoutLog === true
      ? []
      : [sqlMigration('EventLogs1764000000002', logs), sqlMigration('LogAdoption1764000000003', adoption)]),
    sqlMigration('SkippedRecords1764000000004', [skippedSql(of.appRole)]),
    sqlMigration('ProjectionBuilds1764000000005', [buildStatesSql()]),
    sqlMigration('ProjectionNumbers1764000000006', [buildNumbersSql(of.appRole)]),
    ...(of.withoutLog === true
      ? []
      : [
          sqlMigration('TopicGenerations1764000000007', schemas.map(generationSql)),
          sqlMigration(
            'BarredCommands1764000000008',
            schemas.map((schema) => barSql(schema, of.appRole)),
          ),
          // Why: the commands of levy reports are made again with their result too.
          sqlMigration('AdoptedLevyReports1764000000009', adoption),
        ]),
  ];
}

function sqlMigration(name: string, statements: readonly string[]): MigrationClass {
  return class implements MigrationInterface {
    readonly name = name;

    async up(runner: QueryRunner): Promise<void> {
      for (const sql of statements) await runner.query(sql);
    }

    /** History is not undone by a tool: who wants to be rid of a log drops the database. */
    async down(): Promise<void> {
      throw new Error(`${name} holds the log or its cursors and cannot be undone`);
    }
  };
}
