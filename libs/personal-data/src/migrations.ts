import type { MigrationInterface, QueryRunner } from 'typeorm';

type Migration = new () => MigrationInterface;

/**
 * The vault of intake. Why a schema of its own: the application may add and delete keys but never change one,
 * so a row is either the key it was on the first day or gone.
 */
export function vaultMigrations({ appRole }: { appRole: string }): Migration[] {
  if (!/^[a-z][a-z0-9_]*$/.test(appRole)) throw new Error(`"${appRole}" is no name of a database role`);
  return [
    class Vault1764000000100 implements MigrationInterface {
      readonly name = 'Vault1764000000100';

      async up(q: QueryRunner): Promise<void> {
        await q.query('create schema vault');
        await q.query(`
          create table vault.subject_keys (
            subject     uuid primary key,
            case_id     uuid not null,
            public_key  text not null,
            private_key bytea not null,          -- wrapped by the master key, which the database never sees
            created_at  timestamptz not null default clock_timestamp()
          )`);
        // Why: the sweep for keys without a case walks by age; cases of one person are found by case.
        await q.query('create index subject_keys_created_at on vault.subject_keys (created_at)');
        await q.query('create index subject_keys_case_id on vault.subject_keys (case_id)');
        await q.query(`grant usage on schema vault to ${appRole}`);
        await q.query(`grant select, insert, delete on vault.subject_keys to ${appRole}`);
      }

      async down(q: QueryRunner): Promise<void> {
        await q.query('drop schema vault cascade');
      }
    },
  ];
}
