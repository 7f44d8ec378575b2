import type { IntakeData, RecordedEvent } from '@garda/contracts';
import type { LogSchema } from '@garda/event-store';
import { tablesProjection } from '@garda/projection';

type Submitted = IntakeData<'CaseSubmitted'>;

/** A row a case that counts: its standard, its district and when it was recorded. Nothing of it is shown one by one. */
function counted<N extends string>(table: N, log: LogSchema, counts: (data: Submitted) => boolean) {
  return tablesProjection({
    ...{ name: table, version: 1, log, tables: [table] },
    tableSql: (t, version) => `
      create table if not exists ${t[table]} (
        case_id     uuid primary key,
        standard    text not null,
        district    text not null,             -- empty where none is known
        recorded_at timestamptz not null);
      create index if not exists ${table}_v${version}_at on ${t[table]} (recorded_at);`,
    apply: async (client, batch, t) => {
      const rows = batch.flatMap((event) => rowOf(event, counts) ?? []);
      if (rows.length === 0) return;
      await client.query(
        `insert into ${t[table]}
           select r.case_id, r.standard, r.district, r.recorded_at
             from json_to_recordset($1::json) as r(case_id uuid, standard text, district text, recorded_at timestamptz)
            order by r.case_id
         on conflict (case_id) do nothing`,
        [JSON.stringify(rows)],
      );
    },
  });
}

/** What may be counted in public: all of a standard that says `count`, and of `place` what everybody sees anyway. */
export const caseCounts = counted('case_counts', 'log', ({ terms: { kind, publicity }, content }) => {
  if (kind === 'levy' || publicity === 'never') return false;
  return publicity === 'count' || content === 'public';
});

/** Reports of an illegal levy, from the restricted log alone (rule 10). */
export const levyCounts = counted('levy_counts', 'log_restricted', ({ terms: { kind } }) => kind === 'levy');

function rowOf({ type, data, recordedAt: recorded_at }: RecordedEvent, counts: (data: Submitted) => boolean) {
  if (type !== 'CaseSubmitted') return undefined;
  const submitted = data as Submitted;
  if (!counts(submitted)) return undefined;
  const { caseId: case_id, terms, area, objectPlace } = submitted;
  return { case_id, standard: terms.standard, district: districtOf(area ?? objectPlace.areaCode), recorded_at };
}

/** The first three levels of a code; another city's own code is its own district. */
function districtOf(area = ''): string {
  const levels = area.split('.');
  if (levels.length === 1) return area;
  return levels.length >= 3 ? levels.slice(0, 3).join('.') : '';
}
