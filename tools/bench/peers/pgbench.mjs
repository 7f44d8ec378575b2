/** pgbench: 16 clients, each a single-row insert of the same payload into a table with a key. No order, no versions. */
import { spawn, spawnSync } from 'node:child_process';
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

/** Not awaited by blocking, so that Ctrl-C is heard. `stopped` ends it early. */
export async function run({ url, milliseconds, run: name, text }) {
  const folder = mkdtempSync(join(tmpdir(), 'garda-bench-'));
  try {
    const script = join(folder, 'insert.sql');
    const data = JSON.stringify({ run: name, ask: '0-0', text });
    writeFileSync(script, `insert into single_row (run, data) values ('${name}', '${data}');\n`);
    const { password, ...where } = partsOf(url);
    const seconds = Math.max(1, Math.round(milliseconds / 1000));
    const args = ['-n', '-M', 'prepared', '-c', String(clients), '-j', '2', '-T', String(seconds), '-f', script];
    const env = { ...process.env, PGHOST: where.host, PGPORT: where.port, PGUSER: where.user, PGPASSWORD: password };
    return read(await output([...args, where.database], env));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function partsOf(url) {
  const { hostname: host, port, username: user, password, pathname } = new URL(url);
  return { host, port, user, password, database: pathname.slice(1) };
}

function output(args, env) {
  const child = spawn('pgbench', args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [said, wrong] = ['', ''];
  child.stdout.on('data', (data) => (said += data));
  child.stderr.on('data', (data) => (wrong += data));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(said) : reject(new Error(`pgbench failed: ${wrong}`))));
  });
}

function read(said) {
  const number = (pattern) => Number(pattern.exec(said)?.[1]);
  return {
    perSecond: number(/tps = ([\d.]+)/),
    ...{ p50: null, p99: null },
    acknowledged: number(/actually processed: (\d+)/),
    failed: number(/failed transactions: (\d+)/) || 0,
  };
}
