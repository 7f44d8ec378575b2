import { withLogs } from '../test/database';
import { anEvent, aRequest } from '../test/requests';
import { encodeBatch } from './encode';
import { EventLog } from './event-log';
import { reactSql } from './statements';
import type { AppendRequest } from './types';

const database = withLogs();
const cursor = ['routing-reactions', 'garda.intake.v1', 0];

beforeAll(() =>
  database().pool.query('insert into consume.consumer_cursor (consumer, topic, partition) values ($1, $2, $3)', cursor),
);

const react = async (revision: number, seq: number, requests: readonly AppendRequest[]): Promise<string | null> => {
  const values = [...cursor, revision, seq, seq + 100, ...encodeBatch(requests)];
  return (await database().pool.query<{ head: string | null }>({ ...reactSql('log'), values })).rows[0]?.head ?? null;
};
const state = async () => {
  const { rows } = await database().pool.query(`
    select c.seq::int, c.next_offset::int, c.revision::int, (select count(*)::int from log.events) as events
      from consume.consumer_cursor c`);
  return rows[0];
};

it('moves the cursor and appends in one statement, and answers the head', async () => {
  expect(await react(0, 1, [aRequest('r-1'), aRequest('r-2', { events: [anEvent(), anEvent()] })])).toBe('3');
  expect(await state()).toEqual({ seq: 1, next_offset: 101, revision: 1, events: 3 });
});

it('moves the cursor over records that need nothing', async () => {
  expect(await react(1, 5, [])).toBeNull();
  expect(await state()).toMatchObject({ seq: 5, revision: 2, events: 3 });
});

it('appends nothing when the cursor was moved by another (GA001)', async () => {
  await expect(react(1, 6, [aRequest('r-3')])).rejects.toMatchObject({ code: 'GA001' });
  expect(await state()).toMatchObject({ seq: 5, revision: 2, events: 3 });
});

it('moves nothing when one append is refused (GA002), and says which', async () => {
  const refused = react(2, 6, [aRequest('r-3'), aRequest('r-1', { expected: 0 })]);
  await expect(refused).rejects.toMatchObject({
    code: 'GA002',
    detail: expect.stringMatching(/"status" : \["appended","conflict"\].*"version" : \[1,1\]/),
  });
  expect(await state()).toMatchObject({ seq: 5, revision: 2, events: 3 });
});

it('counts a repeated append as done', async () => {
  const log = new EventLog({ pool: database().pool });
  const request = aRequest('r-4', { expected: 0 });
  await log.append(request);
  expect(await react(2, 6, [request])).toBe('4');
  expect(await state()).toMatchObject({ seq: 6, revision: 3, events: 4 });
});
