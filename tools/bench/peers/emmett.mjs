/** Emmett with a pool of the size that was found best for this number of callers. */
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';

export async function open({ url, pool: max }) {
  const pool = new pg.Pool({ connectionString: url, max });
  const store = getPostgreSQLEventStore(url, { schema: { autoMigration: 'None' }, connectionOptions: { pool } });
  return {
    append: ({ stream, version, data }) =>
      store.appendToStream(stream, [{ type: 'Measured', data }], {
        expectedStreamVersion: version === 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(version),
      }),
    async close() {
      await store.close();
      await pool.end();
    },
  };
}

export async function migrate(url) {
  const store = getPostgreSQLEventStore(url);
  await store.schema.migrate();
  await store.close();
}
