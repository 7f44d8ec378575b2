import type { Connections } from '../connections';
import { withClient } from '../with-client';

/** Whether intake's log holds any case. */
export async function hasCases(connections: Connections): Promise<boolean> {
  const found = await asIntake<{ found: boolean }>(
    connections,
    `select exists (select 1 from log.events where stream_id like 'case-%') as found`,
  );
  return found?.found === true;
}

/** What the case clock of the instance shows: real time, or where demo and tests have moved it. */
export async function caseClock(connections: Connections): Promise<Date | undefined> {
  const found = await asIntake<{ now: Date }>(
    connections,
    'select clock_timestamp() + ahead as now from clock.case_clock',
  );
  return found?.now;
}

async function asIntake<R extends object>(connections: Connections, query: string): Promise<R | undefined> {
  return withClient(connections.databases.intake.app, async (client) => (await client.query<R>(query)).rows[0]);
}
