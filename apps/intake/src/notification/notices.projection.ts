import { lines, type IntakeData, type LineName, type RecordedEvent } from '@garda/contracts';
import { tablesProjection, type LocalProjection } from '@garda/projection';
import type { PoolClient } from 'pg';

/** The plain names of a line's tables. */
export const noticeViews = {
  open: { notices: 'notices', cases: 'notice_cases', version: 2 },
  restricted: { notices: 'levy_notices', cases: 'levy_notice_cases', version: 1 },
} as const satisfies Record<LineName, { notices: string; cases: string; version: number }>;

/** The real names of one build. */
interface Tables {
  readonly notices: string;
  readonly cases: string;
}

const tableSql = (t: Tables, indexName: string): string => `
  create table if not exists ${t.notices} (
    about    uuid primary key,             -- the event that is to be told
    case_id  uuid not null,
    event_id uuid not null,                -- intake's own fact of it
    position bigint not null,
    settled  boolean not null default false); -- told, by whatever way, or refused by the channel
  create index if not exists ${indexName} on ${t.notices} (position) where not settled;
  create table if not exists ${t.cases} (case_id uuid primary key);`;

/** News for people who left an address, and whether that is settled. The notifier works through what is left. */
export function noticesProjection(line: LineName): LocalProjection {
  const { notices, cases } = noticeViews[line];
  return tablesProjection({
    name: notices,
    log: lines[line].schema,
    version: noticeViews[line].version,
    tables: [notices, cases],
    tableSql: (t, version) => tableSql({ notices: t[notices], cases: t[cases] }, `${notices}_v${version}_untold`),
    apply: (client, batch, t) => write(client, batch, { notices: t[notices], cases: t[cases] }),
  });
}

async function write(client: PoolClient, batch: readonly RecordedEvent[], t: Tables): Promise<void> {
  const of = <T>(type: string, map: (event: RecordedEvent) => T): T[] => batch.filter((e) => e.type === type).map(map);
  const reachable = of('CaseSubmitted', (e) => e.data as IntakeData<'CaseSubmitted'>)
    .filter(({ tellBy }) => tellBy !== 'page')
    .map(({ caseId }) => caseId);
  if (reachable.length > 0)
    await client.query(`insert into ${t.cases} select unnest($1::uuid[]) on conflict do nothing`, [reachable]);
  const news = batch.flatMap((e) => newsOf(e) ?? []);
  if (news.length > 0) await addNews(client, news, t);
  const settled = of('CitizenNotified', (e) => (e.data as IntakeData<'CitizenNotified'>).about);
  if (settled.length > 0) await client.query(`update ${t.notices} set settled = true where about = any($1)`, [settled]);
}

interface News {
  readonly about: string;
  readonly caseId: string;
  readonly event: RecordedEvent;
}

async function addNews(client: PoolClient, news: readonly News[], t: Tables): Promise<void> {
  await client.query(
    `insert into ${t.notices} (about, case_id, event_id, position)
       select n.about, n.case_id, n.event_id, n.position
         from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[]) as n(about, case_id, event_id, position)
         join ${t.cases} using (case_id) order by n.about on conflict do nothing`,
    [
      news.map((n) => n.about),
      news.map((n) => n.caseId),
      news.map((n) => n.event.eventId),
      news.map((n) => n.event.position.toString()),
    ],
  );
}

/** Resolution's fact by its note; what the clock did to a mandate is intake's own fact. */
function newsOf(event: RecordedEvent): News | undefined {
  switch (event.type) {
    case 'CaseProgressNoted': {
      const { ref: about, caseId } = event.data as IntakeData<'CaseProgressNoted'>;
      return { about, caseId, event };
    }
    case 'DutyDue': {
      const { duty, caseId } = event.data as IntakeData<'DutyDue'>;
      return duty === 'mandate_ends' ? { about: event.eventId, caseId, event } : undefined;
    }
    case 'ErasureRefused':
      return { about: event.eventId, caseId: (event.data as IntakeData<'ErasureRefused'>).caseId, event };
    case 'MandateEnded': {
      const { reason, caseId } = event.data as IntakeData<'MandateEnded'>;
      return reason === 'expired' ? { about: event.eventId, caseId, event } : undefined;
    }
    default:
      return undefined;
  }
}
