import type { Pool } from 'pg';
import { digestOf } from '@garda/contracts';
import { eventLogMigrations, migrate } from '@garda/event-store';
import { relayedRecord, withDatabase } from '@garda/testing';
import { CaseClock } from './case-clock';
import { Operations } from './operations';
import { startService, type RunningService } from './run-service';
import { signServiceToken } from './service-token';
import { gaugeProgress } from './gauges';
import { Metrics } from './metrics';
import { sampleEnv, sampleKeys, sampleService, type SampleKeys } from './testing/sample-service';

const caseA = '0197a000-0000-7000-8000-00000000000a';
const caseB = '0197a000-0000-7000-8000-00000000000b';

const hears = [{ name: 'sample-reader', topics: ['garda.x.v1'] }];

describe('what an operator can do with a service', () => {
  const db = withDatabase({
    template: 'service',
    setUp: ({ ownerUrl, appRole }) => migrate(ownerUrl, eventLogMigrations({ appRole })),
  });
  let keys: SampleKeys;
  let service: RunningService;
  beforeAll(async () => {
    await fillReadModels(db().pool);
    keys = await sampleKeys();
    const clock = new CaseClock({ pool: db().pool, mode: 'test' });
    const definition = sampleService(keys.publicJwk);
    const operations = new Operations({ pool: db().pool, clock, hasLog: true, hears });
    service = await startService(
      { ...definition, build: (config, platform) => ({ ...definition.build(config, platform), operations }) },
      sampleEnv,
    );
  });
  afterAll(() => service.close());

  async function call(verb: string, path: string, body?: unknown) {
    const actor = { kind: 'program' as const, id: 'operations' };
    const token = await signServiceToken(keys.privateJwk, 'sample', { actor, roles: [], verb });
    const answer = await fetch(`${service.url}/operations/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  it('shows how far everything is', async () => {
    expect((await call('streams.retry', 'progress')).body).toMatchObject({
      log: { head: '0', relayed: {} },
      consumers: [],
      hears,
      parked: 1,
      projections: [
        { projection: 'case_state', version: 1, position: '9' },
        { projection: 'case_state', version: 2, position: '4' },
      ],
      caseTime: expect.stringMatching(/Z$/),
    });
  });

  it('digests every case at the position of the live projection, and sees a change of any column', async () => {
    const { body } = await call('digest.read', 'digest');
    const rows = [
      { caseId: caseB, version: 1, state: { open: false } },
      { caseId: caseA, version: 2, state: { open: true, who: { subject: 's', enc: 'e', ct: 'c' } } },
    ];
    expect(body).toEqual({ position: '9', cases: 2, digest: digestOf(rows) });
    for (const change of [`version = 3`, `state = '{"open":true}'`, `case_id = 'x'`]) {
      await db().pool.query(`update read.case_state_v1 set ${change} where case_id = $1`, [caseB]);
      expect((await call('digest.read', 'digest')).body.digest).not.toBe(body.digest);
      await db().pool.query(
        `update read.case_state_v1 set case_id = $1, version = 1, state = '{"open":false}'
        where case_id in ($1, 'x')`,
        [caseB],
      );
    }
    expect((await call('digest.read', 'digest')).body).toEqual(body);
  });

  it('lists held keys and asks for another try; a key that is not held is NOT_PARKED', async () => {
    const held = { consumer: 'sample-reader', topic: 'garda.x.v1', key: caseA };
    const listed = await call('streams.retry', 'streams');
    expect(listed.body).toMatchObject({
      parked: [{ ...held, firstSeq: '3', errorCode: 'BAD', retryRequestedAt: null }],
    });
    expect(await call('streams.retry', 'streams/retry', held)).toEqual({ status: 202, body: { asked: true } });
    expect((await call('streams.retry', 'streams')).body).toMatchObject({
      parked: [{ retryRequestedAt: expect.any(String) }],
    });
    const other = await call('streams.retry', 'streams/retry', { ...held, key: caseB });
    expect([other.status, other.body.code]).toEqual([404, 'NOT_PARKED']);
  });

  it('skips a held record with a reason that stays; without one, or where nothing is held, not', async () => {
    const held = { consumer: 'sample-reader', topic: 'garda.x.v1', key: 'k9' };
    const event = { caseId: caseA };
    const fact = { eventId: caseB, type: 'Noted', streamId: 'case-k9', version: 1, schemaVersion: 1, keyHash: 0 };
    const meta = { commandId: caseB, correlationId: caseB, actor: { kind: 'system' as const, id: 'x' } };
    const at = '2026-03-02T01:00:00.000000Z';
    const record = relayedRecord('intake', { ...fact, meta, data: event, occurredAt: at, recordedAt: at }, 8n);
    await db().pool.query(
      `insert into consume.parked (consumer, topic, partition, seq, key, record, headers, attempts, error_code)
       values ($1, $2, 0, 8, 'k9', $3, $4, 3, 'BAD')`,
      [held.consumer, held.topic, Buffer.from(String(record.value)), record.headers],
    );
    const reason = 'Written twice by a broken import; the second is right.';
    expect((await call('streams.skip', 'streams/skip', { ...held, reason: 'because' })).body.code).toBe('BAD_REQUEST');
    expect(await call('streams.skip', 'streams/skip', { ...held, reason })).toEqual({
      status: 200,
      body: { seq: '8', left: 0 },
    });
    expect((await call('streams.retry', 'streams')).body.skipped).toEqual([
      expect.objectContaining({
        ...held,
        reason,
        eventId: caseB,
        errorCode: 'BAD',
        actor: { kind: 'program', id: 'operations' },
      }),
    ]);
    expect((await call('streams.skip', 'streams/skip', { ...held, reason })).body.code).toBe('NOT_PARKED');
  });

  it('moves the case clock, forward only', async () => {
    const moved = await call('clock.move', 'clock', { to: '2040-01-01T00:00:00Z' });
    expect([moved.status, String(moved.body.caseTime).slice(0, 16)]).toEqual([200, '2040-01-01T00:00']);
    const back = await call('clock.move', 'clock', { to: '2030-01-01T00:00:00Z' });
    expect([back.status, back.body.code]).toEqual([409, 'CLOCK_CANNOT_GO_BACK']);
    expect((await call('clock.move', 'clock', { to: 'tomorrow' })).body.code).toBe('BAD_REQUEST');
    expect((await call('digest.read', 'clock', { to: '2041-01-01T00:00:00Z' })).body.code).toBe('TOKEN_NOT_FOR_THIS');
  });

  it('has gauges for what is held and what lags; one that cannot be read counts as a failure', async () => {
    const metrics = new Metrics('spec');
    gaugeProgress(metrics, { pool: db().pool, hasLog: true });
    metrics.gauge('garda_broken', 'x', [], () => Promise.reject(new Error('away')));
    const text = await metrics.registry.metrics();
    expect(text).toMatch(/garda_parked_keys\{service="spec"\} 1/);
    expect(text).toMatch(/garda_projection_lag\{projection="case_state",version="1",.*\} 0/);
    expect(text).not.toMatch(/^garda_broken/m);
    expect(await metrics.registry.metrics()).toMatch(/garda_gauge_failures_total\{.*gauge="garda_broken".*\} [1-9]/);
  });

  it('has no digest where there is no log', async () => {
    const clock = new CaseClock({ pool: db().pool, mode: 'test' });
    const gateway = new Operations({ pool: db().pool, clock, hasLog: false, hears: [] });
    await expect(gateway.digest()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await gateway.progress()).not.toHaveProperty('log');
  });
});

/** What the projections and consumers of a service would have left: version 1 is live, version 2 is being filled. */
async function fillReadModels(pool: Pool): Promise<void> {
  await pool.query(`create table read.case_state_v1 (case_id text primary key, version bigint, state json);
    create view read.case_state as select * from read.case_state_v1;
    comment on view read.case_state is 'version 1';
    insert into consume.projection_cursor (projection, version, log, position)
      values ('case_state', 1, 'log', 9), ('case_state', 2, 'log', 4);
    insert into consume.parked (consumer, topic, partition, seq, key, record, headers, attempts, error_code)
      values ('sample-reader', 'garda.x.v1', 0, 3, '${caseA}', ''::bytea, '{}', 3, 'BAD')`);
  await pool.query('insert into read.case_state_v1 values ($1, 2, $2), ($3, 1, $4)', [
    caseA,
    '{"who":{"ct":"c","enc":"e","subject":"s"},"open":true}',
    caseB,
    '{"open":false}',
  ]);
}
