import { setTimeout as pause } from 'node:timers/promises';
import { stateOf, until } from '../world/process';
import { demand, type Fault } from './fault';

const postgresDisk: Fault = {
  name: 'disk-full-postgres',
  kind: 'outage',
  world: 'small-disk',
  strike: async ({ world, outageMs }) => {
    const disk = world.disks?.postgres;
    const mark = world.postgres.log().length;
    const bytes = disk?.fill() ?? 0;
    await until('PostgreSQL meets the full disk', 60_000, () =>
      world.postgres.log(mark).includes('No space left on device'),
    );
    demand(bytes > 0 && disk?.freeBytes === 0, 'the disk is not full');
    return {
      proof: `PostgreSQL said "No space left on device" (${Math.round(bytes / 1e6)} MB were filled)`,
      heal: async () => {
        await pause(outageMs);
        disk?.empty();
        // It may have gone on by itself, or have given up.
        await pause(2_000);
        if (stateOf(world.postgres.process.mark.pid) === undefined) await world.postgres.start();
      },
    };
  },
};

const kafkaDisk: Fault = {
  name: 'disk-full-kafka',
  kind: 'outage',
  world: 'small-disk',
  strike: async ({ world, outageMs }) => {
    const disk = world.disks?.kafka;
    const mark = world.kafka.log().length;
    const bytes = disk?.fill() ?? 0;
    const { pid } = world.kafka.process(0).mark;
    await until('Kafka meets the full disk', 90_000, () =>
      /No space left on device/.test(world.kafka.log().slice(mark)),
    );
    demand(bytes > 0, 'the disk was full before');
    return {
      proof: `Kafka said "No space left on device" (${Math.round(bytes / 1e6)} MB were filled)`,
      heal: async () => {
        await pause(outageMs);
        disk?.empty();
        if (stateOf(pid) !== undefined) await world.kafka.stop(0, 'SIGTERM');
        await world.kafka.start(0);
      },
    };
  },
};

export const diskFaults: readonly Fault[] = [postgresDisk, kafkaDisk];
