import type { LogSchema } from '../types';

/**
 * bar(): a command that nobody recorded is refused for good, under the lock of append(): its row says position 0, where
 * no event is. What was recorded before stays, and is answered as append() answers a repetition. All or nothing.
 */
export const barSql = (schema: LogSchema, app: string): string => `
create function ${schema}.bar(p_command uuid[], p_hash text[], p_stream text[], ahead interval default '0')
returns table (status text[], version bigint[], "position" bigint[], result json[])
language plpgsql security definer set search_path = ${schema}, pg_temp as $$
begin
  perform pg_advisory_xact_lock('${schema}.events'::regclass::oid::bigint);
  insert into commands
    select q.command, q.hash, q.stream, 0, 0, null, clock_timestamp() + ahead
      from unnest(p_command, p_hash, p_stream) as q(command, hash, stream)
    on conflict (command_id) do nothing;
  select array_agg(case when coalesce(c.request_hash = q.hash, true) then 'repeated' else 'key_reused' end order by q.o),
         array_agg(c.version order by q.o), array_agg(c.position order by q.o), array_agg(c.result order by q.o)
    into status, version, "position", result
    from unnest(p_command, p_hash) with ordinality as q(command, hash, o) join commands c on c.command_id = q.command;
  return next;
end $$;
revoke all on function ${schema}.bar from public;
grant execute on function ${schema}.bar to ${app};
`;
