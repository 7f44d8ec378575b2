import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { EventLog, eventLogMigrations, migrate, newEventId, openPool, type AppendRequest } from '@garda/event-store';
import { Client, type Pool } from 'pg';
import { databaseUrl, makeDatabases } from './databases';
import { freePorts } from './ports';
import { startServers } from './servers';
import type { Servers } from './servers';
import { removeInstance, throwawayFolder } from './throwaway';

/**
 * A server that waits for a standby which is not there: every commit is on disk here and is answered to nobody. The
 * setting is the whole server's, so this server is the spec's own.
 */
describe('a log whose standby is away', () => {
  const folder = throwawayFolder('test');
  let servers: Servers | undefined;
  let admin: Client;
  let pool: Pool;
  let log: EventLog;

  beforeAll(async () => {
    const ports = await freePorts();
    servers = await startServers({ folder, ports, say: () => undefined, start: { postgres: true, kafka: false } });
    const { owner, app } = servers.secrets.databases.intake;
    await makeDatabases(servers.adminUrl, servers.secrets.databases);
    await migrate(databaseUrl(ports.postgres, 'intake', 'owner', owner), eventLogMigrations({ appRole: 'intake_app' }));
    admin = new Client({ connectionString: servers.adminUrl, options: '-c synchronous_commit=local' });
    await admin.connect();
    pool = openPool(databaseUrl(ports.postgres, 'intake', 'app', app));
    log = new EventLog({ pool });
    await waitForStandby('nobody');
  }, 120_000);
  afterAll(async () => {
    await waitForStandby('');
    await log.close();
    await pool.end();
    await admin.end();
    await servers?.stop();
    removeInstance(folder);
  }, 60_000);

  it('answers an append whose wait was cancelled as repeated: it is stored once, and nobody is told that it failed', async () => {
    const asked = log.append(aRequest('alone'));
    await cancelOneThatWaits();
    expect(await asked).toMatchObject({ status: 'repeated', version: 1, result: { caseId: 'alone' } });
    expect(await stored('alone')).toBe(1);
  }, 30_000);

  it('answers several at once so, all or nothing', async () => {
    const asked = log.appendAll(['one', 'other'].map((streamId) => aRequest(streamId)));
    await cancelOneThatWaits();
    expect((await asked).map(({ status }) => status)).toEqual(['repeated', 'repeated']);
    expect([await stored('one'), await stored('other')]).toEqual([1, 1]);
  }, 30_000);

  it('does not keep a caller waiting without end: the outcome is unknown until the command is repeated', async () => {
    const impatient = new EventLog({ pool, giveUpAfterMs: 1000 });
    const request = aRequest('late');
    await expect(impatient.append(request)).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
    await impatient.close();
    await waitForStandby('');
    expect(await log.append(request)).toMatchObject({ status: 'repeated', version: 1 });
    expect(await stored('late')).toBe(1);
  }, 30_000);

  async function stored(streamId: string): Promise<number> {
    const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from log.events where stream_id = $1', [
      streamId,
    ]);
    return rows[0]?.n ?? 0;
  }

  /** Every process of the server takes a changed setting over in its own time; the one that tells all is awaited. */
  async function waitForStandby(name: string): Promise<void> {
    await admin.query(`alter system set synchronous_standby_names = '${name}'`);
    await admin.query('select pg_reload_conf()');
    if (name === '') return;
    for (let i = 0; ; i += 1) {
      const asked = log.append(aRequest(`try-${i}`));
      const answered = asked.then(() => undefined);
      const waiting = await Promise.race([answered, whoWaits()]);
      if (waiting !== undefined) {
        await admin.query('select pg_cancel_backend($1)', [waiting]);
        await answered;
        return;
      }
    }
  }

  async function cancelOneThatWaits(): Promise<void> {
    await admin.query('select pg_cancel_backend($1)', [await whoWaits()]);
  }

  /** The process that has committed and waits for the standby. */
  async function whoWaits(): Promise<number> {
    for (;;) {
      const { rows } = await admin.query<{ pid: number }>(
        `select pid from pg_stat_activity where wait_event = 'SyncRep' and datname = 'intake'`,
      );
      if (rows[0] !== undefined) return rows[0].pid;
      await pause(10);
    }
  }
});

function aRequest(streamId: string): AppendRequest {
  const commandId = randomUUID();
  const actor = { kind: 'system', id: 'spec' } as const;
  const event = {
    ...{ type: 'NoteAdded', schemaVersion: 1, data: {}, eventId: newEventId(), occurredAt: '2026-03-02T01:00:00Z' },
    meta: { commandId, correlationId: randomUUID(), actor },
  };
  return {
    ...{ streamId, key: streamId, expected: 0, commandId, requestHash: null, result: { caseId: streamId } },
    events: [event],
  };
}
