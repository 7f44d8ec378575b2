import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { reset } from './commands/reset';
import { databaseUrl } from './databases';
import { checkout } from './folders';
import { freePorts } from './ports';
import type { Ports } from './ports';
import { isRunning } from './processes';
import type { ProcessMark } from './processes';
import { startServers } from './servers';
import type { Servers } from './servers';
import { removeInstance, throwawayFolder } from './throwaway';
import { withClient } from './with-client';

interface Run {
  readonly starter: ProcessMark;
  readonly processes: readonly (ProcessMark & { readonly name: string; readonly ports: readonly number[] })[];
}

describe('the servers of an instance', () => {
  const folder = throwawayFolder('test');
  const said: string[] = [];
  let ports: Ports;
  const start = (): Promise<Servers> => startServers({ folder, ports, say: (line) => said.push(line) });
  const run = (): Run => JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as Run;

  beforeAll(async () => {
    ports = await freePorts();
  });
  beforeEach(() => {
    said.length = 0;
  });
  afterAll(async () => {
    removeInstance(folder);
  });

  it('start, say what runs where, keep their data, and stop', async () => {
    const first = await start();
    const names = run().processes.map(({ name, ports: held }) => [name, held]);
    expect(names.sort()).toEqual([
      ['kafka', [ports.kafka, ports.kafkaController]],
      ['postgres', [ports.postgres]],
    ]);
    await query(first.adminUrl, 'create table kept (fact text)');
    const started = run().processes;
    await first.stop();
    expect(started.filter(isRunning)).toEqual([]);
    expect(existsSync(join(folder, 'run.json'))).toBe(false);
    const second = await start();
    expect(await query(second.adminUrl, 'select count(*)::int as facts from kept')).toEqual([{ facts: 0 }]);
    await second.stop();
  }, 120_000);

  it('write durably, and keep owner and application apart', async () => {
    const servers = await start();
    try {
      const durable = `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`;
      expect(await query(servers.adminUrl, durable)).toEqual([{ fsync: 'on', commit: 'on' }]);
      const { owner, app } = servers.secrets.databases.intake;
      const ownerUrl = databaseUrl(ports.postgres, 'intake', 'owner', owner);
      const appUrl = databaseUrl(ports.postgres, 'intake', 'app', app);
      await query(ownerUrl, 'create table owned ()');
      await expect(query(appUrl, 'create table mine ()')).rejects.toThrow(/permission denied/);
      await expect(query(appUrl, 'drop table owned')).rejects.toThrow(/must be owner/);
      const elsewhere = new URL(appUrl);
      elsewhere.pathname = '/routing';
      await expect(query(elsewhere.toString(), 'select 1')).rejects.toThrow(/permission denied for database/);
    } finally {
      await servers.stop();
    }
  }, 120_000);

  it('refuse a second starter, and leave the first alone', async () => {
    const servers = await start();
    const other = startElsewhere(folder, ports);
    expect(await other.ended).toBe(1);
    expect(other.heard()).toMatch(new RegExp(`already runs, started by process ${process.pid}`));
    expect(run().processes.every(isRunning)).toBe(true);
    await servers.stop();
  }, 120_000);

  it('left behind by a starter that was killed are recognised and cleared', async () => {
    const other = startElsewhere(folder, ports);
    await other.saying('up');
    const left = run().processes;
    process.kill(other.pid, 'SIGKILL');
    await other.ended;
    expect(left.every(isRunning)).toBe(true);
    const servers = await start();
    expect(said[0]).toMatch(/was killed and left (postgres, kafka|kafka, postgres) running: ending them/);
    expect(left.filter(isRunning)).toEqual([]);
    expect(run().starter.pid).toBe(process.pid);
    await servers.stop();
  }, 120_000);

  it('clear after themselves when a port is taken, and say by whom', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(ports.kafka, '127.0.0.1', resolve));
    await expect(start()).rejects.toThrow(
      new RegExp(`^Port ${ports.kafka} \\(kafka\\) is taken by .*pid ${process.pid}`),
    );
    await new Promise((resolve) => holder.close(resolve));
    expect(existsSync(join(folder, 'run.json'))).toBe(false);
    const servers = await start();
    await servers.stop();
  }, 120_000);

  it('stop in order at a signal, however far the start has come', async () => {
    const other = startElsewhere(folder, ports);
    while (!existsSync(join(folder, 'run.json')) || run().processes.length === 0) {
      await pause(20);
    }
    const began = Date.now();
    process.kill(other.pid, 'SIGINT');
    expect(await other.ended).toBe(1);
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(other.heard()).toMatch(/Stopped before everything was ready/);
    expect(existsSync(join(folder, 'run.json'))).toBe(false);
  }, 120_000);

  it('are forgotten by a reset, but not without being told twice', async () => {
    expect(await reset([], folder, () => Promise.resolve(false))).toBe(1);
    expect(existsSync(join(folder, 'secrets.json'))).toBe(true);
    expect(await reset(['--yes'], folder)).toBe(0);
    expect(existsSync(join(folder, 'secrets.json'))).toBe(false);
    expect(existsSync(join(folder, 'postgres'))).toBe(false);
    expect(existsSync(join(folder, 'kafka', 'data'))).toBe(false);
    rmSync(folder, { recursive: true, force: true });
    expect(await reset(['--yes'], folder)).toBe(0);
  });
});

function query(url: string, text: string): Promise<unknown[]> {
  return withClient(url, async (client) => (await client.query<Record<string, unknown>>(text)).rows);
}

/** Another process that starts the servers of this folder, says "up" and stays. */
function startElsewhere(folder: string, ports: Ports) {
  const built = join(checkout, 'tools', 'servers', 'dist', 'index.js');
  const options = JSON.stringify({ folder, ports });
  const code = `require(${JSON.stringify(built)}).startServers({ ...${options}, say: () => undefined }).then(
    () => { console.log('up'); setInterval(() => undefined, 1000); },
    (error) => { console.log(error.message); process.exitCode = 1; })`;
  const child = spawn(process.execPath, ['-e', code]);
  let heard = '';
  child.stdout.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (heard += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    pid: child.pid ?? 0,
    ended,
    heard: () => heard,
    saying: async (word: string) => {
      while (!heard.includes(word)) {
        await pause(50);
      }
    },
  };
}
