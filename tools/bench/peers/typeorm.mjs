/** A TypeORM repository: one event saved in a transaction, as many a service does it. */
import { createRequire } from 'node:module';
import { makeDatabase, query } from '../server.mjs';

const { DataSource, EntitySchema } = createRequire(import.meta.url)('typeorm');

const Event = new EntitySchema({
  name: 'Event',
  tableName: 'event',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    stream: { type: 'text' },
    version: { type: 'int' },
    type: { type: 'text' },
    data: { type: 'json' },
    recordedAt: { type: 'timestamptz', createDate: true },
  },
  uniques: [{ columns: ['stream', 'version'] }],
});

export async function open({ url, pool }) {
  const source = new DataSource({ type: 'postgres', url, entities: [Event], poolSize: pool });
  await source.initialize();
  return {
    append: ({ stream, version, data }) =>
      source.transaction((manager) =>
        manager.getRepository(Event).save({ stream, version: version + 1, type: 'Measured', data }),
      ),
    close: () => source.destroy(),
  };
}

export async function prepare(adminUrl) {
  const { ownerUrl: url } = await makeDatabase(adminUrl, 'typeorm');
  const source = new DataSource({ type: 'postgres', url, entities: [Event], synchronize: true });
  await source.initialize();
  await source.destroy();
  const sql = `select count(*)::int as stored, count(distinct data->>'ask')::int as different from event where data->>'run' = $1`;
  return { url, stored: async (run) => (await query(url, sql, [run]))[0] };
}
