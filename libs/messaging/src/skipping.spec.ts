import { createHash } from 'node:crypto';
import { withTopics, until } from '@garda/testing';
import type { PoolClient } from 'pg';
import { withService } from '../test/database';
import { aboutCase, aFact, caseId } from '../test/facts';
import { Feed } from '../test/feed';
import { ownClient } from '../test/kafka';
import { listParked } from './parking';
import { listSkipped, skipParked } from './skipping';
import { TopicConsumer } from './topic-consumer';

jest.setTimeout(30_000);

const database = withService();
const topics = withTopics({ intake: 2 });
const actor = { kind: 'program', id: 'operations' } as const;
const reason = 'A second copy of the fact before, from a broken import.';

let feed: Feed;
beforeAll(async () => {
  feed = await Feed.start(database(), topics(), topics().name.intake);
  await database().pool.query('create table read.seen (n serial, stream text, version bigint)');
});
afterAll(() => feed.stop());

it('takes the first held fact of a key away, says who and why for ever, and the facts behind it go on in order', async () => {
  const poison = aFact('Poison', { note: 'cannot be applied' });
  const consumer = new TopicConsumer({
    ...{ kafka: ownClient(topics()), groupId: topics().groupId('skipping'), pool: database().pool },
    poison: { retryAfterMs: [20, 40] },
    handler: {
      name: 'skipping@1',
      topics: [topics().name.intake],
      apply: async (client: PoolClient, batch) => {
        for (const { eventId, streamId, version } of batch) {
          if (eventId === poison.eventId) throw Object.assign(new Error('text with data'), { code: 'BROKEN' });
          await client.query('insert into read.seen (stream, version) values ($1, $2)', [streamId, version]);
        }
      },
    },
  });
  await consumer.start();
  await feed.publish(aboutCase(1), aboutCase(2));
  await feed.publish(aboutCase(1, poison));
  for (let i = 0; i < 4; i += 1) await feed.publish(aboutCase(1), aboutCase(2));
  await until(async () => (await listParked(database().pool))[0]?.rows === 5);

  const of = { consumer: 'skipping@1', topic: topics().name.intake, key: caseId(1) };
  expect(await skipParked(database().pool, { ...of, reason, actor })).toEqual({ seq: expect.any(String), left: 4 });
  await until(async () => (await listParked(database().pool)).length === 0);
  const versions = async (n: number) =>
    (
      await database().pool.query('select version::int from read.seen where stream = $1 order by n', [
        `case-${caseId(n)}`,
      ])
    ).rows.map(({ version }) => version);
  expect(await versions(1)).toEqual([1, 3, 4, 5, 6]);
  expect(await versions(2)).toEqual([1, 2, 3, 4, 5]);

  expect(await listSkipped(database().pool)).toEqual([
    {
      ...of,
      ...{
        partition: expect.any(Number),
        seq: expect.any(String),
        eventId: poison.eventId,
        type: 'Poison',
        position: '3',
      },
      digest: createHash('sha256').update(JSON.stringify(poison.data)).digest('hex'),
      ...{ errorCode: 'BROKEN', reason, actor, skippedAt: expect.stringMatching(/Z$/) },
    },
  ]);
  await feed.publish(aboutCase(1));
  await until(async () => (await versions(1)).at(-1) === 7);
  await consumer.stop();
  expect(await skipParked(database().pool, { ...of, reason, actor })).toBeUndefined();
});
