import type { LogSchema } from '../types';

/**
 * The same as append() for a batch of one request: at few callers most batches are that, and without arrays of requests
 * it is cheaper. The events are arrays still. The specs hold both against the same serial model.
 */
export const appendOneSql = (schema: LogSchema): string => `
create function ${schema}.append_one(
  p_stream text, p_expected bigint, p_command uuid, p_hash text, p_result json,
  p_event_id uuid[], p_type text[], p_schema smallint[], p_data json[], p_meta json[], p_occurred timestamptz[], p_key int[],
  ahead interval default '0',
  out status text, out version bigint, out "position" bigint, out result json)
language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
  head bigint; clock timestamptz; seen commands;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'append needs read committed';
  end if;
  perform pg_advisory_xact_lock('${schema}.events'::regclass::oid::bigint);
  select c.* into seen from commands c where c.command_id = p_command;
  if found then
    version := seen.version; "position" := seen.position;
    if coalesce(seen.request_hash = p_hash, true) then status := 'repeated'; result := seen.result;
    else status := 'key_reused'; end if;
    return;
  end if;
  select e.version into version from events e where e.stream_id = p_stream order by e.version desc limit 1;
  version := coalesce(version, 0);
  if p_expected <> version and p_expected <> -1 and not (p_expected = -2 and version > 0) then
    status := 'conflict';
    return;
  end if;
  select e.position, e.recorded_at into head, clock from events e order by e.position desc limit 1;
  head := coalesce(head, 0);
  clock := greatest(clock, clock_timestamp() + ahead);
  insert into events
    select head + e.nth, p_stream, append_one.version + e.nth, e.event_id, e.type, e.schema_version, e.data, e.meta,
           e.occurred_at, clock, e.key_hash
    from unnest(p_event_id, p_type, p_schema, p_data, p_meta, p_occurred, p_key) with ordinality
      as e(event_id, type, schema_version, data, meta, occurred_at, key_hash, nth);
  version := version + cardinality(p_event_id); "position" := head + cardinality(p_event_id);
  status := 'appended'; result := p_result;
  insert into commands values (p_command, p_hash, p_stream, version, "position", result, clock);
end $$;
`;
