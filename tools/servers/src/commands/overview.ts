import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Table from 'cli-table3';
import { parse } from 'yaml';
import type { Instance } from '../instance';
import { caseClock } from './case-log';

interface Person {
  readonly id: string;
  readonly unit: string;
  readonly roles: readonly string[];
}

/** The short table at the end of a start: what, where, sign in as whom, and what time it is for the cases. */
export async function overview(instance: Instance): Promise<string> {
  const { urls } = instance;
  const table = new Table({ head: ['What', 'Where'], style: { head: [], border: [] } });
  table.push(
    ['For citizens (intake): reference page', `${urls.intake}/docs`],
    ['Open311', `${urls.intake}/open311/v2/services.json`],
    ['For staff (gateway): reference page', `${urls.gateway}/docs`],
    ['Sign in (identity)', urls.identity],
    ['For Prometheus', Object.values(instance.metricsUrls).join('\n')],
    ['Letters to citizens', join(instance.folder, 'outbox')],
    ['Logs of every process', join(instance.folder, 'logs')],
    ['The case clock shows', await clockWords(instance)],
  );
  return `${table.toString()}\n${signIn(instance)}`;
}

async function clockWords(instance: Instance): Promise<string> {
  const now = await caseClock(instance.connections);
  return now === undefined ? 'not set' : `${now.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** One person a role is enough to try everything. */
function signIn(instance: Instance): string {
  const file = join(instance.catalogue, 'staff.demo.yaml');
  const { persons } = parse(readFileSync(file, 'utf8')) as { persons: readonly Person[] };
  const firstOfRole = persons.filter(
    (person, index) => persons.findIndex((other) => other.roles[0] === person.roles[0]) === index,
  );
  const table = new Table({ head: ['Sign in as', 'Unit', 'Role'], style: { head: [], border: [] } });
  firstOfRole.forEach(({ id, unit, roles }) => table.push([id, unit, roles.join(', ')]));
  return `${table.toString()}\nA token for one of them: npm run garda -- token PERSON\nA key to report over Open311 with: npm run garda -- apikey create`;
}
