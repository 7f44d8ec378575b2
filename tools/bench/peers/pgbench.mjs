/** pgbench: 16 clients, each a single-row insert of the same payload into a table with a key. No order, no versions. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const clients = 16;

export function version() {
  const asked = spawnSync('pgbench', ['--version'], { encoding: 'utf8' });
  return asked.status === 0 ? asked.stdout.trim() : undefined;
}

export const tableSql = `create table single_row (
  id bigint generated always as identity primary key, ask uuid not null unique default gen_random_uuid(),
  run text not null, data json not null)`;

export function run({ url, milliseconds, run: name, text }) {
  const folder = mkdtempSync(join(tmpdir(), 'garda-bench-'));
  const script = join(folder, 'insert.sql');
  const data = JSON.stringify({ run: name, ask: '0-0', text });
  writeFileSync(script, `insert into single_row (run, data) values ('${name}', '${data}');\n`);
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  const args = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds), '-f', script, url];
  const done = spawnSync('pgbench', args, { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  if (done.status !== 0) throw new Error(`pgbench failed: ${done.stderr}`);
  const number = (pattern) => Number(pattern.exec(done.stdout)?.[1]);
  return {
    perSecond: number(/tps = ([\d.]+)/),
    p50: null,
    p99: null,
    acknowledged: number(/actually processed: (\d+)/),
    failed: number(/failed transactions: (\d+)/) || 0,
  };
}
