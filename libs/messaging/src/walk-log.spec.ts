import { keepCopy, putBack, withTopics } from '@garda/testing';
import { withService } from '../test/database';
import { aboutCase } from '../test/facts';
import { Feed, sendAgain, sendTo } from '../test/feed';
import { readTopic } from '../test/kafka';
import type { WalkOptions } from './walk';
import { walkLog } from './walk-log';

jest.setTimeout(30_000);

const database = withService();
const topics = withTopics({ intake: 3, holed: 3, short: 3 });
const walk = (more: Partial<WalkOptions> = {}) =>
  walkLog({
    ...{ pool: database().pool, schema: 'log', topic: topics().name.intake, kafka: topics().kafka },
    ...{ context: 'intake', groupPrefix: 'test-walk-' },
    ...more,
  });

beforeAll(async () => {
  const feed = await Feed.start(database(), topics(), topics().name.intake);
  await feed.publish(...Array.from({ length: 90 }, (_, i) => aboutCase(i % 25)));
  await feed.stop();
  await keepCopy(database());
});

it('finds nothing in a whole log and its topic, repeats included, and gives the log a digest', async () => {
  const onProgress = jest.fn();
  const first = await walk({ onProgress });
  expect(first).toEqual({
    topic: topics().name.intake,
    events: 90,
    records: 90,
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(onProgress).toHaveBeenLastCalledWith(180, 180);
  await sendAgain(topics(), topics().name.intake, 1, 10);
  expect(await walk()).toEqual({ ...first, records: 100 });
});

describe('names the first wrong position of the log', () => {
  afterEach(() => putBack(database()));
  const damage = (sql: string) => database().ownerPool.query(sql);

  it.each([
    ['a row is gone', 'delete from log.events where position = 40', 40, 'POSITION_MISSING'],
    [
      'the clock ran back',
      `update log.events set recorded_at = '2001-01-01' where position = 41`,
      41,
      'CLOCK_RAN_BACK',
    ],
    ['a version is skipped', 'update log.events set version = 9 where position = 77', 77, 'VERSION_MISSING'],
  ])('%s', async (_, sql, position, code) => {
    await damage(sql);
    expect(await walk()).toMatchObject({ records: 0, finding: { in: 'log', position: String(position), code } });
  });

  it('a fact is not what its contract says', async () => {
    await damage(`update log.events set type = 'Nonsense' where position in (50, 60)`);
    const check: WalkOptions['check'] = ({ type }) => (type === 'Nonsense' ? 'EVENT_INVALID' : undefined);
    expect((await walk({ check })).finding).toEqual({ in: 'log', position: '50', code: 'EVENT_INVALID' });
  });

  it('its digest tells any changed column', async () => {
    const { digest } = await walk();
    await damage(`update log.events set occurred_at = occurred_at + interval '1 microsecond' where position = 90`);
    expect((await walk()).digest).not.toBe(digest);
  });
});

describe('names the first wrong position of the topic', () => {
  afterEach(() => putBack(database()));
  const damage = (sql: string) => database().ownerPool.query(sql);

  it('a record is not its row, by one byte', async () => {
    await damage(`update log.events set data = '{"note":"seem"}' where position in (70, 33)`);
    expect((await walk()).finding).toEqual({ in: 'topic', position: '33', code: 'RECORD_DIFFERS' });
  });

  it('the topic knows more than the log', async () => {
    await damage('delete from log.events where position > 88');
    expect((await walk()).finding).toEqual({ in: 'topic', position: '89', code: 'RECORD_WITHOUT_ROW' });
  });

  /** The same topic again without one record, its numbers dense all the same. */
  const copyWithout = async (topic: string, position: bigint) => {
    for (const [partition, records] of await readTopic(topics(), topics().name.intake)) {
      const first = records.filter((one, i) => records.findIndex(({ seq }) => seq === one.seq) === i);
      const kept = first.filter(({ event }) => event.position !== position);
      const numbered = kept.map((one, i) => ({ ...one, partition, headers: { ...one.headers, seq: String(i + 1) } }));
      await sendTo(topics(), topic, numbered);
    }
    await database().ownerPool.query(`insert into log.relay_checkpoint values ($1, 90, '{0,0,0}', '{0,0,0}')`, [topic]);
  };

  it('a record was never written, though the numbers are dense', async () => {
    const topic = topics().name.holed;
    await copyWithout(topic, 45n);
    expect((await walk({ topic })).finding).toEqual({ in: 'topic', position: '45', code: 'RECORD_DIFFERS' });
  });

  it('the last record that was relayed is not there', async () => {
    const topic = topics().name.short;
    await copyWithout(topic, 90n);
    expect((await walk({ topic })).finding).toEqual({ in: 'topic', position: '90', code: 'RECORD_MISSING' });
  });

  it('somebody else wrote there', async () => {
    const [record] = [...(await readTopic(topics(), topics().name.intake)).values()].flat();
    if (record === undefined) throw new Error('the topic is empty');
    const { key, value } = record;
    const headers = { seq: record.headers['seq'] ?? '' };
    await sendTo(topics(), topics().name.intake, [{ key, value, partition: 0, headers }]);
    expect((await walk()).finding).toEqual({ in: 'topic', position: '0', code: 'RECORD_NOT_OURS' });
  });
});

it('can be broken off', async () => {
  await expect(walk({ signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
});
