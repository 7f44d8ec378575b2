import { canonicalJson, type RecordedEvent } from '@garda/contracts';
import { projectionSpec } from '@garda/testing';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { caseIdOf, notesFold, recordedNotes, withLogs, type Notes } from '../test/logs';
import { foldProjection, type ChangedCase } from './fold-projection';
import type { LocalProjection } from './projection';

const database = withLogs();
const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];

const plain = foldProjection({ name: 'plain', version: 1, caseIdOf, fold: notesFold });
const rich = foldProjection<Notes>({
  name: 'rich',
  version: 2,
  caseIdOf,
  fold: notesFold,
  columns: { last: 'int', words: 'text[]', at: 'timestamptz' },
  indexes: ['(last) where last is not null'],
  toRow: ({ last, numbers }) => ({
    last: last?.n,
    words: numbers.map((n) => `"${n}", it's`),
    at: '2026-03-02T00:00:00Z',
  }),
  // One clock for the last note, none when it is a multiple of ten.
  dueRows: ({ last }) =>
    last === undefined || last.n % 10 === 0
      ? []
      : [{ clock: 'answer', startedVersion: last.version, rung: 1, dueAt: `2026-03-0${1 + (last.n % 9)}T00:00:00Z` }],
});

/** Applies batches in a transaction that is rolled back, and answers the rows of a query. */
async function after(projection: LocalProjection, batches: readonly (readonly RecordedEvent[])[], query: string) {
  const client = await database().pool.connect();
  try {
    await client.query('begin');
    await projection.setUp(client);
    for (const batch of batches) await projection.apply(client, batch);
    return (await client.query(query)).rows;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

it('keeps one row a case: the folded state in canonical JSON and the version', async () => {
  const events = recordedNotes([
    [a, 1],
    [b, 2],
    [a, 3],
  ]);
  const rows = await after(
    plain,
    [events],
    'select case_id, version::int, state::text from read.plain order by version',
  );
  expect(rows).toEqual([
    { case_id: b, version: 1, state: '{"last":{"n":2,"version":1},"numbers":[2]}' },
    { case_id: a, version: 2, state: '{"last":{"n":3,"version":2},"numbers":[1,3]}' },
  ]);
});

it('shows the same after redelivery, in every cut', async () => {
  const given = projectionSpec(database().pool, `case-${a}`).given(
    ...[1, 2, 3, 4, 5].map((n) => ({ type: 'Noted', schemaVersion: 1, data: { caseId: a, n } })),
  );
  const shown = [{ version: 5, numbers: [1, 2, 3, 4, 5] }];
  const query = `select version::int, state->'numbers' as numbers from read.plain`;
  await given.project(plain).shows(query, shown);
  await given.project(plain).twice().shows(query, shown);
  await given.project(plain).twice().inBatchesOf(2).shows(query, shown);
});

it('skips events that are about no case', async () => {
  const [event] = recordedNotes([[a, 1]]);
  const other = { ...event, data: {} } as RecordedEvent;
  expect(await after(plain, [[other], []], 'select * from read.plain')).toEqual([]);
});

it('fills the declared columns with their types', async () => {
  const rows = await after(rich, [recordedNotes([[a, 7]])], 'select last, words, at::date::text as at from read.rich');
  expect(rows).toEqual([{ last: 7, words: [`"7", it's`], at: '2026-03-02' }]);
});

it('keeps the clocks of a case as its state says, and takes them away', async () => {
  const due = `select case_id, clock, started_version::int as version, rung, (due_at at time zone 'utc')::date::text as at from read.due`;
  const events = recordedNotes([
    [a, 1],
    [b, 2],
    [a, 3],
    [a, 10],
  ]);
  const ofB = { case_id: b, clock: 'answer', version: 1, rung: 1, at: '2026-03-03' };
  expect(await after(rich, [events.slice(0, 3)], `${due} order by due_at`)).toEqual([
    ofB,
    { case_id: a, clock: 'answer', version: 2, rung: 1, at: '2026-03-04' },
  ]);
  expect(await after(rich, [events.slice(0, 2), events.slice(2)], due)).toEqual([ofB]);
});

it('hands the changed cases to the service, once each batch, in the same transaction', async () => {
  const seen: (readonly ChangedCase<Notes>[])[] = [];
  const hooked = foldProjection<Notes>({
    ...{ name: 'hooked', version: 1, caseIdOf, fold: notesFold },
    more: ['hooked_more'],
    setUp: async (client, v) => void (await client.query(`create table read.hooked_more_v${v} (n int)`)),
    after: async (client, changed) => {
      seen.push(changed);
      await client.query('insert into read.hooked_more_v1 values ($1)', [changed.length]);
    },
  });
  const events = recordedNotes([
    [a, 1],
    [b, 2],
    [a, 3],
  ]);
  const rows = await after(hooked, [events, events], 'select n from read.hooked_more');
  expect(rows).toEqual([{ n: 2 }]);
  expect(seen.map((changed) => changed.map((one) => [one.caseId, one.version, one.events.length]))).toEqual([
    [
      [a, 2, 2],
      [b, 1, 1],
    ],
  ]);
});

it('stops at an event that is missing', async () => {
  const [first, , third] = recordedNotes([
    [a, 1],
    [a, 2],
    [a, 3],
  ]) as [RecordedEvent, RecordedEvent, RecordedEvent];
  await expect(after(plain, [[first], [third]], 'select 1')).rejects.toMatchObject({ code: 'PROJECTION_GAP' });
  await expect(after(plain, [[third]], 'select 1')).rejects.toMatchObject({ code: 'PROJECTION_GAP' });
});

it('takes plain names only', () => {
  expect(() => foldProjection({ name: 'x; drop', version: 1, caseIdOf, fold: notesFold })).toThrow('Not a plain name');
});

it('replay and increments, in any cut and with redeliveries, give the same rows', async () => {
  const history = fc.array(fc.tuple(fc.constantFrom(a, b, c), fc.integer({ min: 0, max: 50 })), { maxLength: 40 });
  const cuts = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 6 })), {
    minLength: 1,
    maxLength: 40,
  });
  const query = `select r.case_id, r.version::int, r.state::text as state, r.last, d.due_at::text, d.started_version::int
    from read.rich r left join read.due d on d.case_id::text = r.case_id order by 1`;
  await fc.assert(
    fc.asyncProperty(history, cuts, async (drawn, sizes) => {
      const events = recordedNotes(drawn);
      const batches: RecordedEvent[][] = [];
      // Each batch begins up to six events before the end of the one before: those come again.
      for (let from = 0, i = 0; from < events.length; i += 1) {
        const [size, again] = sizes[i % sizes.length] as [number, number];
        batches.push(events.slice(Math.max(0, from - again), from + size));
        from += size;
      }
      const replayed = await after(rich, [events], query);
      expect(await after(rich, batches, query)).toEqual(replayed);
      for (const id of [a, b, c]) {
        const own = events.filter((event) => caseIdOf(event) === id);
        const state = canonicalJson(own.reduce((s, event) => notesFold.evolve(s, event), notesFold.initial));
        const row = replayed.find((one) => one.case_id === id);
        expect([row?.version, row?.state]).toEqual(own.length === 0 ? [undefined, undefined] : [own.length, state]);
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);
