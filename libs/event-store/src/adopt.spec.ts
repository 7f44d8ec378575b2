import type { Database } from '@garda/testing';
import { withLogs } from '../test/database';
import { aRequest } from '../test/requests';
import { EventLog } from './event-log';

const [source, copy] = [withLogs(), withLogs()];
const columns = ['position', 'stream_id', 'version', 'event_id', 'type', 'schema_version', 'data', 'meta'] as const;
const more = ['occurred_at', 'recorded_at', 'key_hash'] as const;
type Row = Readonly<Record<(typeof columns)[number] | (typeof more)[number], string>>;

const rowsOf = async ({ pool }: Database): Promise<Row[]> => {
  const texts = [...columns, ...more].map((column) => `${column}::text as ${column}`);
  return (await pool.query<Row>(`select ${texts.join(', ')} from log.events e order by e.position`)).rows;
};
const adopt = ({ pool }: Database, rows: readonly Row[]) =>
  pool.query('select log.adopt($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [
    ...[...columns, ...more].map((column) => rows.map((row) => row[column])),
  ]);
const commandsOf = async ({ pool }: Database) =>
  (await pool.query('select command_id, stream_id, version, position from log.commands order by position')).rows;

const streamOf = (n: number): string => `${n === 3 ? 'levy' : 'case'}-${n}`;
let rows: Row[];
beforeAll(async () => {
  const log = new EventLog({ pool: source().pool });
  for (let i = 0; i < 12; i += 1) {
    const request = aRequest(streamOf(i % 5));
    const events = [...request.events, ...request.events].map((event, n) => ({
      ...event,
      eventId: `00000000-0000-7000-8000-0000000${String(i).padStart(2, '0')}00${n}`,
      meta: { ...event.meta, commandId: request.commandId },
    }));
    await log.append({ ...request, events });
  }
  await log.close();
  rows = await rowsOf(source());
});

it('takes rows over as they are, in any cut, and makes their commands again', async () => {
  await adopt(copy(), rows.slice(0, 7)); // in the middle of a command
  await adopt(copy(), rows.slice(7));
  expect(await rowsOf(copy())).toEqual(rows);
  expect(await commandsOf(copy())).toEqual(await commandsOf(source()));
});

it('answers a command of before as repeated, with the case it was about, and goes on after it', async () => {
  const log = new EventLog({ pool: copy().pool });
  const before = await commandsOf(copy());
  for (const n of [0, 3]) {
    const again = { ...aRequest(streamOf(n)), commandId: before[n].command_id as string, requestHash: 'whatever' };
    const position = BigInt(2 * n + 2);
    expect(await log.append(again)).toMatchObject({ status: 'repeated', position, result: { caseId: String(n) } });
  }
  expect(await log.append(aRequest('case-77'))).toMatchObject({ status: 'appended', position: 25n });
  await log.close();
});

const next = (change: Partial<Row>): Row => ({
  ...(rows[0] as Row),
  ...{ position: '26', event_id: '99999999-0000-7000-8000-000000000001', stream_id: 'case-new', version: '1' },
  recorded_at: '2999-01-01T00:00:00Z',
  ...change,
});

it.each([
  ['a position that is not the next one', { position: '27' }, 'NOT_NEXT_POSITION 27 after 25'],
  ['a position that is taken', { position: '25' }, 'NOT_NEXT_POSITION 25 after 25'],
  ['a version without the one before it', { version: '3' }, 'NOT_NEXT_VERSION 26'],
  ['a time before the last one', { recorded_at: '2001-01-01T00:00:00Z' }, 'CLOCK_RAN_BACK 26'],
])('refuses %s', async (_, change, detail) => {
  await expect(adopt(copy(), [next(change)])).rejects.toMatchObject({ code: 'GA003', detail });
  expect(await rowsOf(copy())).toHaveLength(25);
});

it('refuses a version that is there, and a fact that is there', async () => {
  await expect(adopt(copy(), [next({ stream_id: 'case-77' })])).rejects.toMatchObject({ code: '23505' });
  await expect(adopt(copy(), [next({ event_id: rows[0]?.event_id ?? '' })])).rejects.toMatchObject({ code: '23505' });
});
