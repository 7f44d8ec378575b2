import { type Client, escapeIdentifier, escapeLiteral } from 'pg';
import { databaseServices } from './names';
import type { DatabaseService } from './names';
import type { Secrets } from './secrets';
import { withClient } from './with-client';

/**
 * One database per service with two roles: the owner migrates and owns the log, the application role owns only its
 * projections. Nobody else may connect. Safe to repeat: what exists stays, passwords are set as the secrets say.
 */
export async function makeDatabases(adminUrl: string, secrets: Secrets['databases']): Promise<void> {
  await withClient(adminUrl, async (client) => {
    for (const service of databaseServices) {
      await makeRole(client, `${service}_owner`, secrets[service].owner, []);
      await makeRole(client, `${service}_app`, secrets[service].app, limits);
      await makeDatabase(client, service);
    }
  });
}

async function makeRole(client: Client, role: string, password: string, settings: readonly string[]): Promise<void> {
  const found = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  const verb = found.rowCount === 0 ? 'create' : 'alter';
  await client.query(`${verb} role ${escapeIdentifier(role)} login password ${escapeLiteral(password)}`);
  for (const setting of [...settings, `default_transaction_isolation = 'read committed'`]) {
    await client.query(`alter role ${escapeIdentifier(role)} set ${setting}`);
  }
}

/** A statement of a service that waits or runs longer is a fault to be seen. A migration may take its time. */
const limits = [`lock_timeout = '2s'`, `statement_timeout = '5s'`];

async function makeDatabase(client: Client, service: DatabaseService): Promise<void> {
  const found = await client.query('select 1 from pg_database where datname = $1', [service]);
  if (found.rowCount === 0) {
    await client.query(`create database ${escapeIdentifier(service)} owner ${escapeIdentifier(`${service}_owner`)}`);
  }
  await client.query(`revoke all on database ${escapeIdentifier(service)} from public`);
  await client.query(`grant connect on database ${escapeIdentifier(service)} to ${escapeIdentifier(`${service}_app`)}`);
}

/** The URL of a role in its service's database. */
export function databaseUrl(port: number, service: DatabaseService, role: 'owner' | 'app', password: string): string {
  return `postgres://${service}_${role}:${password}@127.0.0.1:${port}/${service}`;
}
