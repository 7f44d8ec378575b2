import { withTopics, until } from '@garda/testing';
import type { PoolClient } from 'pg';
import type { RecordedEvent } from '@garda/contracts';
import { withService } from '../test/database';
import { aboutCase, aFact, caseId } from '../test/facts';
import { Feed, sendAgain, sendTo } from '../test/feed';
import { ownClient } from '../test/kafka';
import type { ConsumerOptions } from './consumer-core';
import { NotYet } from './errors';
import { listParked, retryParked } from './parking';
import { TopicConsumer } from './topic-consumer';

jest.setTimeout(30_000);

/** One process's view: what it saw is one row a fact, in the order of arrival. */
const database = withService();
const topics = withTopics({ intake: 2, holed: 1, foreign: 1 });
let feed: Feed;
const started: TopicConsumer[] = [];

beforeAll(async () => {
  feed = await Feed.start(database(), topics(), topics().name.intake);
  await database().pool.query(
    `create table read.seen (nth bigint generated always as identity, consumer text, stream text, version bigint, event_id uuid)`,
  );
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((consumer) => consumer.stop()));
});
afterAll(() => feed.stop());

type Rule = (event: RecordedEvent, client: PoolClient) => void | Promise<void>;

const see = async (name: string, client: PoolClient, batch: readonly RecordedEvent[]): Promise<void> => {
  await client.query(
    `insert into read.seen (consumer, stream, version, event_id)
      select $1, s.stream, s.version, s.event_id from unnest($2::text[], $3::bigint[], $4::uuid[]) as s(stream, version, event_id)`,
    [name, batch.map((e) => e.streamId), batch.map((e) => e.version), batch.map((e) => e.eventId)],
  );
};

const newConsumer = (
  name: string,
  rule: Rule = () => undefined,
  more: Partial<ConsumerOptions> & { topic?: string } = {},
) => {
  const { topic = topics().name.intake, ...options } = more;
  const consumer = new TopicConsumer({
    kafka: ownClient(topics()),
    groupId: topics().groupId(name),
    pool: database().pool,
    poison: { retryAfterMs: [20, 40] },
    handler: {
      name,
      topics: [topic],
      apply: async (client, batch) => {
        await see(name, client, batch);
        for (const event of batch) await rule(event, client);
      },
    },
    ...options,
  });
  started.push(consumer);
  return consumer;
};

async function seen(name: string): Promise<{ stream: string; version: number }[]> {
  const { rows } = await database().pool.query<{ stream: string; version: number }>(
    'select stream, version::int from read.seen where consumer = $1 order by nth',
    [name],
  );
  return rows;
}
const versionsOf = async (name: string, n: number): Promise<number[]> =>
  (await seen(name)).filter((row) => row.stream === `case-${caseId(n)}`).map((row) => row.version);

/** Everything published so far was applied once and each stream in order. */
async function expectWhole(name: string): Promise<void> {
  const head = Number(await feed.log.head());
  await until(async () => (await seen(name)).length >= head);
  const rows = await seen(name);
  expect(rows).toHaveLength(head);
  const last = new Map<string, number>();
  for (const { stream, version } of rows) {
    expect(version).toBe((last.get(stream) ?? 0) + 1);
    last.set(stream, version);
  }
}

const some = (count: number) => Array.from({ length: count }, (_, i) => aboutCase(i % 7));

it('applies what was there before it and what comes', async () => {
  await feed.publish(...some(100));
  const consumer = newConsumer('plain');
  await consumer.start();
  await expectWhole('plain');
  for (let i = 0; i < 5; i++) {
    await feed.publish(aboutCase(1));
    await expectWhole('plain');
  }
  expect(consumer.status()).toMatchObject({ state: 'running', partitions: 2, parked: 0 });
});

it('changes nothing when a batch is delivered again', async () => {
  const consumer = newConsumer('plain');
  await consumer.start();
  const before = await seen('plain');
  await sendAgain(topics(), topics().name.intake, 0, 20);
  await sendAgain(topics(), topics().name.intake, 1, 20);
  await until(() => consumer.status().repeatsDropped >= 40);
  expect(await seen('plain')).toEqual(before);
  await feed.publish(...some(20));
  await expectWhole('plain');
});

it('goes on from its own cursor, whatever offset Kafka remembers', async () => {
  await feed.publish(...some(20));
  const admin = topics().kafka.admin();
  await admin.connect();
  await admin.resetOffsets({ groupId: topics().groupId('plain'), topic: topics().name.intake, earliest: false });
  await admin.disconnect();
  await newConsumer('plain').start();
  await expectWhole('plain');
});

it('lets a member that lost its partition change nothing: its compare-and-set fails', async () => {
  let thaw: (() => void) | undefined;
  const frozen = new Promise<void>((resolve) => (thaw = resolve));
  const { pool } = database();
  // Frozen with cursor and batch in hand, before its transaction.
  const icy = new Proxy(pool, {
    get: (target, name) =>
      name === 'connect' ? () => frozen.then(() => target.connect()) : Reflect.get(target, name, target).bind?.(target),
  });
  const zombie = newConsumer('twice', undefined, { pool: icy });
  await zombie.start();
  await new Promise((resolve) => setTimeout(resolve, 500));
  // In another group, so that Kafka gives it all partitions: which rows are whose, only the cursor decides.
  const heir = newConsumer('twice', undefined, { groupId: topics().groupId('heir') });
  await heir.start();
  await expectWhole('twice');
  thaw?.();
  await until(() => zombie.status().cursorMoved > 0);
  await expectWhole('twice');
  for (let i = 0; i < 10; i++) await feed.publish(...some(10)); // both go on, and each fact is applied by one of them
  await expectWhole('twice');
});

it('stops at a hole, loudly, and applies nothing after it', async () => {
  const holed = topics().name.holed;
  const record = (seq: number) => ({
    key: caseId(1),
    value: '{}',
    partition: 0,
    headers: {
      ...Object.fromEntries(
        Object.entries({
          ce_type: 'NoteAdded',
          ce_subject: `case-${caseId(1)}`,
          ce_time: '2026-01-01T00:00:00.000000Z',
        }),
      ),
      ce_id: `00000000-0000-7000-8000-00000000000${seq}`,
      seq: String(seq),
      position: String(seq),
      version: String(seq),
      schema_version: '1',
      recorded_at: '2026-01-01T00:00:00.000000Z',
      key_hash: '0',
      meta: '{}',
    },
  });
  await sendTo(topics(), holed, [record(1), record(2), record(4), record(5)]);
  const stopped: string[] = [];
  const consumer = newConsumer('holed', undefined, { topic: holed, onStopped: (error) => stopped.push(error.code) });
  await consumer.start();
  await until(() => consumer.status().state === 'failed');
  expect(consumer.status().error).toMatchObject({ code: 'HOLE_IN_TOPIC' });
  expect(stopped).toEqual(['HOLE_IN_TOPIC']);
  expect((await seen('holed')).map((row) => row.version)).toEqual([1, 2]);
});

it('stops at a record that no relay wrote', async () => {
  await sendTo(topics(), topics().name.foreign, [{ key: 'x', value: 'hello', partition: 0, headers: {} }]);
  const consumer = newConsumer('foreign', undefined, { topic: topics().name.foreign });
  await consumer.start();
  await until(() => consumer.status().state === 'failed');
  expect(consumer.status().error).toMatchObject({ code: 'RECORD_NOT_OURS' });
});

describe('a fact that cannot be applied', () => {
  it('holds only its own case back, and a retry drains the case in order', async () => {
    let broken = true;
    const poison = aFact('Poison');
    const consumer = newConsumer('poisoned', (event) => {
      if (broken && event.eventId === poison.eventId)
        throw Object.assign(new Error('text with data'), { code: 'BROKEN' });
    });
    await consumer.start();
    await feed.publish(aboutCase(30), aboutCase(31));
    await feed.publish(aboutCase(30, poison));
    for (let i = 0; i < 5; i++) await feed.publish(aboutCase(30), aboutCase(31));
    await until(async () => (await versionsOf('poisoned', 31)).length === 6);
    expect(await versionsOf('poisoned', 30)).toEqual([1]);
    await until(async () => (await listParked(database().pool))[0]?.rows === 6);
    expect(await listParked(database().pool)).toEqual([
      expect.objectContaining({
        consumer: 'poisoned',
        key: caseId(30),
        rows: 6,
        attempts: 3,
        errorCode: 'BROKEN',
        retryRequestedAt: null,
      }),
    ]);
    const of = { consumer: 'poisoned', topic: topics().name.intake, key: caseId(30) };
    expect(await retryParked(database().pool, of)).toBe(true);
    await until(async () => (await listParked(database().pool))[0]?.attempts === 4);
    expect(await versionsOf('poisoned', 30)).toEqual([1]);
    broken = false;
    await retryParked(database().pool, of);
    await expectWhole('poisoned');
    expect(await versionsOf('poisoned', 30)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await listParked(database().pool)).toEqual([]);
    expect(await retryParked(database().pool, of)).toBe(false);
  });

  it('is held when an earlier fact is not there yet, and drained unasked', async () => {
    let known = false;
    const consumer = newConsumer('early', (event) => {
      if (!known && event.type === 'TooEarly') throw new NotYet('CASE_NOT_KNOWN');
    });
    await consumer.start();
    await feed.publish(aboutCase(40, aFact('TooEarly')), aboutCase(41));
    await feed.publish(aboutCase(40), aboutCase(41));
    await until(async () => (await versionsOf('early', 41)).length === 2);
    await until(async () => (await listParked(database().pool))[0]?.rows === 2);
    expect(await listParked(database().pool)).toEqual([
      expect.objectContaining({ consumer: 'early', key: caseId(40), attempts: 0, errorCode: 'NOT_YET_CASE_NOT_KNOWN' }),
    ]);
    known = true;
    await until(async () => (await versionsOf('early', 40)).length === 2);
    await expectWhole('early');
    expect(consumer.status()).toMatchObject({ state: 'running', notYet: 1, drained: 2 });
  });

  it('stops the consumer when more than twenty cases are hit: that is a bug, not poison', async () => {
    const consumer = newConsumer(
      'outage',
      () => {
        throw new TypeError('x of undefined');
      },
      { poison: { retryAfterMs: [] } },
    );
    await feed.publish(...Array.from({ length: 60 }, (_, i) => aboutCase(100 + i)));
    await consumer.start();
    await until(() => consumer.status().state === 'failed');
    expect(consumer.status().error).toMatchObject({ code: 'TOO_MANY_PARKED' });
    const parked = (await listParked(database().pool)).filter((key) => key.consumer === 'outage');
    // The twenty-first stops it; the other partition's lane may have one in hand.
    expect([21, 22]).toContain(parked.length);
    expect(parked[0]).toMatchObject({ errorCode: 'TypeError', attempts: 1 });
  });

  it('is tried for ever when the server is away', async () => {
    let failures = 0;
    const consumer = newConsumer('patient', () => {
      if (failures++ < 4) throw Object.assign(new Error('deadlock'), { code: '40P01' });
    });
    await consumer.start();
    await expectWhole('patient');
    expect(failures).toBeGreaterThan(4);
    expect(consumer.status()).toMatchObject({ state: 'running', parked: 0 });
  });
});

it('has the server end a transaction in which the process froze, so that another member can go on', async () => {
  let limit: string | undefined;
  const consumer = newConsumer('limited', async (_, client) => {
    const sql = `select current_setting('idle_in_transaction_session_timeout') as limit`;
    limit = (await client.query<{ limit: string }>(sql)).rows[0]?.limit;
  });
  await consumer.start();
  await until(() => limit !== undefined);
  expect(limit).toBe('10s');
});

it('stops and says so', async () => {
  const consumer = newConsumer('plain');
  await consumer.start();
  await consumer.stop();
  expect(consumer.status()).toMatchObject({ state: 'stopped', partitions: 0 });
});
