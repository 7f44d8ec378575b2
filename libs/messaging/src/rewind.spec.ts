import { EventLog } from '@garda/event-store';
import { withTopics, until } from '@garda/testing';
import type { PoolClient } from 'pg';
import { withService } from '../test/database';
import { aboutCase } from '../test/facts';
import { Feed } from '../test/feed';
import { ownClient, readTopic } from '../test/kafka';
import { rewindRelay } from './rewind';
import { TopicConsumer } from './topic-consumer';
import { verifyLog } from './verify-log';

jest.setTimeout(30_000);

const [database, reader] = [withService(), withService()];
const topics = withTopics({ intake: 3 });
const rewind = (position: bigint, topic = topics().name.intake) =>
  rewindRelay(database().pool, { schema: 'log', topic, position });
const checkpoint = async () => (await database().pool.query('select * from log.relay_checkpoint')).rows;
const recordsOf = async () => (await readTopic(topics(), topics().name.intake)).values();

let feed: Feed;
beforeAll(async () => {
  feed = await Feed.start(database(), topics(), topics().name.intake);
  await feed.publish(...Array.from({ length: 60 }, (_, i) => aboutCase(i % 20)));
});
afterAll(() => feed.stop());

it('the running relay sends again from there, with the numbers and bytes it had, and consumers drop the repeats', async () => {
  await reader().ownerPool.query('create table read.seen (n serial, position bigint)');
  await reader().ownerPool.query(`grant all on all tables in schema read to ${reader().appRole};
    grant all on all sequences in schema read to ${reader().appRole}`);
  const consumer = new TopicConsumer({
    ...{ kafka: ownClient(topics()), groupId: topics().groupId('seen'), pool: reader().pool },
    handler: {
      name: 'seen@1',
      topics: [topics().name.intake],
      apply: async (client: PoolClient, batch) =>
        void (await client.query('insert into read.seen (position) select * from unnest($1::bigint[])', [
          batch.map((event) => event.position),
        ])),
    },
  });
  await consumer.start();
  await until(() => consumer.status().applied === 60);
  const before = await checkpoint();
  expect(await rewind(31n)).toEqual({ from: '60', to: '30' });
  await until(() => consumer.status().repeatsDropped === 30);
  expect(consumer.status()).toMatchObject({ state: 'running', applied: 60, parked: 0 });
  expect((await reader().pool.query('select 1 from read.seen')).rowCount).toBe(60);
  await consumer.stop();

  const bytes = new Map<string, string>();
  for (const records of await recordsOf())
    for (const { event, seq, value, headers } of records) {
      const id = `${event.keyHash % 3}/${seq}`;
      const is = `${value.toString()} ${JSON.stringify(headers)}`;
      expect(bytes.get(id) ?? is).toBe(is);
      bytes.set(id, is);
    }
  expect(bytes.size).toBe(60);
  await until(async () => (await checkpoint())[0].position === '60');
  expect((await checkpoint())[0]).toMatchObject({ seqs: before[0].seqs });
});

it('may go back to the first fact; what was not relayed, or is no topic of this log, is refused', async () => {
  expect(await rewind(0n)).toMatchObject({ to: '0' });
  await until(async () => (await checkpoint())[0].position === '60');
  await expect(rewind(62n)).rejects.toMatchObject({ code: 'POSITION_NOT_RELAYED' });
  await expect(rewind(1n, 'garda.other.v1')).rejects.toMatchObject({ code: 'TOPIC_UNKNOWN' });
});

it('a service that starts with a rewound checkpoint is not refused', async () => {
  await feed.stop();
  await rewind(10n);
  await verifyLog({ pool: database().pool, schema: 'log', topic: topics().name.intake, kafka: topics().kafka });
  const log = new EventLog({ pool: database().pool });
  expect(await log.head()).toBe(60n);
});
