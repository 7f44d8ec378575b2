import { lines, type IntakeData, type LineName } from '@garda/contracts';
import type { Vault } from '@garda/personal-data';
import { tablesProjection, type LocalProjection } from '@garda/projection';

/** The plain names of a line's read model and its table. */
const erasureViews = {
  open: { name: 'erasures', table: 'erased_subjects' },
  restricted: { name: 'levy_erasures', table: 'levy_erased_subjects' },
} as const satisfies Record<LineName, { name: string; table: string }>;

/**
 * People who were forgotten. The fact is in the log first; then this destroys their keys, in the transaction that moves
 * its cursor: whatever crashes, either both happened or it is done again. It is done again too where the log is read
 * anew, and where facts came back from the topic after a restore.
 */
export function erasuresProjection(vault: Vault, line: LineName): LocalProjection {
  const { name, table } = erasureViews[line];
  return tablesProjection({
    name,
    log: lines[line].schema,
    version: 1,
    tables: [table],
    tableSql: (t) => `
      create table if not exists ${t[table]} (subject uuid primary key, case_id uuid not null);`,
    apply: async (client, batch, t) => {
      const erased = batch
        .filter(({ type }) => type === 'PersonalDataErased')
        .flatMap(({ data }) => {
          const { caseId, subjects } = data as IntakeData<'PersonalDataErased'>;
          return subjects.map((subject) => ({ subject, caseId }));
        });
      if (erased.length === 0) return;
      const subjects = erased.map(({ subject }) => subject);
      await client.query(
        `insert into ${t[table]} (subject, case_id)
           select * from unnest($1::uuid[], $2::uuid[]) on conflict do nothing`,
        [subjects, erased.map(({ caseId }) => caseId)],
      );
      await vault.erase(client, subjects);
    },
  });
}
