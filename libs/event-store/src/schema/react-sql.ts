import type { LogSchema } from '../types';
import { batchArguments, batchParameters } from './append-sql';

/**
 * append_all(): several requests, all or nothing. What was refused travels in the detail, an entry a request.
 * react(): what a reaction does: cursor first, log last, all or nothing, one statement. It answers the last position.
 * Both run with the caller's rights: only append() itself has more.
 */
export const reactSql = (schema: LogSchema): string => `
create function ${schema}.append_all(${batchParameters})
returns table (status text[], version bigint[], "position" bigint[], result json[])
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  select a.status, a.version, a."position", a.result into status, version, "position", result
    from ${schema}.append(${batchArguments}) a;
  if not status <@ array['appended', 'repeated'] then
    raise exception 'append refused' using errcode = 'GA002',
      detail = json_build_object('status', status, 'version', version)::text;
  end if;
  return next;
end $$;

create function ${schema}.react(
  p_consumer text, p_topic text, p_partition int, p_revision bigint, p_seq bigint, p_next_offset bigint,${batchParameters})
returns bigint language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  update consume.consumer_cursor c set seq = p_seq, next_offset = p_next_offset, revision = c.revision + 1
    where c.consumer = p_consumer and c.topic = p_topic and c.partition = p_partition and c.revision = p_revision;
  if not found then raise exception 'cursor moved' using errcode = 'GA001'; end if;
  if cardinality(p_stream) = 0 then return null; end if;
  return (select max(p) from ${schema}.append_all(${batchArguments}) a, unnest(a."position") p);
end $$;
`;
