import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { consumersOf, lines } from './oracle/snapshot';
import { databases, logNames, type DatabaseName } from './world/services';
import type { World } from './world/world';

/**
 * Nothing moved for this long: whatever works by itself (timers, drains, notices) has had its turn. Sweepers leave up to two
 * seconds between their rounds: with less, a clock that ran out moved the house while it was being read.
 */
const restMs = 2_500;
/** Something is on its way and nothing moved for this long, though whoever backs off tries every few seconds: it never will. */
const stuckMs = 75_000;

type Ask = (sql: string) => Promise<Position[]>;

interface Position {
  readonly what: string;
  readonly at: string;
}

/**
 * Waits until everything is relayed, heard and projected, and stays so. Answers what is still on its way when the time is
 * over or nothing moves any more.
 */
export async function settle(world: World, withinMs: number): Promise<string[]> {
  const asks = new Map<DatabaseName, Ask>();
  const clients = databases.map((name) => new Client({ connectionString: world.postgres.urlOf(name) }));
  try {
    for (const [i, client] of clients.entries()) {
      client.on('error', () => undefined); // the question in hand fails too
      await client.connect();
      asks.set(databases[i] as DatabaseName, async (sql) => (await client.query<Position>(sql)).rows);
    }
    return await rest((name) => positionsOf(asks.get(name) as Ask, name), withinMs);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

async function rest(positions: (name: DatabaseName) => Promise<Position[]>, withinMs: number): Promise<string[]> {
  const end = Date.now() + withinMs;
  let last = '';
  let since = Date.now();
  for (;;) {
    const { moving, mark } = await look(positions);
    if (mark !== last) since = Date.now();
    last = mark;
    if (moving.length === 0 && Date.now() - since >= restMs) return [];
    if (Date.now() > end || Date.now() - since > stuckMs)
      return moving.length === 0 ? ['the numbers never came to rest'] : moving;
    await pause(150);
  }
}

async function look(
  positions: (name: DatabaseName) => Promise<Position[]>,
): Promise<{ moving: string[]; mark: string }> {
  const all = new Map<string, readonly Position[]>();
  for (const name of databases) all.set(name, await positions(name));
  const ends = new Map<string, string[]>();
  const moving: string[] = [];
  for (const name of logNames) {
    const at = new Map(all.get(name)?.map((one) => [one.what, one.at]));
    for (const { schema, topicOf } of lines) {
      const head = at.get(`head ${schema}`);
      if (at.get(`relayed ${schema}`) !== head)
        moving.push(`${name}: ${schema} relayed to ${at.get(`relayed ${schema}`)} of ${head}`);
      ends.set(topicOf(name), (at.get(`seqs ${schema}`) ?? '').split(',').filter(Boolean));
      for (const [what, value] of at)
        if (what.startsWith(`projection ${schema} `) && value !== head) moving.push(`${name}: ${what} at ${value}`);
    }
  }
  for (const name of databases) moving.push(...behind(name, all.get(name) ?? [], ends));
  return { moving, mark: JSON.stringify([...all]) };
}

function behind(name: string, positions: readonly Position[], ends: ReadonlyMap<string, readonly string[]>): string[] {
  const at = new Map(positions.map((one) => [one.what, one.at]));
  const held = at.get('parked') === '0' ? [] : [`${name}: ${at.get('parked')} records held`];
  const late = Object.entries(consumersOf[name] ?? {}).flatMap(([consumer, heard]) =>
    heard.flatMap((topic) =>
      (ends.get(topic) ?? []).flatMap((seq, partition) => {
        const seen = at.get(`${consumer} ${topic}/${partition}`) ?? '0';
        return seen === seq ? [] : [`${name}: ${consumer} at ${seen} of ${seq} in ${topic}/${partition}`];
      }),
    ),
  );
  return [...held, ...late];
}

function positionsOf(ask: Ask, name: DatabaseName): Promise<Position[]> {
  const head = (schema: string): string => `
    union all select 'head ${schema}', coalesce((select max(e.position) from ${schema}.events e), 0)::text
    union all select 'relayed ${schema}', coalesce((select c.position from ${schema}.relay_checkpoint c limit 1), 0)::text
    union all select 'seqs ${schema}', array_to_string((select c.seqs from ${schema}.relay_checkpoint c limit 1), ',')`;
  const logs = name === 'gateway' ? '' : lines.map(({ schema }) => head(schema)).join('');
  return ask(
    `select 'parked' as what, (select count(*) from consume.parked)::text as at
     union all select consumer || ' ' || topic || '/' || partition, seq::text from consume.consumer_cursor
     union all select 'projection ' || log || ' ' || projection, position::text from consume.projection_cursor${logs}`,
  );
}
