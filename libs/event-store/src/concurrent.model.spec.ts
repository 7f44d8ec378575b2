import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { withLogs } from '../test/database';
import { anEvent, aRequest } from '../test/requests';
import { EventLog } from './event-log';
import { openPool } from './pool';
import type { AppendOutcome, AppendRequest } from './types';

const database = withLogs();

/** One call of a program: which of the two processes makes it, and whether it waits until all before it are answered. */
const call = fc.record({
  process: fc.integer({ min: 0, max: 1 }),
  waits: fc.boolean(),
  stream: fc.integer({ min: 0, max: 3 }),
  command: fc.integer({ min: 0, max: 30 }),
  hash: fc.constantFrom('one', 'one', 'one', 'two'),
  expected: fc.constantFrom(-2, -1, -1, 0, 1, 2, 3, 5),
  events: fc.integer({ min: 1, max: 3 }),
});
type Call = typeof call extends fc.Arbitrary<infer C> ? C : never;

interface Answered {
  readonly request: AppendRequest;
  readonly answer: AppendOutcome;
  /** The stream's version as somebody had been told before this call was made: it cannot be judged by an older one. */
  readonly known: number;
}

/** The requests of a program, sent by two processes with a batcher each, as close together as it says. */
async function send(logs: readonly EventLog[], calls: readonly Call[]): Promise<Answered[]> {
  const [mark, commands] = [randomUUID(), Array.from({ length: 31 }, () => randomUUID())];
  const answers: Promise<Answered>[] = [];
  const told = new Map<string, number>();
  for (const one of calls) {
    if (one.waits) await Promise.all(answers);
    const request = aRequest(`${mark}-${one.stream}`, {
      commandId: commands[one.command] as string,
      requestHash: one.hash,
      expected: one.expected,
      result: { sent: answers.length },
      events: Array.from({ length: one.events }, () => anEvent()),
    });
    const log = logs[one.process] as EventLog;
    const known = told.get(request.streamId) ?? 0;
    const answered = log.append(request).then((answer) => {
      // A repeated command answers with the version of the stream it first went to, which may be another one.
      if (answer.status === 'appended' || answer.status === 'conflict')
        told.set(request.streamId, Math.max(answer.version, told.get(request.streamId) ?? 0));
      return { request, answer, known };
    });
    answers.push(answered);
  }
  return Promise.all(answers);
}

/**
 * What no order of the same calls one after the other could have answered, as sentences. What was appended stands in
 * order of position and must fit the versions before it; everything else must agree with what stands.
 */
function contradictions(all: readonly Answered[]): string[] {
  const found: string[] = [];
  const versions = new Map<string, number[]>();
  const first = new Map<string, Answered>();
  const appended = all.flatMap((one) => (one.answer.status === 'appended' ? [{ ...one, answer: one.answer }] : []));
  appended.sort((a, b) => Number(a.answer.position - b.answer.position));
  for (const one of appended) {
    const { request, answer } = one;
    const before = versions.get(request.streamId) ?? [0];
    const version = before.at(-1) as number;
    if (!fits(request.expected, version)) found.push(`${request.expected} was appended after ${version}`);
    if (answer.version !== version + request.events.length) found.push(`version ${answer.version} after ${version}`);
    if (first.has(request.commandId)) found.push(`the command ${request.commandId} was appended twice`);
    versions.set(request.streamId, [...before, answer.version]);
    first.set(request.commandId, one);
    if (version < one.known) found.push(`appended after ${version}, though ${one.known} was known`);
  }
  for (const { request, answer, known } of all) {
    const stands = first.get(request.commandId);
    const same = stands?.request.requestHash === request.requestHash;
    if (answer.status === 'repeated' && !(same && equal(stands?.answer, answer)))
      found.push('repeated, unlike the first');
    if (answer.status === 'key_reused' && (stands === undefined || same)) found.push('called reused, and was not');
    if (answer.status !== 'conflict') continue;
    const were = versions.get(request.streamId) ?? [0];
    if (!were.includes(answer.version)) found.push(`conflict with version ${answer.version}, which never was`);
    if (answer.version < known) found.push(`conflict with version ${answer.version}, though ${known} was known`);
    if (fits(request.expected, answer.version)) found.push(`${request.expected} refused at ${answer.version}`);
  }
  return found;
}

const fits = (expected: number, version: number): boolean =>
  expected === version || expected === -1 || (expected === -2 && version > 0);

const equal = (one: AppendOutcome | undefined, other: AppendOutcome): boolean =>
  one?.status === 'appended' &&
  other.status === 'repeated' &&
  one.version === other.version &&
  one.position === other.position &&
  JSON.stringify(one.result) === JSON.stringify(other.result);

it('two processes, any interleaving: the answers are those of some order one after the other', async () => {
  const pools = [0, 1].map(() => openPool(database().appUrl, { max: 4 }));
  const logs = pools.map((pool) => new EventLog({ pool }));
  const seen = new Set<string>();
  const program = fc.array(call, { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(program, async (calls) => {
      const before = await logs[0]?.head();
      const all = await send(logs, calls);
      expect(contradictions(all)).toEqual([]);
      for (const { answer } of all) seen.add(answer.status);
      const stored = await database().pool.query(
        'select event_id from log.events where position > $1 order by position',
        [before],
      );
      const told = all
        .flatMap(({ request, answer }) => (answer.status === 'appended' ? [{ request, at: answer.position }] : []))
        .sort((a, b) => Number(a.at - b.at));
      expect(stored.rows.map((row) => row.event_id)).toEqual(
        told.flatMap(({ request }) => request.events.map((event) => event.eventId)),
      );
    }),
    { numRuns: 60 },
  );
  expect([...seen].sort()).toEqual(['appended', 'conflict', 'key_reused', 'repeated']);
  await Promise.all(logs.map((log) => log.close()));
  await Promise.all(pools.map((pool) => pool.end()));
}, 60_000);

it('the judge of this spec sees what a serial log cannot answer', () => {
  const [one, two] = [aRequest('s', { expected: 0 }), aRequest('s', { expected: 0 })];
  const appended = (version: number, position: bigint): AppendOutcome => ({
    status: 'appended',
    version,
    position,
    result: null,
  });
  const judge = (answer: AppendOutcome, known = 0): string[] =>
    contradictions([
      { request: one, answer: appended(1, 1n), known: 0 },
      { request: two, answer, known },
    ]);
  expect(judge({ status: 'conflict', version: 1 })).toEqual([]);
  expect(judge(appended(2, 2n))).toEqual(['0 was appended after 1']);
  expect(judge({ status: 'conflict', version: 7 })).toEqual(['conflict with version 7, which never was']);
  expect(judge({ status: 'conflict', version: 0 })).toEqual(['0 refused at 0']);
  expect(judge({ status: 'conflict', version: 1 }, 2)).toEqual(['conflict with version 1, though 2 was known']);
  expect(judge({ status: 'key_reused' })).toEqual(['called reused, and was not']);
});
