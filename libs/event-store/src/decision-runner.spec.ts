import type { NewEvent } from '@garda/contracts';
import { randomUUID } from 'node:crypto';
import { withLogs } from '../test/database';
import { aRequest } from '../test/requests';
import { DecisionRunner, type Ask, type Rule } from './decision-runner';
import { EventLog } from './event-log';
import { newEventId } from './ids';
import type { Evolve } from './types';

const database = withLogs();
let log: EventLog;
let runner: DecisionRunner<number>;
beforeAll(() => {
  log = new EventLog({ pool: database().pool });
  runner = new DecisionRunner(log, counter);
});
afterAll(() => log.close());

/** State is how many events there were. */
const counter: Evolve<number> = { initial: 0, evolve: (n) => n + 1 };
const added = (n: number): NewEvent => ({ type: 'NoteAdded', schemaVersion: 1, data: { n } });
const addOne: Rule<number> = (n) => [added(n + 1)];

function asking(part: Partial<Ask<number>> = {}): Ask<number> {
  const streamId = part.streamId ?? `case-${randomUUID()}`;
  return {
    streamId,
    key: streamId,
    commandId: randomUUID(),
    requestHash: 'hash',
    meta: { correlationId: randomUUID(), actor: { kind: 'citizen' } },
    newId: newEventId,
    result: (n, events) => ({ before: n, events: events.length }),
    ...part,
  };
}
const streamWith = async (events: number): Promise<string> => {
  const ask = asking();
  for (let i = 0; i < events; i += 1) await runner.decide({ ...ask, commandId: randomUUID() }, addOne);
  return ask.streamId;
};

it('decides on the folded state and stores what the rule says', async () => {
  const streamId = await streamWith(2);
  const ask = asking({ streamId, occurredAt: '2026-01-05T02:00:00.000000Z' });
  const decided = await runner.decide(ask, addOne);
  expect(decided).toEqual({
    status: 'appended',
    version: 3,
    position: await log.head(),
    result: { before: 2, events: 1 },
    events: [expect.objectContaining({ type: 'NoteAdded' })],
  });
  expect((await log.readStream(streamId)).at(-1)).toMatchObject({
    data: { n: 3 },
    meta: { ...ask.meta, commandId: ask.commandId },
    occurredAt: ask.occurredAt,
  });
});

it('takes the case clock for what nobody dated', async () => {
  const ask = asking();
  let now = '';
  await runner.decide(ask, (n, given) => ((now = given.now), [added(n)]));
  expect((await log.readStream(ask.streamId))[0]?.occurredAt).toBe(now);
});

it('answers a repeated command from its row, though the state has moved on', async () => {
  const ask = asking();
  const first = await runner.decide(ask, addOne);
  await runner.decide(asking({ streamId: ask.streamId }), addOne);
  const refuse: Rule<number> = () => {
    throw new Error('judged against its own effect');
  };
  expect(await runner.decide({ ...ask, ifMatch: 0 }, refuse)).toEqual({ ...first, status: 'repeated', events: [] });
  expect(await log.readStream(ask.streamId)).toHaveLength(2);
});

it('decides first on what was loaded before, and loads again when that is of yesterday', async () => {
  const ask = asking();
  const loaded = await log.load(ask.streamId, ask.commandId);
  const loads = jest.spyOn(log, 'load');
  const first = await runner.decide({ ...ask, loaded }, addOne);
  expect([first.version, loads.mock.calls.length]).toEqual([1, 0]);
  const late = await runner.decide({ ...asking({ streamId: ask.streamId }), loaded }, addOne);
  expect([late.status, late.version, late.result]).toEqual(['appended', 2, { before: 1, events: 1 }]);
  loads.mockRestore();
});

it('bars a command that may only be repeated and never was, so that it has no effect when it comes', async () => {
  const ask = asking();
  const repeat = { ...ask, repeatOnly: true };
  await expect(runner.decide(repeat, addOne)).rejects.toMatchObject({ code: 'COMMAND_BARRED' });
  await expect(runner.decide(ask, addOne)).rejects.toMatchObject({ code: 'COMMAND_BARRED' });
  expect(await log.readStream(ask.streamId)).toEqual([]);
  const known = asking();
  const first = await runner.decide(known, addOne);
  const again = await runner.decide({ ...known, repeatOnly: true }, addOne);
  expect(again).toEqual({ ...first, status: 'repeated', events: [] });
});

it('a decision under way when its repetition is barred is not stored', async () => {
  const ask = asking();
  const loaded = await log.load(ask.streamId, ask.commandId);
  const other = new DecisionRunner(log, counter);
  await expect(other.decide({ ...ask, repeatOnly: true }, addOne)).rejects.toMatchObject({ code: 'COMMAND_BARRED' });
  await expect(runner.decide({ ...ask, loaded }, addOne)).rejects.toMatchObject({ code: 'COMMAND_BARRED' });
  expect(await log.readStream(ask.streamId)).toEqual([]);
});

it('refuses a command id with another body', async () => {
  const ask = asking();
  await runner.decide(ask, addOne);
  const other = { ...ask, requestHash: 'other' };
  await expect(runner.decide(other, addOne)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
});

it('refuses another body also while the first is under way', async () => {
  const ask = asking();
  const both = await Promise.allSettled([
    runner.decide(ask, addOne),
    runner.decide({ ...ask, requestHash: 'other' }, addOne),
  ]);
  const failed = both.filter((one) => one.status === 'rejected');
  expect(failed).toMatchObject([{ reason: { code: 'IDEMPOTENCY_KEY_REUSED' } }]);
});

it('the same command twenty times at once is decided once here and stored once everywhere', async () => {
  const other = new DecisionRunner(new EventLog({ pool: database().pool }), counter);
  const ask = asking();
  let judged = 0;
  const rule: Rule<number> = (n) => ((judged += 1), [added(n)]);
  const all = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? runner : other).decide(ask, rule)));
  expect(all.filter((one) => one.status === 'appended')).toHaveLength(1);
  expect(new Set(all.map((one) => JSON.stringify([one.version, String(one.position), one.result]))).size).toBe(1);
  expect(judged).toBeLessThanOrEqual(3);
  expect(await log.readStream(ask.streamId)).toHaveLength(1);
});

it('appends nothing when the rule says nothing, and the id stays free', async () => {
  const ask = asking({ streamId: await streamWith(1) });
  const head = await log.head();
  const nothing = await runner.decide(ask, () => []);
  const result = { before: 1, events: 0 };
  expect(nothing).toEqual({ status: 'nothing', version: 1, position: null, result, events: [] });
  expect(await log.head()).toBe(head);
  expect(await runner.decide(ask, addOne)).toMatchObject({ status: 'appended', version: 2 });
});

it('passes on what the rule throws and stores nothing', async () => {
  const ask = asking();
  const refusal = new Error('CASE_CLOSED');
  await expect(
    runner.decide(ask, () => {
      throw refusal;
    }),
  ).rejects.toBe(refusal);
  expect(await log.readStream(ask.streamId)).toEqual([]);
});

it('with If-Match refuses another version before judging, and never tries again', async () => {
  const streamId = await streamWith(2);
  const early = runner.decide(asking({ streamId, ifMatch: 1 }), addOne);
  await expect(early).rejects.toMatchObject({ code: 'STALE_VERSION', actual: 2 });
  const appends = jest.spyOn(log, 'append').mockResolvedValueOnce({ status: 'conflict', version: 9 });
  const late = runner.decide(asking({ streamId, ifMatch: 2 }), addOne);
  await expect(late).rejects.toMatchObject({ code: 'STALE_VERSION', actual: 9 });
  expect(appends).toHaveBeenCalledTimes(1);
  appends.mockRestore();
  expect(await runner.decide(asking({ streamId, ifMatch: 2 }), addOne)).toMatchObject({ version: 3 });
});

it('judges again when another was faster, three times', async () => {
  const streamId = await streamWith(1);
  const appends = jest.spyOn(log, 'append');
  let rivals = 3;
  const real = EventLog.prototype.append.bind(log);
  appends.mockImplementation(async (request) => {
    if (rivals-- > 0) await real(aRequest(streamId));
    return real(request);
  });
  const states: number[] = [];
  const decided = await runner.decide(asking({ streamId }), (n) => (states.push(n), [added(n)]));
  expect([states, decided.version]).toEqual([[1, 2, 3, 4], 5]);
  rivals = 4;
  await expect(runner.decide(asking({ streamId }), addOne)).rejects.toMatchObject({ code: 'CONFLICT' });
  appends.mockRestore();
});

it('hands out the ids of the events in their order', async () => {
  const ask = asking();
  let id = '';
  await runner.decide(ask, (n, { nextId }) => ((id = nextId()), [added(n), added(n)]));
  const stored = (await log.readStream(ask.streamId)).map((event) => event.eventId);
  expect(stored[0]).toBe(id);
  expect(new Set(stored).size).toBe(2);
  const greedy = runner.decide(asking(), (n, { nextId }) => (nextId(), nextId(), [added(n)]));
  await expect(greedy).rejects.toThrow('took 2 ids for 1 events');
});

it('shows every event to the check before anything is stored', async () => {
  const strict = new DecisionRunner(log, counter, (event) => {
    if (event.type !== 'NoteAdded') throw new Error(`no contract for ${event.type}`);
  });
  const ask = asking();
  const unknown = { ...added(1), type: 'Unheard' };
  await expect(strict.decide(ask, () => [added(1), unknown])).rejects.toThrow('no contract for Unheard');
  expect(await strict.decide(ask, addOne)).toMatchObject({ status: 'appended' });
});
