import { randomUUID } from 'node:crypto';
import type { Walked } from '@garda/messaging';
import type { AdoptReport } from '@garda/service';
import { clientFor, createTopics, keepCopy, putBack, testKafka } from '@garda/testing';
import { program, withIntake, type Reply } from '../test/harness';
import { residence, submit } from '../test/submissions';

jest.setTimeout(90_000);

const running = withIntake();
const operate = (path: string, verb: string, body: object = {}) =>
  running().internal(`/operations/${path}`, { actor: program('operations'), verb }, body);
/** By somebody who cannot be told anything: nothing follows of itself. */
const hand = (headers: Record<string, string> = {}) => submit(running(), residence, headers);
const look = async (id: string): Promise<Reply> => {
  const token = await running().tokenFor({ actor: program('operations'), verb: 'log.verify' });
  return running().get(`/operations/work/${id}`, { authorization: `Bearer ${token}` });
};
/** Begins long work and waits for its end. */
const outcome = async <T>(path: string, verb: string): Promise<T> => {
  const begun = await operate(path, verb);
  expect(begun.status).toBe(202);
  for (;;) {
    const { json } = await look(String(begun.json['id']));
    if (json['state'] !== 'running') return json['result'] as T;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
const head = async () => (await running().database.pool.query('select count(*)::int as n from log.events')).rows[0].n;
const relayed = () =>
  running().until(async () => {
    const { rows } = await running().database.pool.query(
      'select min(position)::int = (select max(position) from log.events) as all from log.relay_checkpoint where position > 0',
    );
    return rows[0].all === true;
  });

it('a log put back to an older copy: refused, healed over HTTP, and then as if nothing had happened', async () => {
  const before = await hand();
  await relayed();
  const key = randomUUID();
  await running().restart(() => keepCopy(running().database));
  const lost = await hand({ 'idempotency-key': key });
  for (let i = 0; i < 3; i += 1) await hand();
  await relayed();
  const facts = await head();
  const [whole] = await outcome<Walked[]>('log/verify', 'log.verify');
  await running().restart(() => putBack(running().database));

  expect(running().service.runtime.state).toBe('refused');
  const refused = await running().post('/cases', residence);
  expect([refused.status, refused.json['code'], refused.json['detail']]).toEqual([
    503,
    'LOG_NOT_VERIFIED',
    'TOPIC_AHEAD_OF_LOG',
  ]);
  const [seen] = await outcome<Walked[]>('log/verify', 'log.verify');
  expect(seen?.finding).toMatchObject({ in: 'topic', code: 'RECORD_WITHOUT_ROW' });

  expect(await outcome<AdoptReport>('log/adopt', 'log.adopt')).toMatchObject({
    adopted: [{ to: String(facts), recordedUpTo: expect.stringMatching(/Z$/) }, { events: 0 }],
    lost: { peopleWithoutKey: 4 },
    state: 'running',
  });
  const [healed] = await outcome<Walked[]>('log/verify', 'log.verify');
  expect(healed).toMatchObject({ events: facts, digest: whole?.digest });
  expect(healed).not.toHaveProperty('finding');

  // The citizen's repetition is answered from the first time, though nothing but the topic knew of it.
  const again = await hand({ 'idempotency-key': key });
  expect([again.caseId, again.number, again.trackingCode]).toEqual([lost.caseId, lost.number, lost.trackingCode]);
  expect(await head()).toBe(facts);
  // And no number is given twice.
  const next = await hand();
  const numbers = (
    await running().database.pool.query(`select data->>'number' as number from log.events where type = 'CaseSubmitted'`)
  ).rows.map((row) => row.number);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers).toEqual(expect.arrayContaining([before.number, lost.number, next.number]));
});

it('a service that runs has nothing to adopt, and an unknown topic cannot be sent again', async () => {
  const adopt = await operate('log/adopt', 'log.adopt');
  expect([adopt.status, adopt.json['code'], adopt.json['detail']]).toEqual([409, 'NOTHING_TO_ADOPT', 'running']);
  const rewind = await operate('relay/rewind', 'relay.rewind', { topic: 'garda.other.v1', position: '1' });
  expect([rewind.status, rewind.json['code']]).toEqual([404, 'TOPIC_UNKNOWN']);
  await relayed();
  const own = { topic: (await running().database.pool.query('select topic from log.relay_checkpoint')).rows[0].topic };
  const late = await operate('relay/rewind', 'relay.rewind', { ...own, position: '999' });
  expect([late.status, late.json['code']]).toEqual([409, 'POSITION_NOT_RELAYED']);
  const done = await operate('relay/rewind', 'relay.rewind', { ...own, position: '2' });
  expect([done.status, done.json]).toEqual([200, { from: String(await head()), to: '1' }]);
  expect((await look(randomUUID())).status).toBe(404);
  expect((await operate('log/adopt', 'log.verify')).json['code']).toBe('TOKEN_NOT_FOR_THIS');
});

it('one walk at a time', async () => {
  const [first, second] = await Promise.all([1, 2].map(() => operate('log/verify', 'log.verify')));
  const refused = [first, second].find((one) => one?.status === 409);
  expect(refused?.json['code']).toBe('WORK_UNDER_WAY');
});

it('a topic that was lost and made again: refused, filled again over HTTP, and whole', async () => {
  await relayed();
  const { rows } = await running().database.pool.query('select topic from log.relay_checkpoint');
  const topic = String(rows[0].topic);
  const admin = clientFor(testKafka()).admin();
  await admin.connect();
  const renew = () => operate('topic/renew', 'topic.renew', { topic });
  expect((await renew()).json['code']).toBe('TOPIC_NOT_EMPTY');
  await running().restart(async () => {
    await admin.deleteTopics({ topics: [topic] });
    await createTopics(admin, [{ topic, numPartitions: 3, replicationFactor: 1 }]);
  });
  const { runtime } = running().service;
  expect([runtime.state, runtime.reason]).toEqual(['refused', 'PARTITIONS_DIFFER']);
  expect((await renew()).json['code']).toBe('PARTITIONS_DIFFER');
  await admin.deleteTopics({ topics: [topic] });
  await createTopics(admin, [{ topic, numPartitions: 4, replicationFactor: 1 }]);
  await admin.disconnect();
  expect([await runtime.verifyAgain(), runtime.reason]).toEqual(['refused', 'TOPIC_BEHIND_LOG']);
  expect((await renew()).json).toEqual({ from: String(await head()), state: 'running' });
  await hand();
  await relayed();
  const [walked] = await outcome<Walked[]>('log/verify', 'log.verify');
  expect(walked).toMatchObject({ events: await head(), records: await head() });
  expect(walked).not.toHaveProperty('finding');
  expect((await operate('topic/reread', 'topic.renew', { topic: 'garda.other.v1' })).json).toEqual({ cursors: 0 });
});
