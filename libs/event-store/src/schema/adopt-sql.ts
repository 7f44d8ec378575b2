import type { LogSchema } from '../types';

/** What adopt() does with rows that may be next: in they go, their versions are looked at, their commands are made again. */
const storeSql = `  insert into events
    select a.position, a.stream, a.version, a.event_id, a.type, a.schema_version, a.data::json, a.meta::json, a.occurred, a.recorded, a.key
    from unnest(p_position, p_stream, p_version, p_event_id, p_type, p_schema, p_data, p_meta, p_occurred, p_recorded, p_key)
      as a(position, stream, version, event_id, type, schema_version, data, meta, occurred, recorded, key);
  select e.position into wrong from events e
    where e.position > head and e.version > 1
      and not exists (select 1 from events b where b.stream_id = e.stream_id and b.version = e.version - 1 and b.position < e.position)
    order by e.position limit 1;
  if found then
    raise exception 'adopt refused' using errcode = 'GA003', detail = format('NOT_NEXT_VERSION %s', wrong);
  end if;
  insert into commands as c
    select (e.meta->>'commandId')::uuid, null, e.stream_id, max(e.version), max(e.position),
           case when e.stream_id ~ '^(case|levy)-' then json_build_object('caseId', substr(e.stream_id, 6)) end, max(e.recorded_at)
    from events e where e.position > head and e.meta->>'commandId' is not null
    group by 1, e.stream_id
  on conflict (command_id) do update set version = excluded.version, position = excluded.position
    where c.stream_id = excluded.stream_id and c.position < excluded.position;  -- the rest of a command cut by a batch
`;

/**
 * adopt(): takes facts back from the topic into a log that was put back to an older copy. It keeps what append() keeps
 * (positions and versions dense, the clock never backwards, all or nothing), so the application role may call it: the
 * one thing it adds is that time and position come with the fact. Whoever is refused hears GA003 with a code in the detail.
 * Commands are made again from `meta`; without a hash each repetition of one counts as repeated.
 */
export const adoptSql = (schema: LogSchema, app: string): string => `
create or replace function ${schema}.adopt(
  p_position bigint[], p_stream text[], p_version bigint[], p_event_id uuid[], p_type text[], p_schema smallint[],
  p_data text[], p_meta text[], p_occurred timestamptz[], p_recorded timestamptz[], p_key int[])
returns bigint language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
  n int := cardinality(p_position); head bigint; clock timestamptz; wrong bigint;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'adopt needs read committed';
  end if;
  perform pg_advisory_xact_lock('${schema}.events'::regclass::oid::bigint);  -- the same as append(): nobody else writes
  select e.position, e.recorded_at into head, clock from events e order by e.position desc limit 1;
  head := coalesce(head, 0);
  select a.position into wrong from unnest(p_position) with ordinality a(position, o) where a.position <> head + a.o order by a.o limit 1;
  if found then
    raise exception 'adopt refused' using errcode = 'GA003', detail = format('NOT_NEXT_POSITION %s after %s', wrong, head);
  end if;
  select a.position into wrong
    from (select u.*, coalesce(lag(u.recorded) over (order by u.position), clock) as before
            from unnest(p_position, p_recorded) u(position, recorded)) a
    where a.recorded < a.before order by a.position limit 1;
  if found then
    raise exception 'adopt refused' using errcode = 'GA003', detail = format('CLOCK_RAN_BACK %s', wrong);
  end if;
${storeSql}  return head + n;
end $$;
revoke all on function ${schema}.adopt from public;
grant execute on function ${schema}.adopt to ${app};
`;
