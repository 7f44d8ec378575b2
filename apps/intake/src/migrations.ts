import { eventLogMigrations, type MigrationClass } from '@garda/event-store';
import { vaultMigrations } from '@garda/personal-data';
import type { QueryRunner } from 'typeorm';

/** Why: what intake keeps beside its log and is no projection of it: none of it can be rebuilt, none of it is a fact. */
function intakeTables(appRole: string): MigrationClass {
  return class IntakeTables1764000000200 {
    readonly name = 'IntakeTables1764000000200';

    async up(q: QueryRunner): Promise<void> {
      await q.query('create schema intake');
      // Why: one series for all kinds of case, permuted before anybody sees it (numbers/).
      await q.query('create sequence intake.case_number minvalue 0 maxvalue 1099511627775 no cycle');
      // Why: wrong tracking codes are counted here, so that the limit holds over replicas.
      await q.query(`
        create table intake.code_guesses (
          subject      text not null,
          window_start timestamptz not null,
          guesses      int not null,
          primary key (subject, window_start))`);
      // Why: an API key is shown once and kept only as a hash; who lost it gets another.
      await q.query(`
        create table intake.api_keys (
          id         uuid primary key,
          name       text not null,
          key_hash   text not null unique,
          created_by text not null,
          created_at timestamptz not null default clock_timestamp(),
          revoked_at timestamptz)`);
      await q.query(`grant usage on schema intake to ${appRole}`);
      await q.query(`grant usage on sequence intake.case_number to ${appRole}`);
      await q.query(`grant select, insert, update, delete on intake.code_guesses to ${appRole}`);
      await q.query(`grant select, insert, update on intake.api_keys to ${appRole}`);
    }

    async down(): Promise<void> {
      throw new Error('the series of public numbers cannot be undone: numbers would be handed out twice');
    }
  };
}

/** Why: a page of codes is printed once; who asked for it and when stays, the secret only as a hash. */
function printJobs(appRole: string): MigrationClass {
  return class PrintJobs1764000000201 {
    readonly name = 'PrintJobs1764000000201';

    async up(q: QueryRunner): Promise<void> {
      await q.query(`
        create table intake.print_jobs (
          secret_hash text primary key,
          book        uuid not null,
          created_by  text not null,
          created_at  timestamptz not null default clock_timestamp(),
          printed_at  timestamptz)`);
      await q.query(`grant select, insert, update on intake.print_jobs to ${appRole}`);
    }

    async down(q: QueryRunner): Promise<void> {
      await q.query('drop table intake.print_jobs');
    }
  };
}

/** All that intake's database has. The role's name is checked by the migrations of the log, which come first. */
export function intakeMigrations(roles: { appRole: string }): MigrationClass[] {
  return [
    ...eventLogMigrations(roles),
    ...vaultMigrations(roles),
    intakeTables(roles.appRole),
    printJobs(roles.appRole),
  ];
}
