import { spawn } from 'node:child_process';
import { endProcess, isRunning, markOf, startTimeOf } from './processes';

const sleeper = (code: string) =>
  spawn(process.execPath, ['-e', `${code}; setInterval(() => undefined, 1000); console.log('up')`]);

async function started(code = ''): Promise<number> {
  const child = sleeper(code);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child.pid ?? 0;
}

describe('a process and its mark', () => {
  it('is running until it is asked to end', async () => {
    const mark = markOf(await started());
    expect(isRunning(mark)).toBe(true);
    expect(await endProcess(mark, 5_000)).toBe('ended');
    expect(isRunning(mark)).toBe(false);
    expect(await endProcess(mark, 5_000)).toBe('gone');
  });

  it('is forced when it does not listen', async () => {
    const mark = markOf(await started(`process.on('SIGTERM', () => undefined)`));
    expect(await endProcess(mark, 200)).toBe('forced');
  });

  it('is not taken for another one with the same number', async () => {
    const pid = await started();
    const older = { pid, startedAt: `${startTimeOf(pid)}0` };
    expect(isRunning(older)).toBe(false);
    expect(await endProcess(older, 5_000)).toBe('gone');
    expect(startTimeOf(pid)).toBeDefined();
    await endProcess(markOf(pid), 5_000);
  });

  it('cannot be marked when there is none', () => {
    expect(startTimeOf(2 ** 22)).toBeUndefined();
    expect(() => markOf(2 ** 22)).toThrow(/already ended/);
  });
});
