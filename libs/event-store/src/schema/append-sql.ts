import type { LogSchema } from '../types';

/**
 * The arguments that append(), append_all() and react() share, in the order of `encodeBatch`. JSON is an argument as
 * JSON, so that it is read before the lock is taken and not while everybody waits for it.
 */
export const batchParameters = `
  p_stream text[], p_expected bigint[], p_command uuid[], p_hash text[], p_result json[], p_count int[],
  p_request int[], p_nth int[], p_event_id uuid[], p_type text[], p_schema smallint[], p_data json[], p_meta json[],
  p_occurred timestamptz[], p_key int[], ahead interval default '0'`;

/** The same by name, to hand them on. */
export const batchArguments = `p_stream, p_expected, p_command, p_hash, p_result, p_count, p_request, p_nth,
      p_event_id, p_type, p_schema, p_data, p_meta, p_occurred, p_key, ahead`;

/** What append() does with what it judged to be appended; `base` is the position before the request's first event. */
const storeSql = `  insert into events
    select base[e.request] + e.nth, p_stream[e.request], version[e.request] - p_count[e.request] + e.nth, e.event_id, e.type,
           e.schema_version, e.data, e.meta, e.occurred_at, clock, e.key_hash
    from unnest(p_request, p_nth, p_event_id, p_type, p_schema, p_data, p_meta, p_occurred, p_key)
      as e(request, nth, event_id, type, schema_version, data, meta, occurred_at, key_hash)
    where base[e.request] is not null;
  insert into commands
    select q.command, q.hash, q.stream, q.ver, q.pos, q.res, clock
    from unnest(p_command, p_hash, p_stream, version, "position", p_result, base) as q(command, hash, stream, ver, pos, res, base)
    where q.base is not null;
`;

/**
 * The only writer of a log. Several statements and not one: each sees what committed before the lock was taken.
 * A batch holds at most one request per stream and per command id, so all can be judged against the same state.
 * One entry a request: p_stream … p_count; one entry an event, in order of requests: p_request (from 1), p_nth (from 1) ….
 * It answers one row of arrays, an entry a request.
 */
export const appendSql = (schema: LogSchema): string => `
create function ${schema}.append(${batchParameters})
returns table (status text[], version bigint[], "position" bigint[], result json[])
language plpgsql security definer set search_path = ${schema}, pg_temp as $$
declare
  n int := cardinality(p_stream); head bigint; clock timestamptz;
  seen commands[]; base bigint[] := array_fill(null::bigint, array[n]);
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'append needs read committed';  -- an older snapshot would not see the appends before this one
  end if;
  perform pg_advisory_xact_lock('${schema}.events'::regclass::oid::bigint);  -- from here on we are alone in this log until commit
  select e.position, e.recorded_at into head, clock from events e order by e.position desc limit 1;
  head := coalesce(head, 0);
  clock := greatest(clock, clock_timestamp() + ahead);
  select array_agg((select c from commands c where c.command_id = q.command) order by q.o),
         array_agg(coalesce((select e.version from events e where e.stream_id = q.stream order by e.version desc limit 1), 0) order by q.o)
    into seen, version from unnest(p_stream, p_command) with ordinality as q(stream, command, o);
  status := array_fill('conflict'::text, array[n]); "position" := base; result := array_fill(null::json, array[n]);
  for i in 1 .. n loop
    if (seen[i]).command_id is not null then
      version[i] := (seen[i]).version; "position"[i] := (seen[i]).position;
      if coalesce((seen[i]).request_hash = p_hash[i], true) then status[i] := 'repeated'; result[i] := (seen[i]).result;
      else status[i] := 'key_reused'; end if;
    elsif p_expected[i] = version[i] or p_expected[i] = -1 or (p_expected[i] = -2 and version[i] > 0) then
      base[i] := head; head := head + p_count[i]; version[i] := version[i] + p_count[i];
      status[i] := 'appended'; "position"[i] := head; result[i] := p_result[i];
    end if;
  end loop;
${storeSql}  return next;
end $$;
`;
