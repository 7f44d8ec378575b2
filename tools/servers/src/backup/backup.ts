import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Client } from 'pg';
import { databaseUrl } from '../databases';
import { logServices } from '../names';
import { superuserUrl } from '../postgres';
import { portsHeld } from '../run-file';
import { loadSecrets } from '../secrets';
import type { Secrets } from '../secrets';
import { withClient } from '../with-client';
import { copyCluster, copyDurably } from './cluster-copy';
import { sealBackup } from './manifest';
import type { LogMark, Manifest, TopicMark } from './manifest';

/**
 * Writes all databases of a running instance (logs, read models, cursors, checkpoints of topics, the vault) as of one
 * moment, and the secrets that open them, into a new folder. Nobody waits for it. Topics are not in it: whatever they
 * held at that moment is in the logs, and a restored instance compares the two when it starts.
 */
export async function backup(instance: string, folder: string, say: (line: string) => void): Promise<Manifest> {
  const target = resolve(folder);
  if (existsSync(target) && readdirSync(target).length > 0) throw new Error(`${target} is not empty.`);
  const [port] = portsHeld(instance, 'postgres');
  if (port === undefined)
    throw new Error(
      'No PostgreSQL of ours runs here. Start it with `npm start`; a server of your own has its own tools.',
    );
  mkdirSync(target, { recursive: true, mode: 0o700 });
  const secrets = loadSecrets(instance).databases;
  const marks = await marksOf(port, secrets);
  say('Copying the databases ...');
  const moment = await withClient(superuserUrl(port, secrets.superuser), (client) =>
    copyCluster(client, join(target, 'postgres')),
  );
  await copyDurably(join(instance, 'secrets.json'), join(target, 'secrets.json'));
  say('Writing down what every file is ...');
  return sealBackup(target, { takenAt: new Date().toISOString(), moment, ...marks });
}

/** How far every log and every topic is now. */
async function marksOf(port: number, secrets: Secrets['databases']): Promise<{ logs: LogMark[]; topics: TopicMark[] }> {
  const logs: LogMark[] = [];
  const topics: TopicMark[] = [];
  for (const service of logServices) {
    await withClient(databaseUrl(port, service, 'owner', secrets[service].owner), async (client) => {
      for (const log of await logsIn(client)) {
        const head = await client.query<{ position: string }>(
          `select coalesce(max(position), 0)::text as position from ${log}.events`,
        );
        logs.push({ database: service, log, position: head.rows[0]?.position ?? '0' });
        const checkpoints = await client.query<TopicMark>(
          `select topic, position::text, next_offsets::text[] as "nextOffsets" from ${log}.relay_checkpoint order by topic`,
        );
        topics.push(...checkpoints.rows);
      }
    });
  }
  return { logs, topics };
}

/** None before the service's first start. */
async function logsIn(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ log: string }>(
    `select quote_ident(schemaname) as log from pg_tables where tablename = 'relay_checkpoint' order by 1`,
  );
  return rows.map((row) => row.log);
}
