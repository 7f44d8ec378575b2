/** Our log, as a service uses it: one EventLog, the application role, a command row with every request. */
import { randomUUID } from 'node:crypto';
import { eventStore } from '../libs.mjs';
import { makeServiceDatabase, query } from '../server.mjs';

const meta = { correlationId: randomUUID(), actor: { kind: 'system', id: 'bench' } };

/** `version` undefined: whatever the stream's version is. */
export async function open({ url, inFlight = 2 }) {
  const { EventLog, newEventId, openPool } = eventStore();
  const pool = openPool(url, { max: 4 });
  const log = new EventLog({ pool, inFlight });
  await log.head();
  return {
    async append({ stream, version, data }) {
      const commandId = randomUUID();
      const occurredAt = new Date().toISOString();
      const head = { type: 'Measured', schemaVersion: 1, eventId: newEventId(), occurredAt };
      const event = { ...head, data, meta: { ...meta, commandId } };
      const request = {
        streamId: stream,
        key: stream,
        expected: version ?? -1,
        commandId,
        requestHash: null,
        result: null,
      };
      const outcome = await log.append({ ...request, events: [event] });
      if (outcome.status !== 'appended') throw new Error(outcome.status);
    },
    async close() {
      await log.close();
      await pool.end();
    },
  };
}

export async function prepare(adminUrl) {
  const database = await makeServiceDatabase(adminUrl, 'garda');
  return { url: database.appUrl, stored: (run) => stored(database.ownerUrl, run) };
}

async function stored(url, run) {
  const [row] = await query(
    url,
    `select count(*) filter (where data->>'run' = $1)::int as stored,
        count(distinct data->>'ask') filter (where data->>'run' = $1)::int as different,
        (max(position) - count(*))::int
          + (select count(*)::int from (select 1 from log.events group by stream_id having max(version) <> count(*)) s) as holes
      from log.events`,
    [run],
  );
  return row;
}
