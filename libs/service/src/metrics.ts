import type { FastifyReply, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** One value of a gauge at the moment of a scrape. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The numbers of one process. Labels are route patterns and names of parts: never ids, never what somebody wrote. */
export class Metrics {
  readonly registry = new Registry();
  private readonly duration: Histogram<'method' | 'route' | 'status'>;
  private readonly failures: Counter<'gauge'>;

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    // The library's 10 ms would wake an idle process 100 times a second.
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: 100 });
    this.duration = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time to answer, by route pattern',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [this.registry],
    });
    this.failures = this.counter('garda_gauge_failures_total', 'Gauges that could not be read', ['gauge']);
  }

  observe(request: FastifyRequest, reply: FastifyReply): void {
    const labels = { method: request.method, route: routeOf(request), status: String(reply.statusCode) };
    this.duration.observe(labels, reply.elapsedTime / 1000);
  }

  /** The counter of this name; parts of one kind share it. */
  counter<L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> {
    const made = this.registry.getSingleMetric(name);
    if (made !== undefined) return made as unknown as Counter<L>;
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  /** A counter that somebody else counts, read when somebody scrapes. */
  total(name: string, help: string, labelNames: readonly string[], read: () => readonly Sample[]): void {
    new Counter({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const { labels, value } of read()) this.inc({ ...labels }, value);
      },
    });
  }

  /** A gauge that is read when somebody scrapes. If reading fails, it has no value then, and the failure counts. */
  gauge(name: string, help: string, labelNames: readonly string[], read: () => Promise<readonly Sample[]>): void {
    const { failures } = this;
    new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
      async collect() {
        this.reset();
        try {
          for (const { labels, value } of await read()) this.set({ ...labels }, value);
        } catch {
          this.reset();
          this.remove(); // a gauge without labels would show 0, which is no news of a broken one
          failures.inc({ gauge: name }); // a scrape must not fail because one database is away
        }
      },
    });
  }
}

/** The pattern, so that no id and no guess of a stranger becomes a label. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'unknown';
}
