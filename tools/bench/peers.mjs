/** The three that are measured: how each is set up, run once, and checked after a run. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import * as emmett from './peers/emmett.mjs';
import * as pgbench from './peers/pgbench.mjs';
import { makeDatabase, query } from './server.mjs';

const load = fileURLToPath(new URL('./load.mjs', import.meta.url));

/** Runs load.mjs in a process of its own, so that no peer inherits another one's heap or compiled code. */
function loaded(peer, options) {
  const child = spawn(process.execPath, [load, peer, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (data) => (output += data));
  return new Promise((resolve, reject) => {
    child.on('close', (code) =>
      code === 0
        ? resolve(JSON.parse(output.trim().split('\n').at(-1)))
        : reject(new Error(`${peer} ended with ${code}`)),
    );
  });
}

/** Compares what was acknowledged with what is stored: `missing` and `doubled` must be 0. */
function integrity(result, { stored, different, ...more }) {
  return { missing: Math.max(0, result.acknowledged - different), doubled: stored - different, ...more };
}

export async function openGarda(adminUrl) {
  const { eventLogMigrations, migrate } = createRequire(import.meta.url)('../../libs/event-store/dist/index.js');
  const database = await makeDatabase(adminUrl, 'garda');
  await migrate(database.ownerUrl, eventLogMigrations({ appRole: database.appRole }));
  return {
    name: 'garda',
    url: database.appUrl,
    remove: database.remove,
    run: (options) => loaded('garda', { url: database.appUrl, ...options }),
    async check(result, run) {
      const [row] = await query(
        database.ownerUrl,
        `select count(*) filter (where data->>'run' = $1)::int as stored,
                count(distinct data->>'ask') filter (where data->>'run' = $1)::int as different,
                (max(position) - count(*))::int as holes,
                (select count(*)::int from (select 1 from log.events group by stream_id having max(version) <> count(*)) s) as streams_with_holes
           from log.events`,
        [run],
      );
      return integrity(result, {
        stored: row.stored,
        different: row.different,
        holes: row.holes + row.streams_with_holes,
      });
    },
  };
}

export async function openEmmett(adminUrl) {
  const database = await makeDatabase(adminUrl, 'emmett');
  await emmett.migrate(database.ownerUrl);
  return {
    name: 'emmett',
    url: database.ownerUrl,
    remove: database.remove,
    run: (options) => loaded('emmett', { url: database.ownerUrl, ...options }),
    async check(result, run) {
      const [row] = await query(
        database.ownerUrl,
        `select count(*)::int as stored, count(distinct message_data->>'ask')::int as different
           from emt_messages where message_data->>'run' = $1`,
        [run],
      );
      return integrity(result, row);
    },
  };
}

/** Undefined when this machine has no pgbench. */
export async function openPgbench(adminUrl, text) {
  const version = pgbench.version();
  if (version === undefined) return undefined;
  const database = await makeDatabase(adminUrl, 'pgbench');
  await query(database.ownerUrl, pgbench.tableSql);
  return {
    name: 'pgbench',
    version,
    url: database.ownerUrl,
    remove: database.remove,
    run: async ({ milliseconds, run }) => pgbench.run({ url: database.ownerUrl, milliseconds, run, text }),
    async check(result, run) {
      const sql =
        'select count(*)::int as stored, count(distinct ask)::int as different from single_row where run = $1';
      const [row] = await query(database.ownerUrl, sql, [run]);
      return integrity(result, row);
    },
  };
}
