/** message-db: its SQL as its package brings it, its function `write_message` through a pool of the best size. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { makeDatabase, query } from '../server.mjs';

const write = { name: 'write', text: 'select write_message($1, $2, $3, $4::jsonb, null, $5::bigint)' };

export async function open({ url, pool: max }) {
  const pool = new pg.Pool({ connectionString: url, max, options: '-c search_path=message_store,public' });
  return {
    append: ({ stream, version, data }) => {
      const expected = version === undefined ? null : version - 1; // its first version is 0, no stream is -1
      return pool.query({ ...write, values: [randomUUID(), stream, 'Measured', JSON.stringify(data), expected] });
    },
    close: () => pool.end(),
  };
}

/** What its install.sh does, without psql: schema, extension, types, table, functions, indexes. */
export async function prepare(adminUrl) {
  const { adminUrl: url } = await makeDatabase(adminUrl, 'message_db');
  const home = join(dirname(createRequire(import.meta.url).resolve('@eventide/message-db/package.json')), 'database');
  const files = ['schema/message-store.sql', 'extensions/pgcrypto.sql', 'types/message.sql', 'tables/messages.sql'];
  for (const folder of ['functions', 'indexes'])
    files.push(
      ...readdirSync(join(home, folder))
        .filter((file) => file.endsWith('.sql'))
        .map((file) => join(folder, file)),
    );
  const texts = files.map((file) => readFileSync(join(home, file), 'utf8'));
  // Its functions name each other without the schema; bodies are looked at when they run.
  const name = new URL(url).pathname.slice(1);
  await query(url, `alter database ${name} set search_path = message_store, public`);
  await query(
    url,
    'set check_function_bodies = off; set client_min_messages = error; create schema if not exists message_store;' +
      texts.join('\n'),
  );
  const sql = `select count(*)::int as stored, count(distinct data->>'ask')::int as different
    from message_store.messages where data->>'run' = $1`;
  return { url, stored: async (run) => (await query(url, sql, [run]))[0] };
}
