/** The whole system as `npm start` runs it: real processes on servers of their own, made for a suite and removed after it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { profileFolder } from './profile.mjs';
import { query } from './server.mjs';

const require = createRequire(import.meta.url);
const operator = () => require('../operator/dist/index.js');

/** The machine's clock, a published catalogue, nothing else. `nodeArgs(service)`: more arguments for Node. */
export async function openInstance({ say, ...more }) {
  const { freePorts, removeInstance, startInstance, throwawayFolder } = require('../servers/dist/index.js');
  const { removeLeftOvers } = require('../servers/dist/throwaway.js');
  const { publishCatalogue } = require('../servers/dist/commands/operator.js');
  const { superuserUrl } = require('../servers/dist/postgres.js');
  await removeLeftOvers(say);
  const folder = throwawayFolder('test');
  let instance;
  try {
    const ports = await freePorts();
    instance = await startInstance({ folder, ports, mode: 'test', say, ...more });
    await publishCatalogue(folder, instance.catalogue);
    return {
      ...instance,
      adminUrl: superuserUrl(ports.postgres, instance.secrets.databases.superuser),
      stop: async () => {
        await instance.stop();
        removeInstance(folder);
      },
    };
  } catch (error) {
    await instance?.stop();
    removeInstance(folder);
    throw error;
  }
}

/**
 * Profiles one service from its start to its end where `--profile` asks for it: `nodeArgs` for `openInstance`, and `end`
 * stops the service and tells where its time went.
 */
export function profiledService(room, name) {
  if (!room.profile) return { nodeArgs: () => [], end: async () => undefined };
  const folder = profileFolder();
  void room.own({ stop: async () => folder.remove() });
  return {
    nodeArgs: (service) => (service === name ? folder.args : []),
    end: async (instance) => {
      await instance.stopService(name);
      room.tables.push(folder.table(name));
    },
  };
}

/** Resolves when nothing is on its way between the services any more. */
export async function quiet({ folder }) {
  const { Gateway, openInstance: open, Tokens, waitUntilQuiet } = operator();
  const running = open({ GARDA_FOLDER: folder });
  const gateway = new Gateway(running, new Tokens(running));
  await waitUntilQuiet(() => gateway.progress());
}

/** A demo person's token, renewed before it ends. */
export function tokenOf(folder, person) {
  const { openInstance: open, Tokens } = operator();
  const tokens = new Tokens(open({ GARDA_FOLDER: folder }));
  return () => tokens.person(person);
}

/** Process ids of what an instance runs, by name. */
export function pidsOf({ folder }) {
  const { processes } = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
  return Object.fromEntries(processes.map(({ name, pid }) => [name, pid]));
}

/** What became of submissions that were answered: each in intake's log once, positions dense. */
export async function checkSubmissions({ connections }, caseIds) {
  const [row] = await query(
    connections.databases.intake.owner,
    `select (select count(*)::int from unnest($1::text[]) id where not exists
        (select 1 from log.events e where e.stream_id = 'case-' || id)) as missing,
      (select count(*)::int from (select 1 from log.events where type = 'CaseSubmitted'
        group by stream_id having count(*) > 1) s) as doubled,
      (select (coalesce(max(position), 0) - count(*))::int from log.events) as holes`,
    [caseIds],
  );
  return { acknowledged: caseIds.length, ...row, doubled: row.doubled + caseIds.length - new Set(caseIds).size };
}
