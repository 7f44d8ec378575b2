import type { RecordedEvent } from '@garda/contracts';
import { withTopics, until } from '@garda/testing';
import { withService } from '../test/database';
import { aboutCase, aFact } from '../test/facts';
import { Feed } from '../test/feed';
import { ownClient } from '../test/kafka';
import { TopicConsumer } from './topic-consumer';

jest.setTimeout(30_000);

const database = withService();
const topics = withTopics({ intake: 2 });
let feed: Feed;
beforeAll(async () => {
  feed = await Feed.start(database(), topics(), topics().name.intake);
});
afterAll(() => feed.stop());

it('passes over what its handler does not want, and hands it what it wants, in order', async () => {
  const given: RecordedEvent[] = [];
  const consumer = new TopicConsumer({
    kafka: ownClient(topics()),
    groupId: topics().groupId('choosy'),
    pool: database().pool,
    handler: {
      name: 'choosy',
      topics: [topics().name.intake],
      wants: ({ type }) => type === 'Wanted',
      apply: async (_, batch) => void given.push(...batch),
    },
  });
  await consumer.start();
  const passed = async (): Promise<number> =>
    (
      await database().pool.query(
        `select coalesce(sum(seq), 0)::int as n from consume.consumer_cursor where consumer = 'choosy'`,
      )
    ).rows[0].n;
  await feed.publish(...Array.from({ length: 20 }, (_, n) => aboutCase(n)));
  await until(async () => (await passed()) === 20);
  expect([given, consumer.status().applied]).toEqual([[], 20]);
  for (let n = 1; n <= 3; n += 1) await feed.publish(aboutCase(7), aboutCase(7, aFact('Wanted', { n })), aboutCase(7));
  await until(async () => (await passed()) === 29);
  expect(given.map(({ data }) => data)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  await consumer.stop();
});
