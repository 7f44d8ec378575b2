import { randomUUID } from 'node:crypto';
import { withLogs } from '../test/database';
import { anEvent, aRequest } from '../test/requests';
import { EventLog } from './event-log';
import { expected, type AppendRequest } from './types';

const database = withLogs();
let log: EventLog;
beforeAll(() => (log = new EventLog({ pool: database().pool })));
afterAll(() => log.close());

const stream = (): string => `case-${randomUUID()}`;
/** Alone the request goes to append_one(), with a mate to append(): both must say the same. */
const ways: [string, (request: AppendRequest) => ReturnType<EventLog['append']>][] = [
  ['alone', (request) => log.append(request)],
  ['in a batch', inABatch],
];
async function inABatch(request: AppendRequest): ReturnType<EventLog['append']> {
  const single = new EventLog({ pool: database().pool, inFlight: 1 });
  const first = single.append(aRequest(stream()));
  const [answer, mate] = await Promise.all([single.append(request), single.append(aRequest(stream())), first]);
  expect(mate.status).toBe('appended');
  return answer;
}

describe.each(ways)('a request %s', (_, append) => {
  it('for no stream is appended once, and in conflict with a stream that exists', async () => {
    const id = stream();
    expect(await append(aRequest(id, { expected: expected.noStream }))).toMatchObject({
      status: 'appended',
      version: 1,
    });
    expect(await append(aRequest(id, { expected: expected.noStream }))).toEqual({ status: 'conflict', version: 1 });
  });

  it('for an exact version is appended at it, and told the actual version otherwise', async () => {
    const id = stream();
    await log.append(aRequest(id, { events: [anEvent(), anEvent(), anEvent()] }));
    expect(await append(aRequest(id, { expected: expected.exactly(2) }))).toEqual({ status: 'conflict', version: 3 });
    expect(await append(aRequest(id, { expected: expected.exactly(3) }))).toMatchObject({
      status: 'appended',
      version: 4,
    });
    expect(await append(aRequest(id, { expected: expected.exactly(9) }))).toEqual({ status: 'conflict', version: 4 });
  });

  it('for any version never conflicts', async () => {
    const id = stream();
    expect(await append(aRequest(id))).toMatchObject({ status: 'appended', version: 1 });
    expect(await append(aRequest(id))).toMatchObject({ status: 'appended', version: 2 });
  });

  it('for an existing stream needs one', async () => {
    const id = stream();
    expect(await append(aRequest(id, { expected: expected.streamExists }))).toEqual({ status: 'conflict', version: 0 });
    await log.append(aRequest(id));
    expect(await append(aRequest(id, { expected: expected.streamExists }))).toMatchObject({ status: 'appended' });
  });

  it('that is sent again appends nothing and gets its first answer', async () => {
    const first = aRequest(stream(), { result: { number: 'K7' } });
    const answer = await append(first);
    const again = aRequest(first.streamId, { commandId: first.commandId, result: { number: 'another' } });
    expect(await append(again)).toEqual({ ...answer, status: 'repeated' });
    expect((await log.readStream(first.streamId)).map((e) => e.version)).toEqual([1]);
  });

  it('with a known id and another body is told so, and nothing of the first', async () => {
    const first = aRequest(stream());
    await append(first);
    const other = aRequest(first.streamId, { commandId: first.commandId, requestHash: 'other' });
    expect(await append(other)).toEqual({ status: 'key_reused' });
  });

  it.each([
    ['stored', null, 'hash'],
    ['sent', 'hash', null],
  ])('counts as repeated when the %s hash is unknown', async (_which, stored, sent) => {
    const first = aRequest(stream(), { requestHash: stored });
    await append(first);
    expect(await append({ ...first, requestHash: sent })).toMatchObject({ status: 'repeated' });
  });

  it('keeps the exact bytes of its json', async () => {
    const data = { z: 1, a: [1.5, 'é\n"\\', '\u0000', '\ud83d\ude00'], a2: { y: null, x: '  ' }, '': 1e21 };
    const request = aRequest(stream(), { events: [anEvent(data)] });
    await append(request);
    const { rows } = await database().pool.query(
      'select data::text as data, meta::text as meta from log.events where stream_id = $1',
      [request.streamId],
    );
    expect(rows).toEqual([{ data: JSON.stringify(data), meta: JSON.stringify(request.events[0]?.meta) }]);
    expect((await log.readStream(request.streamId))[0]?.data).toEqual(data);
  });

  it('keeps occurredAt to the microsecond, whatever zone it was said in', async () => {
    const events = [anEvent(), { ...anEvent(), occurredAt: '2026-03-02T08:02:03.5+07:00' }];
    const request = aRequest(stream(), { events });
    await append(request);
    const seen = (await log.readStream(request.streamId)).map((e) => e.occurredAt);
    expect(seen).toEqual(['2026-03-02T01:02:03.123456Z', '2026-03-02T01:02:03.500000Z']);
  });
});

describe('an append', () => {
  it('in conflict does not spoil its batch mates', async () => {
    const single = new EventLog({ pool: database().pool, inFlight: 1 });
    const before = await log.head();
    const first = single.append(aRequest(stream()));
    const answers = await Promise.all([
      single.append(aRequest(stream())),
      single.append(aRequest(stream(), { expected: 5 })),
      single.append(aRequest(stream())),
      first,
    ]);
    expect(answers.map((a) => a.status)).toEqual(['appended', 'conflict', 'appended', 'appended']);
    expect(await log.head()).toBe(before + 3n);
  });

  it('at the same version twice at once: one is appended, the other told version 4', async () => {
    const id = stream();
    await log.append(aRequest(id, { events: [anEvent(), anEvent(), anEvent()] }));
    const both = await Promise.all([3, 3].map((version) => log.append(aRequest(id, { expected: version }))));
    expect(both).toEqual([
      expect.objectContaining({ status: 'appended', version: 4 }),
      { status: 'conflict', version: 4 },
    ]);
  });

  it('of the same command twenty times at once in two pools is stored once', async () => {
    const other = new EventLog({ pool: database().pool });
    const request = aRequest(stream());
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? log : other).append(request)));
    expect(answers.filter((a) => a.status === 'appended')).toHaveLength(1);
    expect(answers.filter((a) => a.status === 'repeated')).toHaveLength(19);
    expect(new Set(answers.map((a) => JSON.stringify(a, ['version', 'result', 'caseId']))).size).toBe(1);
  });

  it.each([1, 2])('refuses an event of more than 64 kB before its %s batch mate can notice', async (mates) => {
    const most = { text: 'x'.repeat(65_536 - JSON.stringify({ text: '' }).length) };
    const more = { text: `${most.text}x` };
    const answers = await Promise.allSettled([
      log.append(aRequest(stream(), { events: [anEvent(more)] })),
      ...Array.from({ length: mates }, () => log.append(aRequest(stream(), { events: [anEvent(most)] }))),
    ]);
    expect(answers[0]).toMatchObject({ status: 'rejected', reason: { code: 'EVENT_TOO_LARGE' } });
    for (const mate of answers.slice(1)) expect(mate).toMatchObject({ value: { status: 'appended' } });
  });

  it.each([
    ['no events', { events: [] }],
    ['data that is not JSON', { events: [{ ...anEvent(), data: undefined }] }],
    ['a bigint in its data', { events: [anEvent({ n: 1n })] }],
  ])('refuses %s', async (_, part) => {
    await expect(log.append(aRequest(stream(), part))).rejects.toMatchObject({ code: 'INVALID_APPEND' });
  });

  it('goes to its own log: positions of one say nothing about the other', async () => {
    const restricted = new EventLog({ pool: database().pool, schema: 'log_restricted' });
    const open = await log.head();
    const head = await restricted.head();
    await restricted.append(aRequest(stream()));
    expect([await log.head(), await restricted.head()]).toEqual([open, head + 1n]);
  });

  it('wakes the listeners with the head it made, until they leave', async () => {
    const heads: bigint[] = [];
    const leave = log.onAppended((head) => heads.push(head));
    await log.append(aRequest(stream(), { events: [anEvent(), anEvent()] }));
    expect(heads).toEqual([await log.head()]);
    leave();
    await log.append(aRequest(stream()));
    expect(heads).toHaveLength(1);
  });
});

describe('appendAll', () => {
  it('appends to several streams with positions in order, and repeats as a whole', async () => {
    const requests = [aRequest(stream()), aRequest(stream(), { events: [anEvent(), anEvent()] })];
    const head = await log.head();
    const answers = await log.appendAll(requests);
    expect(answers).toMatchObject([
      { status: 'appended', position: head + 1n },
      { status: 'appended', position: head + 3n, version: 2 },
    ]);
    expect((await log.appendAll(requests)).map((a) => a.status)).toEqual(['repeated', 'repeated']);
    expect(await log.appendAll([])).toEqual([]);
  });

  it('stores nothing when one is refused, and says which', async () => {
    const head = await log.head();
    const refused = log.appendAll([aRequest(stream()), aRequest(stream(), { expected: 7 })]);
    await expect(refused).rejects.toMatchObject({
      code: 'APPEND_REFUSED',
      outcomes: [{ status: 'appended' }, { status: 'conflict', version: 0 }],
    });
    expect(await log.head()).toBe(head);
  });

  it('refuses two requests for one stream', async () => {
    const id = stream();
    await expect(log.appendAll([aRequest(id), aRequest(id)])).rejects.toMatchObject({ code: '23505' });
    expect(await log.readStream(id)).toEqual([]);
  });
});
