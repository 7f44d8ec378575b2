import type { RecordedEvent } from '@garda/contracts';
import { tablesProjection, type TableNames } from '@garda/projection';
import type { PoolClient } from 'pg';
import { publicStatus, publicStep, type PublicCase, type PublicUpdate } from './public-fold';

type Tables = TableNames<'public_cases' | 'public_updates'>;

const tableSql = (t: Tables, version: number): string => `
  create table if not exists ${t.public_cases} (
    case_id          uuid primary key,
    number           text not null unique,
    standard         text not null,
    standard_version int not null,
    area             text,
    lat              double precision,
    long             double precision,
    description      text,
    place            text,
    unit             text,
    state            text not null,
    status           text not null,
    imported         boolean not null,
    calendar         text not null,
    stage_times      text[] not null,      -- with the calendar: the promised date
    requested_at     timestamptz not null,
    updated_at       timestamptz not null);
  create index if not exists public_cases_v${version}_requested on ${t.public_cases} (requested_at desc, number);
  create table if not exists ${t.public_updates} (
    update_id uuid primary key,
    case_id   uuid not null,
    number    text not null,
    kind      text not null,
    state     text not null,
    status    text not null,
    text      text,
    at        timestamptz not null,
    position  bigint not null);
  create index if not exists public_updates_v${version}_at on ${t.public_updates} (at, position);
  create index if not exists public_updates_v${version}_number on ${t.public_updates} (number, at, position);`;

const readCases = (
  t: Tables,
): string => `select case_id as "caseId", number, standard, standard_version as "standardVersion", area, lat, long,
    description, place, unit, state, imported, calendar, stage_times as "stageTimes", requested_at as "requestedAt", updated_at as "updatedAt"
  from ${t.public_cases} where case_id = any($1)`;

const writeCases = (t: Tables): string => `
  insert into ${t.public_cases} select r.case_id, r.number, r.standard, r.standard_version, r.area, r.lat, r.long,
      r.description, r.place, r.unit, r.state, r.status, r.imported, r.calendar, string_to_array(r.stage_times, ' '),
      r.requested_at, r.updated_at
    from unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::text[],
    $6::float8[], $7::float8[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::boolean[],
    $14::text[], $15::text[], $16::timestamptz[], $17::timestamptz[]) as r(case_id, number, standard, standard_version, area,
    lat, long, description, place, unit, state, status, imported, calendar, stage_times, requested_at, updated_at)
  on conflict (case_id) do update set description = excluded.description, place = excluded.place, unit = excluded.unit,
    state = excluded.state, status = excluded.status, updated_at = excluded.updated_at`;

const writeUpdates = (t: Tables): string => `
  insert into ${t.public_updates} select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[],
    $6::text[], $7::text[], $8::timestamptz[], $9::bigint[]) on conflict (update_id) do nothing`;

/** What everybody may read over Open311, and nothing else: cases about places with public content. */
export const publicProjection = tablesProjection({
  name: 'public_cases',
  version: 1,
  tables: ['public_cases', 'public_updates'],
  tableSql,
  apply: async (client, batch, t) => {
    const events = batch.filter((event) => event.streamId.startsWith('case-'));
    if (events.length === 0) return;
    await write(client, fold(await known(client, events, t), events), t);
  },
});

async function known(
  client: PoolClient,
  events: readonly RecordedEvent[],
  t: Tables,
): Promise<Map<string, PublicCase>> {
  const ids = [...new Set(events.map((event) => event.streamId.slice('case-'.length)))];
  const { rows } = await client.query<PublicCase & { requestedAt: Date; updatedAt: Date }>(readCases(t), [ids]);
  return new Map(
    rows.map((row) => [
      row.caseId,
      { ...row, requestedAt: row.requestedAt.toISOString(), updatedAt: row.updatedAt.toISOString() },
    ]),
  );
}

function fold(cases: Map<string, PublicCase>, events: readonly RecordedEvent[]) {
  const updates: PublicUpdate[] = [];
  for (const event of events) {
    const id = event.streamId.slice('case-'.length);
    const { now, update } = publicStep(cases.get(id), event);
    if (now !== undefined) cases.set(id, now);
    if (update !== undefined) updates.push(update);
  }
  return { cases, updates };
}

/** In the order of the case id, so that two writers cannot wait for each other. */
async function write(client: PoolClient, { cases, updates }: ReturnType<typeof fold>, t: Tables): Promise<void> {
  const rows = [...cases.values()].sort((a, b) => (a.caseId < b.caseId ? -1 : 1));
  const column = <T>(of: (row: PublicCase) => T): T[] => rows.map(of);
  if (rows.length > 0)
    await client.query(writeCases(t), [
      column((c) => c.caseId),
      column((c) => c.number),
      column((c) => c.standard),
      column((c) => c.standardVersion),
      column((c) => c.area),
      column((c) => c.lat),
      column((c) => c.long),
      column((c) => c.description),
      column((c) => c.place),
      column((c) => c.unit),
      column((c) => c.state),
      column((c) => publicStatus(c.state)),
      column((c) => c.imported),
      column((c) => c.calendar),
      column((c) => c.stageTimes.join(' ')),
      column((c) => c.requestedAt),
      column((c) => c.updatedAt),
    ]);
  if (updates.length > 0)
    await client.query(writeUpdates(t), [
      updates.map((u) => u.updateId),
      updates.map((u) => u.caseId),
      updates.map((u) => u.number),
      updates.map((u) => u.kind),
      updates.map((u) => u.state),
      updates.map((u) => publicStatus(u.state)),
      updates.map((u) => u.text),
      updates.map((u) => u.at),
      updates.map((u) => u.position.toString()),
    ]);
}
