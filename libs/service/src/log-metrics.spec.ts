import { EventLog, eventLogMigrations, migrate, newEventId, type AppendRequest } from '@garda/event-store';
import { withDatabase } from '@garda/testing';
import { randomUUID } from 'node:crypto';
import { gaugePool, gaugeRelayAge, gaugeTimers, LogMetrics } from './log-metrics';
import { Metrics } from './metrics';
import { gaugeConsumers, gaugeProjections, gaugeRelays } from './part-metrics';

const db = withDatabase({
  template: 'service',
  setUp: ({ ownerUrl, appRole }) => migrate(ownerUrl, eventLogMigrations({ appRole })),
});

function request(part: Partial<AppendRequest> = {}): AppendRequest {
  const meta = { commandId: randomUUID(), correlationId: randomUUID(), actor: { kind: 'system' as const, id: 'spec' } };
  const event = {
    type: 'Noted',
    schemaVersion: 1,
    data: {},
    eventId: newEventId(),
    meta,
    occurredAt: '2026-03-02T01:02:03Z',
  };
  const command = {
    commandId: randomUUID(),
    requestHash: null,
    result: null,
    events: [event, { ...event, eventId: newEventId() }],
  };
  return { streamId: 'case-1', key: '1', expected: -1, ...command, ...part };
}

it('counts appends by how they were answered, with the events and the time', async () => {
  const metrics = new Metrics('spec');
  const appends = new LogMetrics(metrics);
  const log = new EventLog({ pool: db().pool, queueLimit: 1, onAnswered: appends.answered });
  const first = request();
  await log.append(first);
  await log.append(first);
  await log.append(request({ expected: 7 }));
  const crowd = await Promise.allSettled([1, 2, 3].map(() => log.append(request())));
  const refused = crowd.filter((one) => one.status === 'rejected').length;
  expect(refused).toBeGreaterThan(0);
  const text = await metrics.registry.metrics();
  for (const [status, times] of Object.entries({
    appended: 4 - refused,
    repeated: 1,
    conflict: 1,
    overloaded: refused,
  }))
    expect(text).toContain(`garda_append_requests_total{log="log",status="${status}",service="spec"} ${times}`);
  expect(text).toContain(`garda_append_events_total{log="log",service="spec"} ${2 * (4 - refused)}`);
  expect(text).toContain(`garda_append_duration_seconds_count{service="spec",log="log"} ${6 - refused}`);
});

it('says how old the oldest event is that its topic has not', async () => {
  const { pool } = db();
  await new EventLog({ pool }).append(request());
  await pool.query(
    `insert into log.relay_checkpoint (topic, position, seqs, next_offsets) values ('behind', 0, '{0}', '{0}'),
       ('whole', (select max(position) from log.events), '{0}', '{0}')`,
  );
  const metrics = new Metrics('spec');
  gaugeRelayAge(metrics, pool);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const text = await metrics.registry.metrics();
  expect(text).toContain('garda_relay_lag_seconds{topic="whole",service="spec"} 0\n');
  expect(Number(/garda_relay_lag_seconds\{topic="behind",.*\} (\S+)/.exec(text)?.[1])).toBeGreaterThan(0);
});

it('counts the clocks that ran out, and for how long', async () => {
  const { pool } = db();
  await pool.query(
    `create table read.due as select now() - interval '90 seconds' as due_at union all select now() + interval '1 day'`,
  );
  const metrics = new Metrics('spec');
  gaugeTimers(metrics, pool);
  const text = await metrics.registry.metrics();
  expect(text).toContain('garda_timers_overdue{service="spec"} 1');
  expect(Number(/garda_timer_overdue_seconds\{.*\} (\S+)/.exec(text)?.[1])).toBeGreaterThanOrEqual(90);
});

it('shows the connections of a pool', async () => {
  const { pool } = db();
  const metrics = new Metrics('spec');
  gaugePool(metrics, pool);
  const client = await pool.connect();
  const text = await metrics.registry.metrics();
  client.release();
  expect(Number(/garda_pool_connections\{state="busy",.*\} (\d+)/.exec(text)?.[1])).toBeGreaterThanOrEqual(1);
  expect(text).toContain(`garda_pool_limit{service="spec"} ${pool.options.max}`);
  expect(text).toContain('garda_pool_waiting{service="spec"} 0');
});

it('shows what consumers, relays and projections did, anew at each scrape', async () => {
  const metrics = new Metrics('spec');
  const status = { state: 'running' as const, partitions: 1, applied: 3, repeatsDropped: 2, cursorMoved: 1 };
  const counted = { ...status, parked: 0, notYet: 0, drained: 0, reactions: 5, conflicts: 4 };
  gaugeConsumers(metrics, [{ name: 'hearing', status: () => counted }]);
  gaugeRelays(metrics, [{ name: 't', status: () => ({ position: 1n, running: true, leader: true, failures: 2 }) }]);
  const stopped = { name: 'cases', version: 2, log: 'log' as const, position: 1n, state: 'stopped' as const };
  gaugeProjections(metrics, [{ status: () => stopped }]);
  await metrics.registry.metrics();
  const text = await metrics.registry.metrics();
  for (const line of [
    'garda_consumer_records_total{consumer="hearing",outcome="applied",service="spec"} 3',
    'garda_consumer_records_total{consumer="hearing",outcome="repeated",service="spec"} 2',
    'garda_consumer_cursor_moved_total{consumer="hearing",service="spec"} 1',
    'garda_consumer_running{consumer="hearing",service="spec"} 1',
    'garda_reactions_total{consumer="hearing",service="spec"} 5',
    'garda_reaction_conflicts_total{consumer="hearing",service="spec"} 4',
    'garda_relay_leader{topic="t",service="spec"} 1',
    'garda_relay_failures{topic="t",service="spec"} 2',
    'garda_projection_running{projection="cases",version="2",service="spec"} 0',
  ])
    expect(text).toContain(line);
});
