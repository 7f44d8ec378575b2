import { randomUUID } from 'node:crypto';
import { withLogs } from '../test/database';
import { aRequest } from '../test/requests';
import { EventLog } from './event-log';
import type { AppendOutcome, AppendRequest } from './types';

const database = withLogs();
let log: EventLog;
beforeAll(() => (log = new EventLog({ pool: database().pool })));
afterAll(() => log.close());

const stream = (): string => `case-${randomUUID()}`;
const ways: [string, (request: AppendRequest) => Promise<AppendOutcome | undefined>][] = [
  ['alone', (request) => log.append(request)],
  ['in a batch', async (request) => (await Promise.all([log.append(aRequest(stream())), log.append(request)]))[1]],
  ['with another, all or nothing', async (request) => (await log.appendAll([request]))[0]],
];

it.each(ways)('a barred command is not recorded, sent %s', async (_, append) => {
  const request = aRequest(stream());
  expect(await log.bar([request])).toEqual([{ status: 'barred' }]);
  expect(await log.bar([request])).toEqual([{ status: 'barred' }]);
  expect(await append(request)).toEqual({ status: 'barred' });
  expect(await log.readStream(request.streamId)).toEqual([]);
  expect(await log.append(aRequest(request.streamId))).toMatchObject({ status: 'appended', version: 1 });
});

it('what was recorded before is answered as ever, and stays', async () => {
  const request = aRequest(stream());
  const first = await log.append(request);
  expect(await log.bar([request])).toEqual([{ ...first, status: 'repeated' }]);
  expect(await log.append(request)).toEqual({ ...first, status: 'repeated' });
  expect(await log.readStream(request.streamId)).toHaveLength(1);
});

it('another body under the id learns nothing', async () => {
  const request = aRequest(stream());
  await log.append(request);
  expect(await log.bar([{ ...request, requestHash: 'other' }])).toEqual([{ status: 'key_reused' }]);
  const barred = aRequest(stream());
  await log.bar([barred]);
  expect(await log.append({ ...barred, requestHash: 'other' })).toEqual({ status: 'key_reused' });
});

it('of two that are recorded together, both are barred or both are recorded', async () => {
  const seen = new Set<string>();
  for (let round = 0; round < 40; round += 1) {
    const pair = [aRequest(stream()), aRequest(stream())];
    const both = [() => log.appendAll(pair), () => log.bar([...pair].reverse())];
    const [recorded, refused] = await Promise.all((round % 2 ? both : both.reverse()).map((ask) => ask()));
    const statuses = [...(recorded ?? []), ...(refused ?? [])].map(({ status }) => status);
    const kept = await Promise.all(pair.map(({ streamId }) => log.readStream(streamId)));
    const wasBarred = statuses.every((status) => status === 'barred');
    expect([statuses.includes('barred'), kept.map((events) => events.length)]).toEqual(
      wasBarred ? [true, [0, 0]] : [false, [1, 1]],
    );
    seen.add(String(wasBarred));
  }
  expect(seen.size).toBe(2);
});

it('nothing can be barred once the log is closed', async () => {
  const closed = new EventLog({ pool: database().pool });
  await closed.close();
  await expect(closed.bar([aRequest(stream())])).rejects.toMatchObject({ code: 'LOG_CLOSED' });
});
