import { withLogs } from '../test/database';
import { anEvent, aRequest } from '../test/requests';
import { EventLog } from './event-log';
import { keyHash } from './ids';

const database = withLogs();
let log: EventLog;
beforeAll(() => (log = new EventLog({ pool: database().pool })));
afterAll(() => log.close());

it('load answers stream, command and clock in one statement', async () => {
  const request = aRequest('case-1', { events: [anEvent({ n: 1 }), anEvent({ n: 2 })], key: 'key-1' });
  const appended = await log.append(request);
  const statements = jest.spyOn(database().pool, 'query');
  const loaded = await log.load('case-1', request.commandId);
  expect(statements).toHaveBeenCalledTimes(1);
  statements.mockRestore();
  const { version, position, result } = appended as Extract<typeof appended, { status: 'appended' }>;
  expect(loaded.command).toEqual({ version, position, result, requestHash: 'hash' });
  expect(loaded.now >= (loaded.events[1]?.recordedAt ?? '')).toBe(true);
  expect(loaded.events).toEqual(
    request.events.map((event, i) => ({
      ...event,
      streamId: 'case-1',
      version: i + 1,
      position: position - 1n + BigInt(i),
      keyHash: keyHash('key-1'),
      recordedAt: expect.stringMatching(/^\d{4}.*\.\d{6}Z$/),
    })),
  );
});

it('load of a stream without events, or of a command without a row, is empty', async () => {
  expect(await log.load('none', '0199c0de-0000-7000-8000-00000000dead')).toEqual({
    events: [],
    now: expect.any(String),
  });
  expect((await log.load('case-1')).command).toBeUndefined();
});

it('a command is found even when its own stream is not the one asked for', async () => {
  const request = aRequest('case-2');
  await log.append(request);
  expect(await log.load('none', request.commandId)).toMatchObject({ events: [], command: { version: 1 } });
});

it('loadMany keeps streams apart and in order', async () => {
  for (const id of ['m-1', 'm-2', 'm-1', 'm-2', 'm-1']) await log.append(aRequest(id));
  const { streams } = await log.loadMany(['m-2', 'm-1', 'm-0']);
  expect([...streams].map(([id, events]) => [id, events.map((e) => e.version)])).toEqual([
    ['m-2', [1, 2]],
    ['m-1', [1, 2, 3]],
    ['m-0', []],
  ]);
});

it('readFrom and readStream go on where they are told, beyond nine and ninety-nine', async () => {
  for (let i = 0; i < 60; i += 1) await log.append(aRequest('long', { events: [anEvent({ i }), anEvent({ i })] }));
  const head = await log.head();
  const after = await log.readFrom(2n, 110);
  expect(after.map((e) => e.position)).toEqual(Array.from({ length: 110 }, (_, i) => BigInt(i + 3)));
  expect(await log.readFrom(head, 10)).toEqual([]);
  expect((await log.readStream('long', 97)).map((e) => e.version)).toEqual(
    Array.from({ length: 23 }, (_, i) => i + 98),
  );
});

it('knows the longest stream that it appended to or loaded, and looks at no other', async () => {
  const [writer, reader] = [new EventLog({ pool: database().pool }), new EventLog({ pool: database().pool })];
  await writer.append(aRequest('length-2', { events: [anEvent(), anEvent()] }));
  await writer.append(aRequest('length-1'));
  expect([writer.longestStream, reader.longestStream]).toEqual([2, 0]);
  await reader.load('length-1');
  expect(reader.longestStream).toBe(1);
  await reader.loadMany(['length-1', 'length-2']);
  expect(reader.longestStream).toBe(2);
  await reader.load('length-1');
  expect(reader.longestStream).toBe(2);
});

it('head of an empty log is 0', async () => {
  expect(await new EventLog({ pool: database().pool, schema: 'log_restricted' }).head()).toBe(0n);
});
