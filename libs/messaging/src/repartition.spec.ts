import { numberBefore } from '@garda/contracts';
import { EventLog } from '@garda/event-store';
import { createTopics, withTopics, until } from '@garda/testing';
import type { PoolClient } from 'pg';
import { withService } from '../test/database';
import { aboutCase } from '../test/facts';
import { ownClient, readTopic } from '../test/kafka';
import { Relay } from './relay';
import {
  behindClosed,
  checkMadeAgain,
  closeTopic,
  openTopic,
  renumberConsumers,
  type ClosedTopic,
} from './repartition';
import { rewindRelay } from './rewind';
import { TopicConsumer } from './topic-consumer';
import { verifyLog } from './verify-log';
import { walkLog } from './walk-log';

jest.setTimeout(180_000);

const [database, reader] = [withService(), withService()];
const topics = withTopics({ intake: 3, other: 2 });
const topic = () => topics().name.intake;
const place = () => ({
  ...{ pool: database().pool, schema: 'log' as const, topic: topic(), kafka: ownClient(topics()) },
  groupPrefix: 'test-repartition-',
});

/** What an administrator does: services have no right to. */
async function makeAgain(numPartitions: number): Promise<void> {
  const admin = ownClient(topics()).admin();
  await admin.connect();
  try {
    await admin.deleteTopics({ topics: [topic()] });
    await until(async () => !(await admin.listTopics()).includes(topic()));
    await createTopics(admin, [{ topic: topic(), numPartitions, replicationFactor: 1 }]);
  } finally {
    await admin.disconnect();
  }
}

/** Stopped after each test, also after one that fails: what runs on would keep the run from ending. */
const parts: { stop(): Promise<void> }[] = [];
const part = <P extends { stop(): Promise<void> }>(one: P): P => {
  parts.push(one);
  return one;
};
let writes = false;
afterEach(async () => {
  writes = false;
  await Promise.all(parts.splice(0).map((one) => one.stop()));
});

const consumer = (name: string, fails: () => boolean = () => false) =>
  part(
    new TopicConsumer({
      ...{ kafka: ownClient(topics()), groupId: topics().groupId(name), pool: reader().pool },
      poison: { retryAfterMs: [] },
      handler: {
        name,
        topics: [topic()],
        apply: async (client: PoolClient, batch) => {
          if (fails()) throw Object.assign(new Error('no'), { code: 'SPEC_FAILS' });
          await client.query(
            `insert into read.seen (consumer, key, version, position)
             select $1, k, v, p from unnest($2::text[], $3::bigint[], $4::bigint[]) with ordinality as r(k, v, p, o) order by o`,
            [
              name,
              batch.map((event) => event.streamId),
              batch.map((event) => event.version),
              batch.map((event) => event.position),
            ],
          );
        },
      },
    }),
  );
const seenBy = async (name: string): Promise<number> =>
  (await reader().pool.query('select count(*)::int as n from read.seen where consumer = $1', [name])).rows[0].n;
/** What a consumer applied of one key, in the order in which it did. */
const orders = async (name: string): Promise<Record<string, number[]>> => {
  const text = `select key, array_agg(version::int order by n) as versions from read.seen where consumer = $1 group by key`;
  return Object.fromEntries((await reader().pool.query(text, [name])).rows.map((row) => [row.key, row.versions]));
};

let log: EventLog;
const errors = jest.fn();
const relay = () => part(new Relay({ ...place(), context: 'intake', onError: errors }));
const append = (n: number) => Promise.all(Array.from({ length: n }, (_, i) => log.append(aboutCase(i % 17))));
const expected = async () => {
  const { rows } = await database().pool.query(
    'select stream_id, array_agg(version::int order by version) as versions from log.events group by 1',
  );
  return Object.fromEntries(rows.map((row) => [row.stream_id, row.versions]));
};

beforeAll(async () => {
  await reader().pool.query(
    'create table read.seen (n bigserial, consumer text, key text, version bigint, position bigint)',
  );
  log = new EventLog({ pool: database().pool });
  await verifyLog(place());
});
afterAll(() => log.close());

const names = ['running', 'asleep', 'never'];
async function drained(closed: ClosedTopic): Promise<void> {
  await until(async () => (await behindClosed(reader().pool, names, closed)).length === 0, 30_000);
}

it.each([5, 2])(
  'to %i partitions under writes: order in every key, each fact once, for readers that run, sleep and are new',
  async (partitions) => {
    const [running, asleep] = [consumer('running'), consumer('asleep')];
    const [one, two] = [relay(), relay()]; // of two replicas
    await Promise.all([running.start(), asleep.start(), one.start(), two.start()]);
    writes = true;
    const writing = (async () => {
      while (writes) {
        await append(7);
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
    })();
    const before = await seenBy('running');
    await until(async () => (await seenBy('running')) > before + 60 && (await seenBy('asleep')) > before + 60);

    const closed = await closeTopic(place());
    expect(await closeTopic(place())).toEqual(closed); // the log goes on, the topic does not
    await expect(openTopicWith()).resolves.toMatchObject({ generation: closed.generation }); // called off
    const again = await closeTopic(place());
    await drained(again);
    await asleep.stop();

    await expect(checkMadeAgain(place(), closed.seqs.length)).rejects.toMatchObject({ code: 'TOPIC_NOT_EMPTY' });
    await makeAgain(partitions);
    const of = { consumers: names, closed: again, partitions };
    expect(await renumberConsumers(reader().pool, of)).toEqual({ renumbered: 2 });
    expect(await renumberConsumers(reader().pool, of)).toEqual({ renumbered: 0 });
    await expect(openTopic(place())).rejects.toMatchObject({ code: 'PARTITIONS_DIFFER' });
    await expect(openTopic(place(), partitions + 1)).rejects.toMatchObject({ code: 'PARTITIONS_DIFFER' });
    expect(await openTopic(place(), partitions)).toEqual({ generation: again.generation + 1, partitions });
    await asleep.start();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    writes = false;
    await writing;
    const head = Number(await log.head());
    const fresh = consumer(`fresh-${partitions}`);
    await fresh.start();
    const readers = ['running', 'asleep', `fresh-${partitions}`];
    for (const name of readers) await until(async () => (await seenBy(name)) >= head, 60_000);
    for (const name of readers) expect(await orders(name)).toEqual(await expected());

    const records = await readTopic(topics(), topic());
    expect(records.size).toBe(partitions);
    for (const [partition, found] of records) {
      expect(found.every(({ event }) => event.keyHash % partitions === partition)).toBe(true);
      const first = numberBefore(again.generation + 1) + 1n;
      // A send without an answer is repeated: first occurrences count, as they do for every reader.
      const numbers = [...new Set(found.map(({ seq }) => seq))];
      expect(numbers).toEqual(numbers.map((_, i) => first + BigInt(i)));
    }
    expect(await walkLog({ ...place(), context: 'intake' })).not.toHaveProperty('finding');
    // What an operator may do later finds the same numbers.
    await rewindRelay(database().pool, { schema: 'log', topic: topic(), position: 3n });
    await until(async () => one.status().position === BigInt(head) || two.status().position === BigInt(head), 30_000);
    expect(await walkLog({ ...place(), context: 'intake' })).not.toHaveProperty('finding');
    for (const name of readers) expect(await seenBy(name)).toBe(head);
    await verifyLog(place());
    await Promise.all([running, asleep, fresh, one, two].map((part) => part.stop()));
    expect([running, asleep, fresh].map((part) => part.status().error)).toEqual([undefined, undefined, undefined]);
  },
);

const openTopicWith = () => openTopic(place());

it('records of the generation before are repeats, wherever they turn up', async () => {
  const late = consumer('running');
  const one = relay();
  await Promise.all([late.start(), one.start()]);
  const before = await seenBy('running');
  const producer = ownClient(topics()).producer();
  await producer.connect();
  const [found] = [...(await readTopic(topics(), topic())).values()].flat();
  if (found === undefined) throw new Error('the topic is empty');
  const stray = { ...found.headers, seq: '7' };
  await producer.send({
    topic: topic(),
    messages: [{ key: found.key, value: found.value, headers: stray, partition: 0 }],
  });
  await producer.disconnect();
  await append(20);
  await until(async () => (await seenBy('running')) >= before + 20);
  expect(await orders('running')).toEqual(await expected());
  expect(late.status()).toMatchObject({ state: 'running' });
  await Promise.all([late.stop(), one.stop()]);
});

it('is refused while a reader is behind or holds a key, and nothing is changed', async () => {
  const failing = consumer('failing', () => true);
  const one = relay();
  await Promise.all([failing.start(), one.start()]);
  await append(1);
  await until(async () => failing.status().parked > 0, 30_000);
  await failing.stop();
  const closed = await closeTopic(place());
  await append(1);
  const cursors = async () =>
    (await reader().pool.query(`select * from consume.consumer_cursor where consumer = 'failing' order by partition`))
      .rows;
  const before = await cursors();
  expect((await behindClosed(reader().pool, ['failing'], closed)).join()).toMatch(/failing (is at|holds)/);
  const of = { consumers: ['failing'], closed, partitions: 4 };
  await expect(renumberConsumers(reader().pool, of)).rejects.toMatchObject({ code: 'CONSUMERS_BEHIND' });
  expect(await cursors()).toEqual(before);
  await openTopic(place());
  await expect(openTopic(place())).rejects.toMatchObject({ code: 'TOPIC_NOT_CLOSED' });
  await expect(closeTopic({ ...place(), topic: 'garda.none.v1' })).rejects.toMatchObject({ code: 'TOPIC_UNKNOWN' });
  const head = await log.head();
  await until(() => one.status().position === head, 30_000); // the same generation goes on
  await one.stop();
});
