import { EventLog } from '@garda/event-store';
import { withTopics, until } from '@garda/testing';
import { withService } from '../test/database';
import { aboutCase } from '../test/facts';
import { ownClient, readTopic } from '../test/kafka';
import { sendTo } from '../test/feed';
import { Relay } from './relay';
import { verifyLog } from './verify-log';

jest.setTimeout(30_000);

const database = withService();
const topics = withTopics({ intake: 3, other: 3, emptied: 3 });
let log: EventLog;

const check = (name: 'intake' | 'other' | 'emptied' = 'intake', topic = topics().name[name]): Promise<void> =>
  verifyLog({ pool: database().pool, schema: 'log', topic, kafka: topics().kafka, groupPrefix: 'test-verify-' });

const checkpointOf = (topic: string) =>
  database().pool.query<{ position: string; seqs: string[]; next_offsets: string[] }>(
    'select position, seqs, next_offsets from log.relay_checkpoint where topic = $1',
    [topic],
  );

async function relay(name: 'intake' | 'other', afterSend?: () => void): Promise<void> {
  const relaying = new Relay({
    pool: database().pool,
    schema: 'log',
    topic: topics().name[name],
    context: 'intake',
    kafka: ownClient(topics()),
    ...(afterSend === undefined ? {} : { afterSend }),
  });
  await relaying.start();
  const head = await log.head();
  await until(() => relaying.status().position === head || relaying.status().failures > 0);
  await relaying.stop();
}

beforeAll(() => {
  log = new EventLog({ pool: database().pool });
});
afterAll(() => log.close());

it('makes the checkpoint at the first start, with an entry for each partition', async () => {
  await check();
  expect((await checkpointOf(topics().name.intake)).rows).toEqual([
    { position: '0', seqs: ['0', '0', '0'], next_offsets: ['0', '0', '0'] },
  ]);
  await check();
});

it('passes when topic and log agree', async () => {
  await Promise.all(Array.from({ length: 40 }, (_, i) => log.append(aboutCase(i))));
  await relay('intake');
  await check();
});

it('passes over a surplus that the log has: a crash between send and checkpoint', async () => {
  const before = (await checkpointOf(topics().name.intake)).rows;
  await Promise.all(Array.from({ length: 20 }, (_, i) => log.append(aboutCase(i))));
  await relay('intake', () => {
    throw new Error('killed');
  });
  expect((await checkpointOf(topics().name.intake)).rows).toEqual(before);
  await check();
  await relay('intake');
  await check();
});

it('leaves no consumer group behind', async () => {
  const admin = topics().kafka.admin();
  await admin.connect();
  const { groups } = await admin.listGroups();
  await admin.disconnect();
  expect(groups.filter((group) => group.groupId.startsWith('test-verify-'))).toEqual([]);
});

it('refuses a log that is behind its topic: a backup was restored', async () => {
  await check('other');
  await relay('other');
  const records = [...(await readTopic(topics(), topics().name.other)).values()].flat();
  const [last] = [...records].sort((a, b) => Number(b.event.position - a.event.position));
  if (last === undefined) throw new Error('the topic is empty');
  // One fact more than the log ever had, and one at a known position with another event: a fork.
  const fork = { ...last.headers, ce_id: '99999999-9999-4999-8999-999999999999', seq: String(last.seq + 1n) };
  const partition = last.event.keyHash % 3;
  await sendTo(topics(), topics().name.other, [{ key: last.key, value: last.value, partition, headers: fork }]);
  await expect(check('other')).rejects.toMatchObject({ code: 'TOPIC_AHEAD_OF_LOG', topic: topics().name.other });
});

it('refuses a topic that lost records', async () => {
  await database().pool.query(
    `insert into log.relay_checkpoint (topic, position, seqs, next_offsets) values ($1, 10, '{4,3,3}', '{4,3,3}')`,
    [topics().name.emptied],
  );
  await expect(check('emptied')).rejects.toMatchObject({ code: 'TOPIC_BEHIND_LOG' });
});

it('refuses another number of partitions than the numbers were given for', async () => {
  await database().pool.query(
    `update log.relay_checkpoint set seqs = '{4,3}', next_offsets = '{4,3}' where topic = $1`,
    [topics().name.emptied],
  );
  await expect(check('emptied')).rejects.toMatchObject({ code: 'PARTITIONS_DIFFER' });
});

it('refuses a log that ends before what was relayed or projected', async () => {
  const head = await log.head();
  await database().pool.query(
    `insert into consume.projection_cursor (projection, version, log, position) values ('case_state', 1, 'log', $1)`,
    [head + 1n],
  );
  await expect(check()).rejects.toMatchObject({ code: 'CHECKPOINT_AHEAD_OF_LOG' });
  await database().pool.query('delete from consume.projection_cursor');
  await database().pool.query('update log.relay_checkpoint set position = $2 where topic = $1', [
    topics().name.intake,
    head + 1n,
  ]);
  await expect(check()).rejects.toMatchObject({ code: 'CHECKPOINT_AHEAD_OF_LOG' });
});
