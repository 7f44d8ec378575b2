import fc from 'fast-check';
import { withLogs } from '../test/database';
import { bigintArray, intArray, jsonArray, smallintArray, textArray, uuidArray } from './arrays';

const database = withLogs();

/** What the server read: the array as the text that it makes of it, an element a row. */
async function read(type: string, array: Buffer): Promise<(string | null)[]> {
  const { rows } = await database().pool.query<{ one: string | null }>(
    `select a.one::text as one from unnest($1::${type}[]) with ordinality as a(one, n) order by n`,
    [array],
  );
  return rows.map((row) => row.one);
}

// PostgreSQL has no NUL in text.
const texts = fc.array(fc.option(fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))));
const whole = (bits: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 }));

async function arrivesWhole<Value>(
  values: fc.Arbitrary<Value[]>,
  write: (values: Value[]) => Buffer,
  type: string,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(values, async (sent) => {
      expect(await read(type, write(sent))).toEqual(sent.map((value) => (value === null ? null : String(value))));
    }),
    { numRuns: 60 },
  );
}

it('text arrives as it was: quotes, backslashes, every script, nothing, and null', async () => {
  await arrivesWhole(texts, textArray, 'text');
  expect(await read('text', textArray(['"', '\\', '{,}', 'NULL', '', null, 'Ngaliyan ☎ 𝄞']))).toEqual([
    ...['"', '\\', '{,}', 'NULL', '', null, 'Ngaliyan ☎ 𝄞'],
  ]);
});

it('JSON keeps its bytes', () =>
  arrivesWhole(fc.array(fc.json().filter((text) => !text.includes('\\u0000'))), jsonArray, 'json'));

it('numbers of each width, from the smallest to the largest', async () => {
  await arrivesWhole(whole(16), smallintArray, 'smallint');
  await arrivesWhole(whole(32), intArray, 'int');
  await arrivesWhole(whole(53), bigintArray, 'bigint');
});

it('UUIDs, whatever the case of their digits', async () => {
  await arrivesWhole(fc.array(fc.uuid()), uuidArray, 'uuid');
  expect(await read('uuid', uuidArray(['BC8FCBAA-74D1-5366-945B-3994D19E4ED5']))).toEqual([
    'bc8fcbaa-74d1-5366-945b-3994d19e4ed5',
  ]);
});

it.each([
  '',
  'case-1',
  'bc8fcbaa-74d1-5366-945b-3994d19e4ed',
  'bc8fcbaa-74d1-5366-945b-3994d19e4edg',
  'bc8fcbaa-74d1-5366-945b-3994d19e4ed5,bc8fcbaa-74d1-5366-945b-3994d19e4ed5',
])('"%s" is no UUID', (text) => {
  expect(() => uuidArray([text])).toThrow(expect.objectContaining({ code: 'INVALID_APPEND' }));
});
