import { randomUUID } from 'node:crypto';
import { commandId, EventLog } from '@garda/event-store';
import { keepCopy, putBack, withTopics, until } from '@garda/testing';
import { withService } from '../test/database';
import { aboutCase, aFact, caseId } from '../test/facts';
import { Feed, sendTo } from '../test/feed';
import { ownClient, readTopic } from '../test/kafka';
import { adoptLog } from './adopt-log';
import { ReactionConsumer } from './reaction-consumer';
import { Relay } from './relay';
import { verifyLog } from './verify-log';

jest.setTimeout(60_000);

const [elsewhere, database] = [withService(), withService()];
const topics = withTopics({ heard: 2, own: 3 });
const ours = () => ({
  pool: database().pool,
  schema: 'log' as const,
  topic: topics().name.own,
  kafka: topics().kafka,
  groupPrefix: 'test-adopt-',
});

/** Answers every fact it hears, whatever it has answered before: only the command id tells a repetition. */
const echo = () => ({
  name: 'echo@1',
  topics: [topics().name.heard],
  streamsOf: (event: { streamId: string }) => [event.streamId],
  react: (own: readonly unknown[], event: { eventId: string; streamId: string }) => {
    const id = commandId('echo', event.eventId);
    const fact = aFact('Echoed', { of: event.eventId });
    return {
      ...{ streamId: event.streamId, key: event.streamId.slice(5), commandId: id, requestHash: null, result: null },
      expected: own.length,
      events: [{ ...fact, meta: { ...fact.meta, commandId: id } }],
    };
  },
});

/** The service: a log, its relay and a reaction. */
async function start() {
  await verifyLog(ours());
  const log = new EventLog({ pool: database().pool });
  const relay = new Relay({ ...ours(), context: 'resolution', kafka: ownClient(topics()) });
  const hears = new ReactionConsumer({
    ...{ kafka: ownClient(topics()), groupId: topics().groupId('echo'), pool: database().pool, log },
    reaction: echo(),
  });
  await Promise.all([relay.start(), hears.start()]);
  const stop = async () => {
    await Promise.all([relay.stop(), hears.stop()]);
    await log.close();
  };
  const settled = async (facts: number) => {
    await until(async () => (await countOf('events')) >= facts);
    const head = await log.head();
    await until(() => relay.status().position === head);
  };
  return { log, hears, settled, stop };
}

const countOf = async (table: string): Promise<number> =>
  (await database().pool.query(`select count(*)::int as n from log.${table}`)).rows[0].n;
/** Every column of every row, as text. */
const everything = async () => ({
  events: (await database().pool.query('select e::text as row from log.events e order by position')).rows,
  commands: (
    await database().pool.query('select command_id, stream_id, version, position from log.commands order by position')
  ).rows,
  checkpoint: (await database().pool.query('select * from log.relay_checkpoint')).rows,
});

let feed: Feed;
let lost: Awaited<ReturnType<typeof everything>>;
beforeAll(async () => {
  feed = await Feed.start(elsewhere(), topics(), topics().name.heard);
  const before = await start();
  await feed.publish(...Array.from({ length: 20 }, (_, i) => aboutCase(i)));
  await before.settled(20);
  await before.stop();
  await keepCopy(database());
  const after = await start();
  await feed.publish(...Array.from({ length: 40 }, (_, i) => aboutCase(i % 25)));
  await after.settled(60);
  await after.stop();
  lost = await everything();
  await putBack(database());
});
afterAll(() => feed.stop());

it('a log that was put back to an older copy is refused, and healed from its topic', async () => {
  expect(await countOf('events')).toBe(20);
  await expect(verifyLog(ours())).rejects.toMatchObject({ code: 'TOPIC_AHEAD_OF_LOG' });
  const onProgress = jest.fn();
  const adopted = await adoptLog({ ...ours(), onProgress });
  const { recorded_at: recordedUpTo } = (
    await database().pool.query(
      `select to_char(max(recorded_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as recorded_at from log.events`,
    )
  ).rows[0];
  expect(adopted).toEqual({ topic: topics().name.own, from: '20', to: '60', events: 40, recordedUpTo });
  expect(onProgress).toHaveBeenLastCalledWith(40, 40);
  expect(await everything()).toEqual(lost);
  await verifyLog(ours());
});

it('after it no reaction is doubled, though every fact since the copy is heard again', async () => {
  const service = await start();
  await until(() => service.hears.status().applied >= 40);
  expect(await everything()).toEqual(lost);
  await feed.publish(aboutCase(3));
  await service.settled(61);
  await service.stop();
  expect(await countOf('events')).toBe(61);
});

it('changes nothing where nothing is missing', async () => {
  const before = await everything();
  expect(await adoptLog(ours())).toMatchObject({ from: '61', to: '61', events: 0 });
  expect(await everything()).toEqual(before);
});

describe('what is refused, with the log left as it was', () => {
  beforeEach(() => putBack(database()));

  const write = async (change: (last: { position: bigint }) => Record<string, string>) => {
    const records = [...(await readTopic(topics(), topics().name.own)).values()].flat();
    const last = records.reduce((a, b) => (a.event.position > b.event.position ? a : b));
    const partition = last.event.keyHash % 3;
    const { key, value, headers } = last;
    await sendTo(topics(), topics().name.own, [
      { key, value, partition, headers: { ...headers, ...change(last.event) } },
    ]);
  };

  it('a position that no record has', async () => {
    await write(({ position }) => ({ ce_id: randomUUID(), position: String(position + 2n), seq: '900' }));
    await expect(adoptLog(ours())).rejects.toMatchObject({
      code: 'RECORDS_MISSING',
      message: expect.stringContaining('position 62'),
    });
    expect(await countOf('events')).toBe(20);
  });

  it('a log that has gone another way since', async () => {
    const log = new EventLog({ pool: database().pool });
    await log.append(aboutCase(1, aFact('Forked', { note: caseId(1) })));
    await log.close();
    await expect(adoptLog(ours())).rejects.toMatchObject({
      code: 'LOG_FORKED',
      message: expect.stringContaining('position 21'),
    });
    expect(await countOf('events')).toBe(21);
  });
});
