import { eventLogMigrations, migrate, type EventLog } from '@garda/event-store';
import { withDatabase, withTopics } from '@garda/testing';
import { gaugeConsumerLag, gaugeLogs } from './gauges';
import { Metrics } from './metrics';

describe('the lag of consumers', () => {
  const db = withDatabase({
    template: 'service',
    setUp: ({ ownerUrl, appRole }) => migrate(ownerUrl, eventLogMigrations({ appRole })),
  });
  const topics = withTopics({ facts: 1 });

  it('is what the broker has and the cursor has not passed', async () => {
    const { kafka, name } = topics();
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic: name.facts, messages: [{ value: '1' }, { value: '2' }, { value: '3' }] });
    await producer.disconnect();
    await db().pool.query(
      `insert into consume.consumer_cursor (consumer, topic, partition, seq, next_offset) values ('reader', $1, 0, 1, 1)`,
      [name.facts],
    );
    const metrics = new Metrics('spec');
    const lag = gaugeConsumerLag(metrics, { pool: db().pool, readers: [{ kafka, topics: [name.facts] }] });
    await lag.start();
    expect(await metrics.registry.metrics()).toMatch(/garda_consumer_lag\{consumer="reader",.*partition="0".*\} 2/);
    await lag.stop();
  });
});

describe('what a process knows of its logs', () => {
  it('is who waits and how long the longest stream is, for each log', async () => {
    const metrics = new Metrics('spec');
    const log: Pick<EventLog, 'schema' | 'waiting' | 'longestStream'> = { schema: 'log', waiting: 7, longestStream: 3 };
    gaugeLogs(metrics, [log, { ...log, schema: 'log_restricted', longestStream: 2001 }]);
    const text = await metrics.registry.metrics();
    expect(text).toMatch(/garda_append_queue\{log="log",.*\} 7/);
    expect(text).toMatch(/garda_stream_length\{log="log",.*\} 3/);
    expect(text).toMatch(/garda_stream_length\{log="log_restricted",.*\} 2001/);
  });
});
