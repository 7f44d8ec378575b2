import type { LogSchema } from '../types';
import { appendOneSql } from './append-one-sql';
import { appendSql } from './append-sql';
import { reactSql } from './react-sql';

/** One log with all that may write it. The schema's name goes into the text: every name in it is qualified or fixed. */
export const logSchemaSql = (schema: LogSchema, app: string): string =>
  [tablesSql(schema), appendSql(schema), appendOneSql(schema), reactSql(schema), grantsSql(schema, app)].join('\n');

const tablesSql = (schema: LogSchema): string => `
create schema ${schema};
create table ${schema}.events (
  position bigint primary key check (position > 0),   -- dense: handed out under the append lock
  stream_id text not null, version bigint not null check (version > 0), event_id uuid not null unique,
  type text not null, schema_version smallint not null,
  data json not null, meta json not null,             -- json, not jsonb: the bytes stay exact
  occurred_at timestamptz not null, recorded_at timestamptz not null,
  key_hash int not null check (key_hash >= 0),        -- decided at append, so no later code can change a partition
  unique (stream_id, version));
create table ${schema}.commands (
  command_id uuid primary key, request_hash text, stream_id text not null,
  version bigint not null, position bigint not null, result json, recorded_at timestamptz not null);
create table ${schema}.relay_checkpoint (
  topic text primary key, position bigint not null, seqs bigint[] not null, next_offsets bigint[] not null
) with (fillfactor = 50);
-- Rows never change: vacuum has only to freeze them, early and in portions that do not grow with the table.
alter table ${schema}.events set (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 500000,
  autovacuum_freeze_min_age = 0);
alter table ${schema}.commands set (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 500000,
  autovacuum_freeze_min_age = 0);
`;

/** A topic may be closed, and made again with another number of partitions: then its records are numbered anew. */
export const generationSql = (schema: LogSchema): string => `
alter table ${schema}.relay_checkpoint add column generation int not null default 1 check (generation > 0),
  add column closed boolean not null default false;
`;

const grantsSql = (schema: LogSchema, app: string): string => `
revoke all on all functions in schema ${schema} from public;
grant usage on schema ${schema} to ${app};
grant select on ${schema}.events, ${schema}.commands to ${app};
grant select, insert, update on ${schema}.relay_checkpoint to ${app};
grant execute on all functions in schema ${schema} to ${app};
`;
