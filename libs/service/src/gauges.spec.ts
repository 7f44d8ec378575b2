import { eventLogMigrations, migrate } from '@garda/event-store';
import { withDatabase, withTopics } from '@garda/testing';
import { gaugeConsumerLag } from './gauges';
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
    const lag = gaugeConsumerLag(metrics, { pool: db().pool, kafka });
    await lag.start();
    expect(await metrics.registry.metrics()).toMatch(/garda_consumer_lag\{consumer="reader",.*partition="0".*\} 2/);
    await lag.stop();
  });
});
