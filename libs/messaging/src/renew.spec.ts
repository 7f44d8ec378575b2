import { EventLog } from '@garda/event-store';
import { createTopics, withTopics, until } from '@garda/testing';
import type { PoolClient } from 'pg';
import { withService } from '../test/database';
import { aboutCase } from '../test/facts';
import { ownClient, readTopic } from '../test/kafka';
import { Relay } from './relay';
import { renewTopic, rereadTopic } from './renew';
import { TopicConsumer } from './topic-consumer';
import { verifyLog } from './verify-log';
import { walkLog } from './walk-log';

jest.setTimeout(90_000);

const [database, reader] = [withService(), withService()];
const topics = withTopics({ intake: 3 });
const place = () => ({
  ...{ pool: database().pool, schema: 'log' as const, topic: topics().name.intake, kafka: ownClient(topics()) },
  groupPrefix: 'test-renew-',
});
const admin = async (work: (admin: ReturnType<ReturnType<typeof ownClient>['admin']>) => Promise<unknown>) => {
  const client = ownClient(topics()).admin();
  await client.connect();
  await work(client).finally(() => client.disconnect());
};
const lose = () => admin((one) => one.deleteTopics({ topics: [topics().name.intake] }));
const makeAgain = (numPartitions = 3) =>
  admin((one) => createTopics(one, [{ topic: topics().name.intake, numPartitions, replicationFactor: 1 }]));

const consumer = (name: string) =>
  new TopicConsumer({
    ...{ kafka: ownClient(topics()), groupId: topics().groupId(name), pool: reader().pool },
    handler: {
      name,
      topics: [topics().name.intake],
      apply: async (client: PoolClient, batch) =>
        void (await client.query('insert into read.seen (consumer, position) select $1, unnest($2::bigint[])', [
          name,
          batch.map((event) => event.position),
        ])),
    },
  });
const seenBy = async (name: string): Promise<number[]> => {
  const text = 'select position::int as position from read.seen where consumer = $1 order by 1';
  return (await reader().pool.query(text, [name])).rows.map(({ position }) => position);
};
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

let log: EventLog;
const errors = jest.fn();
const relay = () => new Relay({ ...place(), context: 'intake', onError: errors });
const append = (n: number) => Promise.all(Array.from({ length: n }, (_, i) => log.append(aboutCase(i))));

beforeAll(async () => {
  await reader().pool.query('create table read.seen (consumer text, position bigint)');
  log = new EventLog({ pool: database().pool });
  await verifyLog(place());
});
afterAll(() => log.close());

it('a topic that was lost is filled again; consumers that run, that slept and that are new see each fact once', async () => {
  const [running, asleep] = [consumer('running'), consumer('asleep')];
  const first = relay();
  await Promise.all([running.start(), asleep.start(), first.start()]);
  await append(40);
  await until(async () => (await seenBy('asleep')).length === 40 && (await seenBy('running')).length === 40);
  await Promise.all([asleep.stop(), first.stop()]);

  await lose();
  await expect(verifyLog(place())).rejects.toMatchObject({ code: 'TOPIC_MISSING' });
  await makeAgain();
  await expect(verifyLog(place())).rejects.toMatchObject({ code: 'TOPIC_BEHIND_LOG' });

  expect(await rereadTopic(reader().pool, topics().name.intake)).toBe(6);
  expect(await renewTopic(place())).toEqual({ from: '40' });
  await verifyLog(place());
  const second = relay();
  const late = consumer('new');
  await Promise.all([second.start(), late.start(), asleep.start(), append(20)]);
  for (const name of ['running', 'asleep', 'new']) await until(async () => (await seenBy(name)).length >= 60, 30_000);
  for (const name of ['running', 'asleep', 'new']) expect(await seenBy(name)).toEqual(upTo(60));
  expect(await walkLog({ ...place(), context: 'intake' })).not.toHaveProperty('finding');
  await Promise.all([running, asleep, late, second].map((one) => one.stop()));
});

it('a relay that runs on does not go on in the middle of a topic that was made again', async () => {
  const one = relay();
  await one.start();
  await append(1);
  await until(() => one.status().position === 61n);
  await lose();
  errors.mockClear();
  await append(5);
  await until(() => errors.mock.calls.length > 0, 40_000);
  await makeAgain();
  await until(() => errors.mock.calls.some(([error]) => error.code === 'TOPIC_BEHIND_LOG'), 40_000);
  const records = async () => [...(await readTopic(topics(), topics().name.intake)).values()].flat().length;
  expect(await records()).toBe(0);
  await renewTopic(place());
  await until(() => one.status().position === 66n, 30_000);
  expect(await records()).toBe(66);
  await one.stop();
});

it('one that did not notice stops after its first send, and the stray records refuse the renewal', async () => {
  await lose();
  await makeAgain();
  const one = relay();
  await one.start();
  errors.mockClear();
  await append(1);
  await until(() => errors.mock.calls.some(([error]) => error.code === 'TOPIC_BEHIND_LOG'));
  await expect(renewTopic(place())).rejects.toMatchObject({ code: 'TOPIC_NOT_EMPTY' });
  await one.stop();
});

it('another number of partitions is another numbering', async () => {
  await lose();
  await makeAgain(2);
  await expect(renewTopic(place())).rejects.toMatchObject({ code: 'PARTITIONS_DIFFER' });
  await expect(renewTopic({ ...place(), topic: 'garda.none.v1' })).rejects.toMatchObject({ code: 'TOPIC_UNKNOWN' });
});
