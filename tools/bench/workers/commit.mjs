/** What one commit costs here: single-row inserts, one connection, nothing else going on. In milliseconds. */
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { spread } from '../figures.mjs';
import { text } from '../payload.mjs';

export async function run({ url, count }) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    'create table if not exists one_commit (id bigint generated always as identity primary key, data json not null)',
  );
  const insert = {
    name: 'insert',
    text: 'insert into one_commit (data) values ($1)',
    values: [JSON.stringify({ text })],
  };
  const latencies = [];
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    await client.query(insert);
    if (n >= count / 10) latencies.push(performance.now() - began);
  }
  await client.end();
  return spread(latencies);
}
