/** Emmett with a pool of the size that was found best for this number of callers. */
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import { makeDatabase, query } from '../server.mjs';

export async function open({ url, pool: max }) {
  const pool = new pg.Pool({ connectionString: url, max });
  const store = getPostgreSQLEventStore(url, { schema: { autoMigration: 'None' }, connectionOptions: { pool } });
  const expected = (version) => {
    if (version === undefined) return {};
    return { expectedStreamVersion: version === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(version) };
  };
  return {
    append: ({ stream, version, data }) =>
      store.appendToStream(stream, [{ type: 'Measured', data }], expected(version)),
    async close() {
      await store.close();
      await pool.end();
    },
  };
}

export async function prepare(adminUrl) {
  const { ownerUrl: url } = await makeDatabase(adminUrl, 'emmett');
  const store = getPostgreSQLEventStore(url);
  await store.schema.migrate();
  await store.close();
  const sql = `select count(*)::int as stored, count(distinct message_data->>'ask')::int as different
    from emt_messages where message_data->>'run' = $1`;
  return { url, stored: async (run) => (await query(url, sql, [run]))[0] };
}
