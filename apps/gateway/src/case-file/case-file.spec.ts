import { contexts, type Context, type RecordedEvent, type WorkCalendar } from '@garda/contracts';
import { Catalogue } from '@garda/domain';
import { NotYet } from '@garda/messaging';
import { madeId } from '@garda/testing';
import fc from 'fast-check';
import type { PoolClient } from 'pg';
import { firstFact, laterFacts, sampleData, stream, type Told } from '../../test/facts';
import { makeTables, withGatewayDatabase } from '../../test/gateway-database';
import { caseFileHandler } from './case-file.handler';

const database = withGatewayDatabase();
const topics = { intake: 'i', routing: 'r', resolution: 's' } as const;
const calendar = sampleData('intake', 'CalendarPublished').calendar as WorkCalendar;
const catalogue = new Catalogue({ standards: [], units: [], calendars: [calendar], policies: [] });
const handler = caseFileHandler({ line: 'open', topics, reference: { catalogue, refresh: async () => undefined } });

beforeAll(() => makeTables(database().appUrl));

/** In a transaction of its own that is given up, so that every run begins with empty tables. */
async function inScratch<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await database().pool.connect();
  try {
    await client.query('begin');
    return await work(client);
  } finally {
    await client.query('rollback');
    client.release();
  }
}
const apply = (client: PoolClient, context: Context, batch: readonly RecordedEvent[]) =>
  handler.apply(client, batch, { topic: topics[context], partition: 0 });
const rowOf = async (client: PoolClient, caseId: string) => {
  const found = await client.query<Record<string, unknown>>('select * from read.case_file where case_id = $1', [
    caseId,
  ]);
  return found.rows[0];
};
const digest = async (client: PoolClient): Promise<string> => {
  const { rows } = await client.query<{ digest: string }>(
    `select md5(string_agg(line, E'\\n' order by line)) as digest from (
       select f::text as line from read.case_file_v6 f union all select t::text from read.case_timeline_v6 t) all_lines`,
  );
  return rows[0]?.digest ?? '';
};

const caseId = madeId('case', 1);
const history: Readonly<Record<Context, readonly Told[]>> = {
  intake: [['CaseSubmitted', { number: '7K3M9QWXA' }], ['PublicSummaryPublished']],
  routing: [
    ['CaseEntered'],
    ['CaseRouted', { unit: 'desa-posong', offer: 1, stage: 0 }],
    ['StageHandedOver', { unit: 'kec-tulis', offer: 2, stage: 1 }],
    ['HandOverAcknowledged', { unit: 'kec-tulis', offer: 2 }],
  ],
  resolution: [
    ['CaseKnown'],
    ['WorkReceived', { unit: 'kec-tulis', offer: 2, stage: 1 }],
    ['OfficerAssigned', { unit: 'kec-tulis', offer: 2, officer: 'p-first' }],
    ['OfficerAssigned', { unit: 'kec-tulis', offer: 2, officer: 'p-second' }],
  ],
};
const whole = (context: Context) => stream(context, caseId, history[context]);

describe('a section', () => {
  it.each(contexts)('of %s is written by its own topic alone', (context) =>
    inScratch(async (client) => {
      await apply(client, context, whole(context));
      const row = await rowOf(client, caseId);
      const filled = contexts.filter((one) => row?.[`${one}_version`] !== null);
      expect(filled).toEqual([context]);
    }),
  );

  it('says who answers, who worked on it and when it is due', () =>
    inScratch(async (client) => {
      for (const context of contexts) await apply(client, context, whole(context));
      expect(await rowOf(client, caseId)).toMatchObject({
        number: '7K3M9QWXA',
        status: 'pending',
        routing_status: 'held',
        responsible_unit: 'kec-tulis',
        past_units: ['desa-posong'],
        related_units: ['kec-tulis', 'desa-33.25.10.2007', 'desa-posong'],
        officer: 'p-second',
        worked_by: ['p-first', 'p-second'],
        is_open: true,
        // Six working days from Monday 2 March, 9:15: the Tuesday of the next week, end of office hours.
        due_at: new Date('2026-03-10T09:00:00Z'),
      });
    }));

  it('keeps the promised date when the case is settled, and lets it go from the open ones', () =>
    inScratch(async (client) => {
      const facts: readonly Told[] = [
        ...history.routing,
        ['WorkSettled', { how: 'decided', at: '2026-03-06T02:00:00Z' }],
      ];
      await apply(client, 'routing', stream('routing', caseId, facts));
      expect(await rowOf(client, caseId)).toMatchObject({
        routing_status: 'settled',
        due_at: new Date('2026-03-10T09:00:00Z'),
        stage_due_at: null,
        is_open: false,
      });
    }));

  it('steps over a fact that it does not know', () =>
    inScratch(async (client) => {
      const events = whole('routing');
      const unknown = { ...events[1], type: 'SomethingOfTomorrow' } as RecordedEvent;
      await apply(client, 'routing', [events[0] as RecordedEvent, unknown]);
      expect(await rowOf(client, caseId)).toMatchObject({ routing_version: 2, routing_status: 'unrouted' });
    }));

  it('waits for the calendar that the case names', () =>
    inScratch(async (client) => {
      let refreshed = 0;
      const empty = new Catalogue({ standards: [], units: [], calendars: [], policies: [] });
      const reference = { catalogue: empty, refresh: async () => void (refreshed += 1) };
      const early = caseFileHandler({ line: 'open', topics, reference });
      const applied = early.apply(client, whole('routing'), { topic: 'r', partition: 0 });
      await expect(applied).rejects.toThrow(NotYet);
      expect(refreshed).toBe(1);
    }));

  it('leaves the streams of the catalogue alone', () =>
    inScratch(async (client) => {
      const [event] = whole('intake');
      await apply(client, 'intake', [{ ...(event as RecordedEvent), streamId: 'unit-dishub' }]);
      expect((await client.query('select 1 from read.case_file_v6')).rowCount).toBe(0);
    }));
});

const caseIds = [1, 2, 3].map((n) => madeId('case', n));
/** For each case and context any later facts in any order: the folds take them as they come. */
const streams = fc.tuple(
  ...caseIds.flatMap((id) =>
    contexts.map((context) =>
      fc.array(fc.constantFrom(...laterFacts(context)), { maxLength: 8 }).map((types) => ({
        context,
        events: stream(
          context,
          id,
          [firstFact[context], ...types].map((type) => [type] as const),
        ),
      })),
    ),
  ),
);
type Streams = readonly { readonly context: Context; readonly events: readonly RecordedEvent[] }[];

/** The topics as a broker may hand them over: per case in order, cases and contexts mixed, cut and handed over again. */
async function handOver(client: PoolClient, all: Streams, picks: readonly number[]): Promise<void> {
  const left = all.map(({ context, events }) => ({ context, events, at: 0 }));
  for (let step = 0; left.some((one) => one.at < one.events.length); step += 1) {
    const pick = picks[step % picks.length] ?? 0;
    const open = left.filter((one) => one.at < one.events.length);
    const context = (open[pick % open.length] as (typeof open)[number]).context;
    const ready = open.filter((one) => one.context === context);
    // Up to three facts of each of some streams of this topic, starting up to two facts too early.
    const batch = ready.slice(pick % ready.length).flatMap((one) => {
      const from = Math.max(0, one.at - (pick % 3));
      one.at = Math.min(one.events.length, one.at + 1 + (pick % 3));
      return one.events.slice(from, one.at);
    });
    await apply(client, context, batch);
  }
}

describe('any order', () => {
  it('of topics, any cuts and any redelivery give the same rows', () =>
    fc.assert(
      fc.asyncProperty(streams, fc.array(fc.nat(50), { minLength: 3, maxLength: 40 }), async (all, picks) => {
        const atOnce = await inScratch(async (client) => {
          for (const { context, events } of all) await apply(client, context, events);
          return digest(client);
        });
        const mixed = await inScratch(async (client) => {
          await handOver(client, all, picks);
          return digest(client);
        });
        expect(mixed).toBe(atOnce);
      }),
      { numRuns: 60, seed: 4 },
    ));

  it('is told apart from another history (the digest can differ)', async () => {
    const of = (types: readonly Told[]) =>
      inScratch(async (client) => {
        await apply(client, 'resolution', stream('resolution', caseId, types));
        return digest(client);
      });
    expect(await of([['CaseKnown'], ['WorkReceived']])).not.toBe(await of([['CaseKnown'], ['ProgressReported']]));
  });
});
