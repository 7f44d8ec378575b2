import type { IntakeData, RecordedEvent } from '@garda/contracts';
import { tablesProjection, type TableNames } from '@garda/projection';

const tableSql = (t: TableNames<'declared_payments'>, version: number): string => `
  create table if not exists ${t.declared_payments} (
    payment     uuid primary key,          -- the event
    case_id     uuid not null,
    money       jsonb not null,            -- as it was declared, without the words
    declared_at timestamptz not null,
    position    bigint not null);
  create index if not exists declared_payments_v${version}_case on ${t.declared_payments} (case_id, position);`;

/** What was declared, by case: the only read model over the restricted log that is about a case of the open one. */
export const declaredProjection = tablesProjection({
  name: 'declared_payments',
  version: 1,
  log: 'log_restricted',
  tables: ['declared_payments'],
  tableSql,
  apply: async (client, batch, t) => {
    const rows = batch.filter(isDeclared).map(rowOf);
    if (rows.length === 0) return;
    await client.query(
      `insert into ${t.declared_payments}
         select r.payment, r.case_id, r.money, r.declared_at, r.position
           from json_to_recordset($1::json)
             as r(payment uuid, case_id uuid, money jsonb, declared_at timestamptz, position bigint)
          order by r.payment
       on conflict (payment) do nothing`,
      [JSON.stringify(rows)],
    );
  },
});

const isDeclared = ({ type }: RecordedEvent): boolean => type === 'PaymentDeclared';

function rowOf({ data, eventId: payment, recordedAt: declared_at, position }: RecordedEvent) {
  const { caseId: case_id, amount, to, forWhat, line, paidOn, receipt } = data as IntakeData<'PaymentDeclared'>;
  return {
    ...{ payment, case_id, declared_at, position: position.toString() },
    money: { amount, to, forWhat, line, paidOn, receipt },
  };
}
