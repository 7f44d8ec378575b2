import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { withLogs } from '../test/database';
import { anEvent, aRequest } from '../test/requests';
import { encodeRequest } from './encode';
import { EventLog } from './event-log';
import type { AppendOutcome, AppendRequest } from './types';
import { LogWriter } from './writer';

const database = withLogs();

/** What the log promises, request by request, in twenty lines. */
class SerialModel {
  private readonly streams = new Map<string, number>();
  private readonly commands = new Map<string, { hash: string | null; answer: AppendOutcome }>();
  constructor(private head: bigint) {}

  append(request: AppendRequest): AppendOutcome {
    const seen = this.commands.get(request.commandId);
    if (seen !== undefined) {
      const same = seen.hash === null || request.requestHash === null || seen.hash === request.requestHash;
      return same ? ({ ...seen.answer, status: 'repeated' } as AppendOutcome) : { status: 'key_reused' };
    }
    const version = this.streams.get(request.streamId) ?? 0;
    const fits = request.expected === version || request.expected === -1 || (request.expected === -2 && version > 0);
    if (!fits) return { status: 'conflict', version };
    const after = version + request.events.length;
    this.streams.set(request.streamId, after);
    this.head += BigInt(request.events.length);
    const answer = { status: 'appended', version: after, position: this.head, result: request.result } as const;
    this.commands.set(request.commandId, { hash: request.requestHash, answer });
    return answer;
  }
}

const drawn = fc.record({
  stream: fc.integer({ min: 0, max: 11 }),
  command: fc.integer({ min: 0, max: 25 }),
  hash: fc.constantFrom('one', 'one', 'one', 'two', null),
  expected: fc.constantFrom(-2, -1, 0, 1, 2, 3, 4, 6),
  events: fc.integer({ min: 1, max: 3 }),
});
/** A batch holds one request per stream and per command: the batcher's rule. */
const several = fc
  .uniqueArray(drawn, { minLength: 2, maxLength: 12, selector: (one) => one.stream })
  .map((all) => all.filter((one, i) => all.findIndex((other) => other.command === one.command) === i));
const batch = fc.oneof(
  drawn.map((one) => [one]),
  several,
);
type Drawn = typeof batch extends fc.Arbitrary<infer B> ? B : never;

it('random batches are answered as a serial log would answer them', async () => {
  const { pool } = database();
  const log = new EventLog({ pool });
  const writer = new LogWriter(pool, 'log', 1000);
  const seen = new Set<string>();
  const run = async (batches: Drawn[]): Promise<void> => {
    const [streams, commands] = [randomUUID(), Array.from({ length: 26 }, () => randomUUID())];
    const model = new SerialModel(await log.head());
    for (const drawnBatch of batches) {
      const requests = drawnBatch.map((one) =>
        aRequest(`${streams}-${one.stream}`, {
          commandId: commands[one.command] as string,
          requestHash: one.hash,
          expected: one.expected,
          result: { drawn: one.command },
          events: Array.from({ length: one.events }, () => anEvent()),
        }),
      );
      const answers = await writer.write(requests.map(encodeRequest));
      expect(answers).toEqual(requests.map((request) => model.append(request)));
      for (const answer of answers) seen.add(`${requests.length > 1 ? 'batch' : 'alone'} ${answer.status}`);
    }
  };
  await fc.assert(fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 25 }), run), { numRuns: 60 });
  const statuses = ['appended', 'conflict', 'key_reused', 'repeated'];
  expect([...seen].sort()).toEqual(['alone', 'batch'].flatMap((way) => statuses.map((status) => `${way} ${status}`)));
  await expectDense();
}, 60_000);

it('a batch that breaks the rule is refused by the keys', async () => {
  const writer = new LogWriter(database().pool, 'log', 1000);
  const twice = [aRequest('same'), aRequest('same')].map(encodeRequest);
  await expect(writer.write(twice)).rejects.toMatchObject({ code: '23505' });
});

async function expectDense(): Promise<void> {
  const { rows } = await database().pool.query(`
    select count(*)::int as events, max(position)::int as head,
      (select count(*)::int from (select stream_id from log.events group by stream_id
         having count(*) <> max(version)) holes) as streams_with_holes from log.events`);
  expect(rows[0]).toMatchObject({ events: rows[0].head, streams_with_holes: 0 });
  expect(rows[0].events).toBeGreaterThan(100);
}
