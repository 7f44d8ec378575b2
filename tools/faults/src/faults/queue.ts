import { Client } from 'pg';
import { directSummary } from '../load/direct';
import type { Command } from '../load/told';
import { until } from '../world/process';
import type { World } from '../world/world';
import { demand, type Fault } from './fault';

const burst = 2_600;
const fewestCases = 50;

/** The append lock is held by somebody else, and more commands come in than the queue takes. */
const queueFull: Fault = {
  name: 'queue-full',
  kind: 'cheap',
  strike: async ({ world, load, random }) => {
    const cases = await until('there are cases to write about', 30_000, async () => {
      const found = await publicCases(world);
      return found.length >= fewestCases ? found : undefined;
    });
    const commands = Array.from({ length: burst }, () =>
      directSummary(random.pick(cases), world.secrets.gatewayKey.private, random),
    );
    const holder = new Client({ connectionString: world.postgres.urlOf('intake') });
    await holder.connect();
    await holder.query(`select pg_advisory_lock('log.events'::regclass::oid::bigint)`);
    const sent = commands.map((command) => load.send(command));
    let early: number;
    try {
      await until('somebody hears of the full queue', 12_000, () => refused(commands) + acknowledged(commands) > 0);
      early = acknowledged(commands);
    } finally {
      await holder.end();
    }
    await Promise.all(sent);
    const count = refused(commands);
    // Nothing can be stored while the lock is held: whoever is told so hears of the full queue too, and is told wrong.
    demand(count + early > 0, 'nobody heard of the full queue');
    return { proof: `${count} of ${burst} commands heard OVERLOADED`, heal: async () => undefined };
  },
};

const refused = (commands: readonly Command[]): number =>
  commands.filter(({ answers }) => answers.includes('503 OVERLOADED')).length;

const acknowledged = (commands: readonly Command[]): number =>
  commands.filter(({ told }) => told?.kind === 'acknowledged').length;

async function publicCases({ postgres }: World): Promise<{ caseId: string; unit: string; officer: string }[]> {
  const rows = await postgres.ask<{ caseId: string; unit: string }>(
    'intake',
    `select case_id as "caseId", unit from read.public_cases where unit in ('dishub', 'dpupr', 'dlh') limit 400`,
  );
  return rows.map(({ caseId, unit }) => ({ caseId, unit, officer: `${unit}.officer` }));
}

export const queueFaults: readonly Fault[] = [queueFull];
