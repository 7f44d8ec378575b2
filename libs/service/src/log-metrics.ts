import type { AppendAnswer, LogSchema } from '@garda/event-store';
import { Histogram } from 'prom-client';
import type { Pool } from 'pg';
import type { Metrics } from './metrics';

/**
 * What appends do, counted as they are answered. Reactions append by a statement of their own and are counted with their
 * consumer (`garda_reactions_total`).
 */
export class LogMetrics {
  private readonly requests;
  private readonly events;
  private readonly duration;

  constructor(metrics: Metrics) {
    this.requests = metrics.counter('garda_append_requests_total', 'Appends by how they were answered', [
      'log',
      'status',
    ]);
    this.events = metrics.counter('garda_append_events_total', 'Events appended', ['log']);
    this.duration = new Histogram({
      name: 'garda_append_duration_seconds',
      help: 'From the call to the durable answer, time in the queue included',
      labelNames: ['log'],
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 15],
      registers: [metrics.registry],
    });
  }

  /** For the log's `onAnswered`. */
  readonly answered = ({ schema, status, events, seconds }: AppendAnswer): void => {
    this.requests.inc({ log: schema, status });
    if (status === 'appended') this.events.inc({ log: schema }, events);
    if (status !== 'overloaded') this.duration.observe({ log: schema }, seconds);
  };
}

/** How old the oldest fact is that its topic does not have yet, by the case clock; 0 when the topic has all. */
export function gaugeRelayAge(metrics: Metrics, pool: Pool): void {
  const schemas: readonly LogSchema[] = ['log', 'log_restricted'];
  const ageOf = (schema: LogSchema) =>
    pool.query<{ topic: string; seconds: number }>(
      `select c.topic, coalesce(extract(epoch from clock_timestamp() + (select ahead from clock.case_clock)
         - (select e.recorded_at from ${schema}.events e where e.position > c.position order by e.position limit 1)), 0)::float8
         as seconds from ${schema}.relay_checkpoint c`,
    );
  metrics.gauge('garda_relay_lag_seconds', 'Age of the oldest event that its topic has not', ['topic'], async () =>
    (await Promise.all(schemas.map(ageOf))).flatMap(({ rows }) =>
      rows.map(({ topic, seconds }) => ({ labels: { topic }, value: Math.max(0, seconds) })),
    ),
  );
}

/** Clocks of cases that ran out and are not dealt with: more than a sweep's worth for long is an alarm. */
export function gaugeTimers(metrics: Metrics, pool: Pool, views: readonly string[] = ['due']): void {
  const clocks = views.map((view) => `select due_at from read.${view}`).join(' union all ');
  const read = async (what: string) => {
    const { rows } = await pool.query<{ value: number }>(
      `select ${what}::float8 as value from (select due_at, clock_timestamp() + (select ahead from clock.case_clock) as now
         from (${clocks}) c) d where due_at <= now`,
    );
    return [{ value: rows[0]?.value ?? 0 }];
  };
  metrics.gauge('garda_timers_overdue', 'Clocks that ran out and are not dealt with', [], () => read('count(*)'));
  metrics.gauge('garda_timer_overdue_seconds', 'How long the longest of them has been out', [], () =>
    read('coalesce(extract(epoch from max(now - due_at)), 0)'),
  );
}

/** The connections of this process to its database. */
export function gaugePool(metrics: Metrics, pool: Pool): void {
  metrics.gauge('garda_pool_connections', 'Connections to the database', ['state'], () =>
    Promise.resolve([
      { labels: { state: 'busy' }, value: pool.totalCount - pool.idleCount },
      { labels: { state: 'idle' }, value: pool.idleCount },
    ]),
  );
  metrics.gauge('garda_pool_limit', 'Connections that may be open at most', [], () =>
    Promise.resolve([{ value: pool.options.max }]),
  );
  metrics.gauge('garda_pool_waiting', 'Queries that wait for a connection', [], () =>
    Promise.resolve([{ value: pool.waitingCount }]),
  );
}
