import { aRequest, anEvent, turn } from '../test/requests';
import { Batcher, type BatcherLimits } from './batcher';
import type { EncodedRequest } from './encode';
import { LogUnavailableError } from './errors';
import type { AppendOutcome } from './types';

const limits: BatcherLimits = {
  queueLimit: 2000,
  inFlight: 1,
  besideFrom: 1,
  batchRequests: 200,
  batchBytes: 1_000_000,
};

/** A database that answers when it is told to. */
class Desk {
  readonly batches: string[][] = [];
  private readonly open: (() => void)[] = [];
  fail: (batch: readonly EncodedRequest[]) => Error | undefined = () => undefined;

  readonly write = async (batch: readonly EncodedRequest[]): Promise<AppendOutcome[]> => {
    this.batches.push(batch.map((one) => one.request.streamId));
    await new Promise<void>((resolve) => this.open.push(resolve));
    const error = this.fail(batch);
    if (error !== undefined) throw error;
    return batch.map(() => ({ status: 'appended', version: 1, position: 1n, result: null }));
  };

  async answer(times = 1): Promise<void> {
    for (let i = 0; i < times; i += 1) {
      this.open.shift()?.();
      await turn();
    }
  }
}

const ask = (batcher: Batcher, streams: string) => [...streams].map((id) => batcher.append(aRequest(id)));

it('sends together what arrived while a batch was under way', async () => {
  const desk = new Desk();
  const asked = ask(new Batcher(desk.write, limits), 'abcd');
  await desk.answer(2);
  await Promise.all(asked);
  expect(desk.batches).toEqual([['a'], ['b', 'c', 'd']]);
});

it('has at most as many batches under way as it may', async () => {
  const desk = new Desk();
  const asked = ask(new Batcher(desk.write, { ...limits, inFlight: 2 }), 'abcd');
  expect(desk.batches).toEqual([['a'], ['b']]);
  await desk.answer(3);
  await Promise.all(asked);
  expect(desk.batches).toEqual([['a'], ['b'], ['c', 'd']]);
});

it('starts a batch beside another only when enough wait', async () => {
  const desk = new Desk();
  const asked = ask(new Batcher(desk.write, { ...limits, inFlight: 2, besideFrom: 3 }), 'abcde');
  expect(desk.batches).toEqual([['a'], ['b', 'c', 'd']]);
  await desk.answer(3);
  await Promise.all(asked);
  expect(desk.batches).toEqual([['a'], ['b', 'c', 'd'], ['e']]);
});

it('shares what waits evenly, so that no batch grows at the expense of the other', async () => {
  const desk = new Desk();
  const batcher = new Batcher(desk.write, { ...limits, inFlight: 2, besideFrom: 2 });
  const asked = ask(batcher, 'abcdefgh');
  expect(desk.batches).toEqual([['a'], ['b', 'c']]);
  await desk.answer();
  expect(desk.batches.at(-1)).toEqual(['d', 'e', 'f', 'g']);
  asked.push(...ask(batcher, 'ijk'));
  await desk.answer();
  expect(desk.batches.at(-1)).toEqual(['h', 'i', 'j', 'k']);
  await desk.answer(2);
  await Promise.all(asked);
});

it('puts one request per stream into a batch; the others wait in their order', async () => {
  const desk = new Desk();
  const asked = ask(new Batcher(desk.write, limits), 'xaababc');
  await desk.answer(4);
  await Promise.all(asked);
  expect(desk.batches).toEqual([['x'], ['a', 'b', 'c'], ['a', 'b'], ['a']].slice(0, desk.batches.length));
  expect(desk.batches.flat()).toHaveLength(7 - (4 - desk.batches.length));
});

it('puts one request per command into a batch', async () => {
  const desk = new Desk();
  const batcher = new Batcher(desk.write, limits);
  const commandId = '0199c0de-0000-7000-8000-000000000001';
  const asked = [...ask(batcher, 'x'), ...['a', 'b', 'c'].map((id) => batcher.append(aRequest(id, { commandId })))];
  await desk.answer(4);
  await Promise.all(asked);
  expect(desk.batches).toEqual([['x'], ['a'], ['b'], ['c']]);
});

it('ends a batch at its number of requests and at its bytes', async () => {
  const desk = new Desk();
  const small = new Batcher(desk.write, { ...limits, batchRequests: 2, batchBytes: 5000 });
  const big = (id: string) => small.append(aRequest(id, { events: [anEvent('y'.repeat(4000))] }));
  const asked = [...ask(small, 'xabc'), big('d'), big('e')];
  await desk.answer(5);
  await Promise.all(asked);
  expect(desk.batches).toEqual([['x'], ['a', 'b'], ['c', 'd'], ['e']]);
});

it('refuses at once when the queue is full, and takes again when there is room', async () => {
  const desk = new Desk();
  const batcher = new Batcher(desk.write, { ...limits, queueLimit: 3 });
  const asked = ask(batcher, 'xabc');
  await expect(batcher.append(aRequest('d'))).rejects.toMatchObject({ code: 'OVERLOADED' });
  expect(batcher.waiting).toBe(3);
  await desk.answer();
  const later = batcher.append(aRequest('e'));
  await desk.answer(2);
  await Promise.all([...asked, later]);
  expect(desk.batches).toEqual([['x'], ['a', 'b', 'c'], ['e']]);
});

it('lets only the bad request of a batch fail: each goes once alone', async () => {
  const desk = new Desk();
  desk.fail = (batch) => (batch.some((one) => one.request.streamId === 'b') ? new Error('no such type') : undefined);
  const asked = Promise.allSettled(ask(new Batcher(desk.write, limits), 'xabc'));
  await desk.answer(5);
  expect((await asked).map((one) => one.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(desk.batches).toEqual([['x'], ['a', 'b', 'c'], ['a'], ['b'], ['c']]);
});

it('does not ask a database that is away for each request alone', async () => {
  const desk = new Desk();
  desk.fail = () => new LogUnavailableError('away');
  const asked = Promise.allSettled(ask(new Batcher(desk.write, limits), 'xab'));
  await desk.answer(2);
  expect((await asked).map((one) => one.status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(desk.batches).toHaveLength(2);
});

it('drains at close and takes nothing more', async () => {
  const desk = new Desk();
  const batcher = new Batcher(desk.write, limits);
  const asked = ask(batcher, 'xab');
  const closed = batcher.close().then(() => desk.batches.length);
  await expect(batcher.append(aRequest('c'))).rejects.toMatchObject({ code: 'LOG_CLOSED' });
  await desk.answer(2);
  await Promise.all(asked);
  expect(await closed).toBe(2);
  await batcher.close();
});
