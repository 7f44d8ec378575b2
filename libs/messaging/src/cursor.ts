import { inTransaction as transact, type Durability } from '@garda/event-store';
import type { Pool, PoolClient } from 'pg';

/** Which part of which topic a consumer is at. */
export interface Place {
  readonly consumer: string;
  readonly topic: string;
  readonly partition: number;
}

/** `seq` decides what was applied, `nextOffset` only says where to go on reading; every change counts `revision` up. */
export interface Cursor {
  readonly seq: bigint;
  readonly nextOffset: bigint;
  readonly revision: bigint;
  readonly skipToPosition: bigint;
}

export interface CursorWithHeld {
  readonly cursor: Cursor;
  /** Keys with rows in `parked`. As true as `revision`: parking and draining move it too. */
  readonly held: Set<string>;
}

interface CursorRow {
  readonly seq: string;
  readonly next_offset: string;
  readonly revision: string;
  readonly skip_to_position: string;
}

const readSql = {
  name: 'messaging.cursor',
  text: `select c.seq, c.next_offset, c.revision, c.skip_to_position,
      (select array_agg(distinct p.key) from consume.parked p
        where p.consumer = c.consumer and p.topic = c.topic and p.partition = c.partition) as held
    from consume.consumer_cursor c where c.consumer = $1 and c.topic = $2 and c.partition = $3`,
};

/** The cursor and the held keys in one snapshot; a place seen for the first time gets its row. */
export async function readCursor(pool: Pool, place: Place): Promise<CursorWithHeld> {
  const key = [place.consumer, place.topic, place.partition];
  for (;;) {
    const { rows } = await pool.query<CursorRow & { held: string[] | null }>({ ...readSql, values: key });
    const row = rows[0];
    if (row !== undefined) return { cursor: toCursor(row), held: new Set(row.held) };
    await pool.query(
      'insert into consume.consumer_cursor (consumer, topic, partition) values ($1, $2, $3) on conflict do nothing',
      key,
    );
  }
}

/** Where each partition of these topics is to be read on, for the places that have a cursor. */
export async function nextOffsets(
  pool: Pool,
  consumer: string,
  topics: readonly string[],
): Promise<Map<string, bigint>> {
  const { rows } = await pool.query<{ topic: string; partition: number; next_offset: string }>(
    'select topic, partition, next_offset from consume.consumer_cursor where consumer = $1 and topic = any($2)',
    [consumer, topics],
  );
  return new Map(rows.map((row) => [placeId(row.topic, row.partition), BigInt(row.next_offset)]));
}

type Moved = Pick<Cursor, 'seq' | 'nextOffset'>;

/** Nobody moved it since it was read. */
const unmoved = 'consumer = $1 and topic = $2 and partition = $3 and revision = $4';

const moveSql = (from = ''): string =>
  `update consume.consumer_cursor set seq = $5, next_offset = $6, revision = revision + 1 ${from} where ${unmoved}`;

const moveValues = (place: Place, from: Cursor, to: Moved): unknown[] => [
  ...[place.consumer, place.topic, place.partition],
  ...[from.revision, to.seq, to.nextOffset],
];

/** Compare and set. `undefined`: somebody else moved it, and the caller's transaction has to be rolled back. */
export async function moveCursor(
  client: PoolClient,
  place: Place,
  from: Cursor,
  to: Moved,
): Promise<Cursor | undefined> {
  const values = moveValues(place, from, to);
  const { rowCount } = await client.query({ name: 'messaging.move', text: moveSql(), values });
  return rowCount === 1 ? movedCursor(from, to) : undefined;
}

/** The same by itself, where nothing is to be done. It need not wait for the disk: what a crash takes back is read again. */
export async function passOver(pool: Pool, place: Place, from: Cursor, to: Moved): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'messaging.pass',
    text: `with quick as (select set_config('synchronous_commit', 'off', true)) ${moveSql('from quick')}`,
    values: moveValues(place, from, to),
  });
  return rowCount === 1;
}

export function movedCursor(from: Cursor, to: Moved): Cursor {
  return { ...from, seq: to.seq, nextOffset: to.nextOffset, revision: from.revision + 1n };
}

export function placeId(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}

function toCursor(row: CursorRow): Cursor {
  return {
    seq: BigInt(row.seq),
    nextOffset: BigInt(row.next_offset),
    revision: BigInt(row.revision),
    skipToPosition: BigInt(row.skip_to_position),
  };
}

/** Runs `work` in one transaction; anything thrown, or `undefined` answered, rolls all of it back. */
export function inTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T | undefined>,
  kind: Durability = 'durable',
): Promise<T | undefined> {
  return transact(pool, work, { kind, keep: (answer) => answer !== undefined });
}
