import type { RecordedEvent } from '@garda/contracts';
import { madeId, recorded } from '@garda/testing';
import type { PoolClient } from 'pg';
import { sampleData, stream } from '../../test/facts';
import { makeTables, withGatewayDatabase } from '../../test/gateway-database';
import { errandsHandler } from './errands.handler';

const database = withGatewayDatabase();
const topics = { routing: 'r', resolution: 's' } as const;
const handler = errandsHandler(topics);
beforeAll(() => makeTables(database().appUrl));

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
const apply = (client: PoolClient, context: keyof typeof topics, batch: readonly RecordedEvent[]) =>
  handler.apply(client, batch, { topic: topics[context], partition: 0 });
const rowsOf = async (client: PoolClient, table: string) =>
  (await client.query<Record<string, unknown>>(`select * from ${table} order by 1, 2`)).rows;

const [tripId, caseId] = [madeId('trip', 1), madeId('case', 1)];
const trip = recorded(
  ['TripRecorded', 'TripApproved'].map((type) => ({ type, data: sampleData('resolution', type, { tripId }) })),
  `trip-${tripId}`,
);
const moves = stream('routing', caseId, [
  ['CaseEntered'],
  ['CaseRouted', { unit: 'desa-posong', offer: 1 }],
  ['StageHandedOver', { from: 'desa-posong', unit: 'kec-tulis' }],
  ['CaseTransferred', { unit: 'dishub' }],
  ['CaseRouted', { unit: 'dlh', offer: 4 }],
]);

const handed = { unit: 'desa-posong', to: 'kec-tulis' };
const papers = stream('resolution', caseId, [
  ['CaseKnown'],
  ['DocumentsHandedOver', handed],
  ['DocumentsHandedOver', handed],
]);

it('a trip is one row, approved once a head has approved it, without a word of who went', () =>
  inScratch(async (client) => {
    await apply(client, 'resolution', trip.slice(0, 1));
    expect(await rowsOf(client, 'read.trip')).toMatchObject([
      { trip_id: tripId, unit: 'desa-33.25.10.2007', kilometres: 14, cost: '50000', approved: false },
    ]);
    await apply(client, 'resolution', trip.slice(1));
    const [row] = await rowsOf(client, 'read.trip');
    expect(row).toMatchObject({ approved: true, cases: ['0198f3a2-5b1c-7d40-9a6e-3c2f1b7a9d01'] });
    expect(JSON.stringify(row)).not.toMatch(/tulis\.(officer|runner|head)/);
  }));

it('moves are those from stage to stage and the first one; a transfer, and a later offer, are none', () =>
  inScratch(async (client) => {
    await apply(client, 'routing', moves);
    expect(await rowsOf(client, 'read.case_move')).toMatchObject([
      { case_id: caseId, version: 2, from_unit: null, to_unit: 'desa-posong' },
      { case_id: caseId, version: 3, from_unit: 'desa-posong', to_unit: 'kec-tulis' },
    ]);
  }));

it('a unit that sent papers of a case on is kept once', () =>
  inScratch(async (client) => {
    await apply(client, 'resolution', papers);
    expect(await rowsOf(client, 'read.papers_sent')).toEqual([{ case_id: caseId, unit: 'desa-posong' }]);
  }));

it('any order of the topics, and a second delivery, give the same rows', () =>
  inScratch(async (client) => {
    const all = async () => [
      await rowsOf(client, 'read.trip'),
      await rowsOf(client, 'read.case_move'),
      await rowsOf(client, 'read.papers_sent'),
    ];
    await apply(client, 'routing', moves);
    await apply(client, 'resolution', [...trip, ...papers]);
    const once = await all();
    expect(once.map((rows) => rows.length)).toEqual([1, 2, 1]);
    await client.query('truncate read.trip_v1, read.case_move_v1, read.papers_sent_v1');
    for (const [from, to] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ])
      await apply(client, 'resolution', trip.slice(from, to));
    await apply(client, 'routing', moves.slice(0, 3));
    await apply(client, 'resolution', papers.slice(1));
    await apply(client, 'routing', moves);
    expect(await all()).toEqual(once);
  }));
