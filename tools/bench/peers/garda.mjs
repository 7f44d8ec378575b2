/** Our log, as a service uses it: one EventLog, the application role, a command row with every request. */
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';

const { EventLog, newEventId, openPool } = createRequire(import.meta.url)('../../../libs/event-store/dist/index.js');
const meta = { correlationId: randomUUID(), actor: { kind: 'system', id: 'bench' } };

export async function open({ url, inFlight }) {
  const pool = openPool(url, { max: 4 });
  const log = new EventLog({ pool, inFlight });
  await log.head();
  return {
    async append({ stream, version, data }) {
      const commandId = randomUUID();
      const occurredAt = new Date().toISOString();
      const event = {
        type: 'Measured',
        schemaVersion: 1,
        data,
        eventId: newEventId(),
        meta: { ...meta, commandId },
        occurredAt,
      };
      const request = { streamId: stream, key: stream, expected: version, commandId, requestHash: null, result: null };
      const outcome = await log.append({ ...request, events: [event] });
      if (outcome.status !== 'appended') throw new Error(outcome.status);
    },
    async close() {
      await log.close();
      await pool.end();
    },
  };
}
