import type { IntakeData, RecordedEvent } from '@garda/contracts';
import { tablesProjection, type TableNames } from '@garda/projection';

const tableSql = (t: TableNames<'slips'>): string => `
  create table if not exists ${t.slips} (number text primary key, book uuid not null);`;

/** From the number on a slip to its book; what may be done with it the book's own stream says. */
export const slipsProjection = tablesProjection({
  name: 'slips',
  version: 1,
  tables: ['slips'],
  tableSql,
  apply: async (client, batch, t) => {
    const issued = batch.filter(isIssued).map((event) => event.data as IntakeData<'SlipBookIssued'>);
    for (const { book, numbers } of issued)
      await client.query(`insert into ${t.slips} select unnest($1::text[]), $2::uuid on conflict do nothing`, [
        numbers,
        book,
      ]);
  },
});

const isIssued = ({ type }: RecordedEvent): boolean => type === 'SlipBookIssued';
