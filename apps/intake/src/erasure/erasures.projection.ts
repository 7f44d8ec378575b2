import type { IntakeData } from '@garda/contracts';
import type { Vault } from '@garda/personal-data';
import { tablesProjection } from '@garda/projection';

/**
 * People who were forgotten. The fact is in the log first; then this destroys their keys, in the transaction that moves
 * its cursor: whatever crashes, either both happened or it is done again. It is done again too where the log is read
 * anew, and where facts came back from the topic after a restore.
 */
export const erasuresProjection = (vault: Vault) =>
  tablesProjection({
    name: 'erasures',
    version: 1,
    tables: ['erased_subjects'],
    tableSql: (t) => `
      create table if not exists ${t.erased_subjects} (subject uuid primary key, case_id uuid not null);`,
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
        `insert into ${t.erased_subjects} (subject, case_id)
           select * from unnest($1::uuid[], $2::uuid[]) on conflict do nothing`,
        [subjects, erased.map(({ caseId }) => caseId)],
      );
      await vault.erase(client, subjects);
    },
  });
