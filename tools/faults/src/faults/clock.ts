import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { demand, Impossible, type Fault } from './fault';

const library = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib', '/usr/local/lib']
  .map((folder) => join(folder, 'faketime', 'libfaketime.so.1'))
  .find((file) => existsSync(file));

/** The machine's clock jumps back by an hour while a process runs, for this process alone. */
const clockBack: Fault = {
  name: 'clock-back',
  kind: 'outage',
  prepare: async (world) => {
    if (library === undefined)
      throw new Impossible('libfaketime is not on this machine (Debian: apt-get install faketime)');
    const clock = clockOf(world.folder);
    writeFileSync(clock, '+0');
    await world.services.stop('intake');
    await world.services.start('intake', {
      env: {
        LD_PRELOAD: library,
        FAKETIME_TIMESTAMP_FILE: clock,
        FAKETIME_NO_CACHE: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      },
    });
  },
  strike: async ({ world, outageMs }) => {
    writeFileSync(clockOf(world.folder), '-1h');
    await pause(1_500);
    const minutes = Math.round((Date.now() - lastLineTime(world.folder)) / 60_000);
    demand(minutes === 60, `intake's clock is ${minutes} minutes behind`);
    return {
      proof: `intake's own log is ${minutes} minutes behind`,
      heal: async () => {
        await pause(outageMs);
        await world.services.stop('intake');
        await world.services.start('intake');
      },
    };
  },
};

const clockOf = (folder: string): string => join(folder, 'clock');

/** What time a service thought it was when it last wrote a line. */
function lastLineTime(folder: string): number {
  const line =
    readFileSync(join(folder, 'logs', 'intake.log'), 'utf8')
      .trimEnd()
      .split('\n')
      .at(-1) ?? '{}';
  const { time } = JSON.parse(line) as { time: string | number };
  return new Date(time).getTime();
}

export const clockFaults: readonly Fault[] = [clockBack];
