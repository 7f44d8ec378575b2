import type { Kafka } from 'kafkajs';
import type { Pool } from 'pg';
import type { EventLog } from '@garda/event-store';
import { progress } from '@garda/messaging';
import type { Metrics, Sample } from './metrics';
import type { Part } from './runtime';

/** What an alarm is made from, read from the database at each scrape, so every replica tells the same. */
export function gaugeProgress(metrics: Metrics, { pool, hasLog }: { pool: Pool; hasLog: boolean }): void {
  const logs = hasLog ? (['log', 'log_restricted'] as const) : [];
  const ofEachLog = () => Promise.all(logs.map(async (schema) => ({ schema, ...(await progress(pool, { schema })) })));

  metrics.gauge('garda_relay_lag', 'Events of the log that are not in its topic yet', ['topic'], async () =>
    (await ofEachLog()).flatMap(({ log }) =>
      Object.entries(log?.relayed ?? {}).map(([topic, { position }]) => ({
        labels: { topic },
        value: behind(log?.head, position),
      })),
    ),
  );
  metrics.gauge('garda_projection_lag', 'Events a projection has not applied', ['projection', 'version'], async () =>
    (await ofEachLog()).flatMap(({ schema, log, projections }) =>
      projections
        .filter((one) => one.log === schema)
        .map(({ projection, version, position }) => ({
          labels: { projection, version: String(version) },
          value: behind(log?.head, position),
        })),
    ),
  );
  metrics.gauge('garda_parked_keys', 'Keys whose records are held', [], async () => [
    { value: (await progress(pool)).parked },
  ]);
}

/** What this process knows of its logs by itself, without asking the database. */
export function gaugeLogs(
  metrics: Metrics,
  logs: readonly Pick<EventLog, 'schema' | 'waiting' | 'longestStream'>[],
): void {
  const each = (valueOf: (log: (typeof logs)[number]) => number) => () =>
    Promise.resolve(logs.map((log) => ({ labels: { log: log.schema }, value: valueOf(log) })));
  metrics.gauge(
    'garda_append_queue',
    'Appends that wait for the next batch',
    ['log'],
    each((log) => log.waiting),
  );
  metrics.gauge(
    'garda_stream_length',
    'Events of the longest stream that was loaded or appended to since the start',
    ['log'],
    each((log) => log.longestStream),
  );
}

/**
 * How many records of its topics each consumer has not applied, asked for by whoever may see the topic. A part, because
 * it needs connections of its own.
 */
export function gaugeConsumerLag(
  metrics: Metrics,
  { pool, readers }: { pool: Pool; readers: readonly { kafka: Kafka; topics: readonly string[] }[] },
): Part {
  const asked = readers.map(({ kafka, topics }) => ({ admin: kafka.admin(), topics }));
  metrics.gauge('garda_consumer_lag', 'Records not applied yet', ['consumer', 'topic', 'partition'], async () => {
    const { rows } = await pool.query<{ consumer: string; topic: string; partition: number; next_offset: string }>(
      'select consumer, topic, partition, next_offset::text from consume.consumer_cursor order by 1, 2, 3',
    );
    const begun = new Set(rows.map(({ topic }) => topic));
    const ends = await Promise.all(
      asked.flatMap(({ admin, topics }) =>
        topics
          .filter((topic) => begun.has(topic))
          .map(async (topic) => ({ topic, partitions: await admin.fetchTopicOffsets(topic) })),
      ),
    );
    const endOf = new Map(
      ends.flatMap(({ topic, partitions }) => partitions.map((p) => [`${topic}/${p.partition}`, p.high] as const)),
    );
    return rows.map(({ consumer, topic, partition, next_offset }): Sample => ({
      labels: { consumer, topic, partition: String(partition) },
      value: behind(endOf.get(`${topic}/${partition}`), next_offset),
    }));
  });
  return {
    start: async () => void (await Promise.all(asked.map(({ admin }) => admin.connect()))),
    stop: async () => void (await Promise.all(asked.map(({ admin }) => admin.disconnect()))),
  };
}

function behind(end: string | undefined, position: string): number {
  return Math.max(0, Number(BigInt(end ?? position) - BigInt(position)));
}
