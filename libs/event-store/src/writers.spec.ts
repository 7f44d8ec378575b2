import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { withLogs } from '../test/database';

const database = withLogs();
const program = join(__dirname, '../test/writers.cjs');

interface Line {
  status: 'appended' | 'repeated' | 'conflict' | 'key_reused';
  version: number;
  position: string;
  streamId: string;
  command: string;
  ids: string[];
}

/** Eight writers in a process of their own; it may be killed in the middle of its work. */
function writers(seed: number, killAfter?: number): Promise<Line[]> {
  const child = spawn(process.execPath, [program, database().appUrl, 'log', '8', '4000', String(seed)]);
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stderr.on('data', (data: Buffer) => errors.push(data));
  child.stdout.on('data', (data: Buffer) => {
    if (output.push(data) === 1 && killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      if (code !== 0 && killAfter === undefined) return reject(new Error(Buffer.concat(errors).toString()));
      const text = Buffer.concat(output).toString();
      const whole = text.slice(0, text.lastIndexOf('\n')).split('\n');
      return resolve(whole.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Line));
    });
  });
}

it('32 writers in 4 processes, one killed: dense, in order, nothing lost, nothing doubled', async () => {
  const lines = (await Promise.all([writers(1), writers(2), writers(3), writers(4, 1500)])).flat();
  const { rows: events } = await database().pool.query(
    'select position::int, stream_id, version::int, event_id, recorded_at::text from log.events order by log.events.position',
  );
  expect(events.length).toBeGreaterThan(500);
  expect(events.map((e) => e.position)).toEqual(events.map((_, i) => i + 1));
  const times = events.map((e) => e.recorded_at);
  expect(times).toEqual([...times].sort());
  const versions = new Map<string, number>();
  for (const { stream_id: id, version } of events) {
    expect(version).toBe((versions.get(id) ?? 0) + 1);
    versions.set(id, version);
  }

  const at = new Map(events.map((e) => [e.event_id, e]));
  for (const line of lines) {
    const stored = line.ids.filter((id) => at.has(id));
    if (line.status === 'conflict') expect(stored).toEqual([]);
    else {
      const last = at.get(line.ids.at(-1) as string);
      expect(stored).toEqual(line.ids);
      expect([last?.version, String(last?.position)]).toEqual([line.version, line.position]);
    }
  }
  const count = (status: string) => lines.filter((line) => line.status === status).length;
  const appended = new Set(lines.filter((l) => l.status === 'appended').map((l) => l.command));
  expect(appended.size).toBe(count('appended'));
  expect(count('repeated')).toBeGreaterThan(0);
  expect(count('conflict')).toBeGreaterThan(0);
  expect(count('key_reused')).toBe(0);
}, 60_000);
