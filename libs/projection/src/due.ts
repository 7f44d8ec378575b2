import type { PoolClient } from 'pg';
import { tableName } from './tables';

/** A clock of a case that runs out at a time, unless something happens before. */
export interface DueRow {
  readonly clock: string;
  /** Version of the stream that started the clock: a reopened case starts rung 1 again. */
  readonly startedVersion: number;
  readonly rung: number;
  /** ISO 8601. */
  readonly dueAt: string;
}

/** The table of clocks: what sweepers read, oldest first. */
export async function setUpDue(client: PoolClient, name: string, version: number): Promise<void> {
  const table = tableName(name, version);
  await client.query(`
    create table if not exists ${table} (
      case_id uuid, clock text, started_version bigint, rung int, due_at timestamptz not null,
      primary key (case_id, clock, started_version, rung));
    create index if not exists ${name}_v${version}_due_at on ${table} (due_at, case_id, clock, rung)`);
}

/** The clocks of these cases are exactly these. */
export async function replaceDue(
  client: PoolClient,
  table: string,
  clocks: ReadonlyMap<string, readonly DueRow[]>,
): Promise<void> {
  await client.query(`delete from ${table} where case_id = any($1::uuid[])`, [[...clocks.keys()]]);
  const rows = [...clocks].flatMap(([caseId, due]) => due.map((one) => ({ caseId, ...one })));
  if (rows.length === 0) return;
  await client.query(
    `insert into ${table} (case_id, clock, started_version, rung, due_at)
       select "caseId", clock, "startedVersion", rung, "dueAt"
       from json_to_recordset($1) as r("caseId" uuid, clock text, "startedVersion" bigint, rung int, "dueAt" timestamptz)
       order by 1, 2, 3, 4`,
    [JSON.stringify(rows)],
  );
}
