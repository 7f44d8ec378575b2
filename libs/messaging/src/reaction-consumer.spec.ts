import { EventLog } from '@garda/event-store';
import { withTopics, until } from '@garda/testing';
import { withService } from '../test/database';
import { aboutCase, aFact, caseId, reactionTo } from '../test/facts';
import { Feed } from '../test/feed';
import { ownClient } from '../test/kafka';
import type { ConsumerOptions } from './consumer-core';
import { NotYet } from './errors';
import { listParked, retryParked } from './parking';
import type { Reaction } from './reaction-applier';
import { ReactionConsumer } from './reaction-consumer';

jest.setTimeout(60_000);

/** Two services: what `there` says is heard `here` and becomes facts of its own log. */
const there = withService();
const here = withService();
const topics = withTopics({ one: 1, four: 4 });
const feeds: Feed[] = [];
const started: ReactionConsumer[] = [];
let log: EventLog;
let feed: Feed;

beforeAll(async () => {
  log = new EventLog({ pool: here().pool });
  feed = await Feed.start(there(), topics(), topics().name.four);
  feeds.push(feed);
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((consumer) => consumer.stop()));
});
afterAll(async () => {
  await Promise.all(feeds.map((one) => one.stop()));
  await log.close();
});

/** Notes each fact in the same case of our own log. */
const noting = (name: string, part: Partial<Reaction> = {}): Reaction => ({
  name,
  topics: [topics().name.four],
  streamsOf: (event) => [event.streamId],
  react: (own, event) => reactionTo(event, own.length, aFact('Noted', { of: event.eventId })),
  ...part,
});

const newMember = (reaction: Reaction, more: Partial<ConsumerOptions> = {}): ReactionConsumer => {
  const consumer = new ReactionConsumer({
    kafka: ownClient(topics()),
    groupId: topics().groupId(reaction.name),
    pool: here().pool,
    log,
    reaction,
    poison: { retryAfterMs: [20, 40] },
    ...more,
  });
  started.push(consumer);
  return consumer;
};

/** The facts that were noted, in the order of our log. */
async function noted(): Promise<{ stream: string; of: string }[]> {
  const { rows } = await here().pool.query<{ stream: string; of: string }>(
    `select stream_id as stream, data->>'of' as of from log.events where type = 'Noted' order by position`,
  );
  return rows;
}

/** Each fact of the other log once, those of a case in their order, and our own log without a gap. */
async function expectOnceInOrder(): Promise<void> {
  const facts = await feed.log.readFrom(0n, 10_000);
  await until(async () => (await noted()).length >= facts.length, 40_000);
  const byStream = (rows: readonly { stream: string; of: string }[]): Map<string, string[]> => {
    const streams = new Map<string, string[]>();
    for (const { stream, of } of rows) streams.set(stream, [...(streams.get(stream) ?? []), of]);
    return new Map([...streams].sort());
  };
  expect(byStream(await noted())).toEqual(byStream(facts.map((e) => ({ stream: e.streamId, of: e.eventId }))));
  const own = await log.readFrom(0n, 20_000);
  expect(own.map((event) => event.position)).toEqual(own.map((_, i) => BigInt(i + 1)));
}

it('reacts to each fact once and in order, beside writers on the same streams and with members that come and go', async () => {
  let writing = true;
  const writer = async (): Promise<void> => {
    for (let n = 0; writing; n++) {
      await log.append(aboutCase(n % 5, aFact('Elsewhere')));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  const writers = [writer(), writer(), writer()];
  const reaction = noting('noting');
  const first = newMember(reaction);
  await first.start();
  const publish = async (): Promise<void> => {
    for (let i = 0; i < 15; i++) await feed.publish(...Array.from({ length: 20 }, (_, n) => aboutCase(n % 8)));
  };
  const published = publish();
  const second = newMember(reaction);
  await second.start();
  // A third one that believes it has every partition.
  const third = newMember(reaction, { groupId: topics().groupId('believer') });
  await third.start();
  await published;
  await first.stop();
  await feed.publish(...Array.from({ length: 20 }, (_, n) => aboutCase(n)));
  await expectOnceInOrder();
  writing = false;
  await Promise.all(writers);
  expect(first.status().conflicts + second.status().conflicts + third.status().conflicts).toBeGreaterThan(0);
});

it('answers a fact and wakes those who wait for our log', async () => {
  await newMember(noting('noting')).start();
  await expectOnceInOrder();
  for (let i = 0; i < 7; i++) {
    const heard = new Promise<bigint>((resolve) => {
      const off = log.onAppended((head) => {
        off();
        resolve(head);
      });
    });
    await feed.publish(aboutCase(3));
    expect(await heard).toBe(await log.head());
  }
});

it('moves its cursor over facts that need no answer', async () => {
  const head = await log.head();
  const quiet = newMember(
    noting('quiet', { react: () => undefined, streamsOf: (e) => (e.version % 2 === 0 ? [e.streamId] : []) }),
  );
  await quiet.start();
  const facts = Number(await feed.log.head());
  await until(() => quiet.status().applied === facts);
  expect(await log.head()).toBe(head);
  const { rows } = await here().pool.query<{ seqs: number }>(
    `select sum(seq)::int as seqs from consume.consumer_cursor where consumer = 'quiet'`,
  );
  expect(rows[0]?.seqs).toBe(facts);
});

it('holds a case that our log does not know yet, with all that follows, and drains it unasked', async () => {
  const known = newMember(
    noting('knowing', {
      react: (own, event) => {
        if (event.type !== 'Later') return undefined;
        if (own.length === 0) throw new NotYet('CASE_NOT_KNOWN');
        return reactionTo(
          { ...event, eventId: `${event.eventId}/knowing` },
          own.length,
          aFact('Known', { of: event.eventId }),
        );
      },
    }),
  );
  await known.start();
  const later = (n: number) => aboutCase(n, aFact('Later'));
  await feed.publish(later(70), later(71));
  await feed.publish(later(70), later(1));
  const answered = async (n: number): Promise<number> =>
    (await log.readStream(`case-${caseId(n)}`)).filter((e) => e.type === 'Known').length;
  await until(async () => (await answered(1)) === 1);
  await until(async () => (await listParked(here().pool)).reduce((sum, key) => sum + key.rows, 0) === 3);
  expect((await listParked(here().pool)).map(({ errorCode, attempts }) => ({ errorCode, attempts }))).toEqual([
    { errorCode: 'NOT_YET_CASE_NOT_KNOWN', attempts: 0 },
    { errorCode: 'NOT_YET_CASE_NOT_KNOWN', attempts: 0 },
  ]);
  await log.append(aboutCase(70, aFact('CaseKnown')));
  await until(async () => (await answered(70)) === 2);
  expect(await answered(71)).toBe(0);
  await log.append(aboutCase(71, aFact('CaseKnown')));
  await until(async () => (await answered(71)) === 1);
  expect(await listParked(here().pool)).toEqual([]);
  expect(known.status()).toMatchObject({ state: 'running', drained: 3 });
});

it('parks a case whose rule fails, and a retry drains it in order', async () => {
  let broken = true;
  const consumer = newMember(
    noting('failing', {
      react: (own, event) => {
        if (event.type !== 'Hard') return undefined;
        if (broken) throw new RangeError('a bug');
        return reactionTo(
          { ...event, eventId: `${event.eventId}/failing` },
          own.length,
          aFact('Solved', { of: event.eventId }),
        );
      },
    }),
  );
  await consumer.start();
  const facts = [aFact('Hard'), aFact('Hard'), aFact('Hard')];
  for (const fact of facts) await feed.publish(aboutCase(80, fact), aboutCase(81));
  await until(async () => (await listParked(here().pool))[0]?.rows === 3);
  const [parked] = await listParked(here().pool);
  expect(parked).toMatchObject({ consumer: 'failing', key: caseId(80), errorCode: 'RangeError', attempts: 3 });
  broken = false;
  await retryParked(here().pool, { consumer: 'failing', topic: topics().name.four, key: caseId(80) });
  await until(async () => (await listParked(here().pool)).length === 0);
  const solved = (await log.readStream(`case-${caseId(80)}`)).filter((e) => e.type === 'Solved');
  expect(solved.map((e) => e.data)).toEqual(facts.map((fact) => ({ of: fact.eventId })));
  expect(consumer.status()).toMatchObject({ state: 'running', drained: 3 });
});

it('stops when two facts lead to one command id: that is a bug', async () => {
  const id = '11111111-1111-4111-8111-111111111111';
  await log.append({ ...aboutCase(90), commandId: id, requestHash: 'one' });
  const consumer = newMember(
    noting('reusing', {
      react: (own, event) => ({ ...reactionTo(event, own.length, aFact()), commandId: id, requestHash: 'two' }),
    }),
  );
  await consumer.start();
  await until(() => consumer.status().state === 'failed');
  expect(consumer.status().error).toMatchObject({ code: 'COMMAND_ID_REUSED' });
});

it('counts what was already appended as done, so that a restored cursor doubles nothing', async () => {
  await here().pool.query(`update consume.consumer_cursor set seq = 0, next_offset = 0 where consumer = 'noting'`);
  const again = newMember(noting('noting'));
  await again.start();
  const facts = Number(await feed.log.head());
  await until(() => again.status().applied === facts);
  await expectOnceInOrder();
});

it('reacts in each stream that a fact concerns, in all of them or in none yet', async () => {
  const [one, other] = [`case-${caseId(91)}`, `case-${caseId(92)}`];
  const pairing = noting('pairing', {
    streamsOf: (event) => (event.type === 'Pair' ? [event.streamId, other] : []),
    react: (own, event, _now, stream) => {
      if (own.length === 0) throw new NotYet('CASE_NOT_KNOWN');
      const cause = { eventId: `${event.eventId}/${stream}`, streamId: stream };
      return reactionTo(cause, own.length, aFact('Paired', { of: event.eventId }));
    },
  });
  const consumer = newMember(pairing);
  await consumer.start();
  const paired = async () =>
    [...(await log.readStream(one)), ...(await log.readStream(other))].filter(({ type }) => type === 'Paired');
  await log.append(aboutCase(91, aFact('Elsewhere')));
  await feed.publish(aboutCase(91, aFact('Pair')));
  await until(() => consumer.status().notYet > 0, 20_000);
  expect(await paired()).toEqual([]); // the second stream is not there: nothing is said in the first one either
  await log.append(aboutCase(92, aFact('Elsewhere')));
  await until(async () => (await paired()).length === 2, 20_000);
  expect((await paired()).map(({ streamId }) => streamId)).toEqual([one, other]);
});
