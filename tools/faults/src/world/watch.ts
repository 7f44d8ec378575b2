import { databases, logNames } from './services';
import type { PostgresNode } from './postgres-node';

const table = `
create schema if not exists watched;
create table if not exists watched.moves (
  id bigserial primary key, what text not null, place text not null,
  was bigint not null, became bigint not null, revision_was bigint, revision_became bigint);
grant usage on schema watched to public;
create or replace function watched.cursor_moved() returns trigger language plpgsql security definer as $$
begin
  insert into watched.moves (what, place, was, became, revision_was, revision_became)
    values ('cursor', old.consumer || ' ' || old.topic || '/' || old.partition, old.seq, new.seq, old.revision, new.revision);
  return null;
end $$;
create or replace function watched.checkpoint_moved() returns trigger language plpgsql security definer as $$
begin
  insert into watched.moves (what, place, was, became) values ('checkpoint', old.topic, old.position, new.position);
  return null;
end $$;
create or replace trigger watched after update on consume.consumer_cursor
  for each row execute function watched.cursor_moved();`;

const checkpoint = (schema: string): string => `
create or replace trigger watched after update on ${schema}.relay_checkpoint
  for each row execute function watched.checkpoint_moved();`;

/**
 * Triggers that write down every move of a cursor and a checkpoint, in the transaction that moves it. Repeats are dropped
 * further on, so that one that goes back would leave no other trace.
 */
export async function watchMoves(postgres: PostgresNode): Promise<void> {
  for (const database of databases) {
    const withLog = logNames.some((name) => name === database);
    const logs = withLog ? ['log', 'log_restricted'].map(checkpoint).join('\n') : '';
    await postgres.ask(database, `${table}${logs}`);
  }
}
