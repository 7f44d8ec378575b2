/** The moved clock of demo and tests: case time is the server's time plus `ahead`. In production it stays at zero. */
export const clockSql = (app: string): string => `
create schema clock;
create table clock.case_clock (
  only_row boolean primary key default true check (only_row),
  ahead interval not null default '0');
insert into clock.case_clock default values;
grant usage on schema clock to ${app};
grant select, update on clock.case_clock to ${app};
`;

/**
 * How far each consumer and projection is. A cursor moves in the transaction that holds what it did.
 * Rows are updated once a batch: room in the page and no index on what changes keep the update inside the page.
 */
export const consumeSql = (app: string): string => `
create schema consume;
create table consume.consumer_cursor (
  consumer text, topic text, partition int, seq bigint not null default 0, next_offset bigint not null default 0,
  revision bigint not null default 0, skip_to_position bigint not null default 0,
  primary key (consumer, topic, partition)) with (fillfactor = 50);
create table consume.parked (
  consumer text not null, topic text not null, partition int not null, seq bigint not null, key text not null,
  record bytea, headers json not null, attempts int not null default 0,
  error_code text,                       -- a code, never a text: texts carry data
  retry_requested_at timestamptz, parked_at timestamptz not null default clock_timestamp(),
  primary key (consumer, topic, partition, seq));
create index parked_by_key on consume.parked (consumer, topic, key, seq);
create table consume.projection_cursor (
  projection text, version int, log text, position bigint not null default 0,
  primary key (projection, version)) with (fillfactor = 50);
grant usage on schema consume to ${app};
grant select, insert, update, delete on all tables in schema consume to ${app};
`;

/** Held records that an operator decided not to apply. The application adds to it and changes nothing. */
export const skippedSql = (app: string): string => `
create table consume.skipped (
  id bigint generated always as identity primary key,
  consumer text not null, topic text not null, partition int not null, seq bigint not null, key text not null,
  event_id uuid not null, type text not null, position bigint not null,
  digest text not null,                  -- SHA-256 over the bytes that were not applied
  error_code text, reason text not null check (reason <> ''), actor json not null,
  skipped_at timestamptz not null default clock_timestamp());
grant select, insert on consume.skipped to ${app};
`;

/** How each build of a projection stands, the same for all replicas. */
export const buildStatesSql = (): string => `
alter table consume.projection_cursor add column state text not null default 'live'
  check (state in ('live', 'filling', 'paused', 'retired'));
`;

/** The highest number that a build of a projection ever had: what was abandoned leaves no row, and keeps its number. */
export const buildNumbersSql = (app: string): string => `
create table consume.projection_number (projection text primary key, highest int not null);
insert into consume.projection_number select projection, max(version) from consume.projection_cursor group by projection;
grant select, insert, update on consume.projection_number to ${app};
`;

/** Read models belong to the application role: each projection makes its own tables here. */
export const readSql = (app: string): string => `
create schema read;
grant usage, create on schema read to ${app};
`;
