import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { withLogs } from '../test/database';
import { listenFromTheStart } from './pool';

describe("TypeORM's pool", () => {
  const database = withLogs();

  it('survives a server that dies in the moment a connection is handed over', async () => {
    const heard: Error[] = [];
    const source = new DataSource({
      type: 'postgres',
      url: database().appUrl,
      extra: listenFromTheStart((error) => heard.push(error)),
    });
    await source.initialize();
    try {
      const { master } = source.driver as unknown as { master: Pool };
      const died = new Error('terminating connection due to unexpected postmaster exit');
      const thrown = await new Promise<unknown>((resolve, reject) =>
        // The message of the dying server is behind the one that made the connection ready, and is read in one go with it.
        master.connect((error, client, release) => {
          if (error !== undefined) return reject(error);
          try {
            client?.emit('error', died);
            resolve(undefined);
          } catch (caught) {
            resolve(caught);
          }
          release(died);
        }),
      );
      expect(thrown).toBeUndefined();
      expect(heard).toContain(died);
      expect(await source.query('select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      await source.destroy();
    }
  });
});
