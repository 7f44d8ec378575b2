import { keyOfStream, recordHeaders } from '@garda/contracts';
import type { KafkaMessage } from 'kafkajs';
import { confirmed } from './careful-producer';
import { errorCode, isTransient, NotYet } from './errors';
import { freshRecords, nextChunk } from './fresh';
import { Pause } from './pause';
import { decodeRecord, encodeRecord, type LogRow } from './record';
import { checkpointAfter } from './relay';

const row = (n: number): LogRow => ({
  position: String(n),
  stream_id: 'case-0198c5d2',
  version: String(n),
  event_id: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  type: 'NoteAdded',
  schema_version: 1,
  data: `{"note":  "spaces stay",\n "n":${n}}`,
  meta: '{"commandId":"c","correlationId":"d","actor":{"kind":"citizen"}}',
  traceparent: null,
  occurred_at: '2026-03-02T01:02:03.123456Z',
  recorded_at: '2026-03-02T01:02:04.654321Z',
  key_hash: 7,
});

const message = (n: number, offset: number): KafkaMessage => {
  const { key, value, headers, timestamp } = encodeRecord(row(n), { context: 'intake', partition: 0, seq: String(n) });
  const bytes = (of: unknown): Buffer => Buffer.from(String(of));
  return {
    key: bytes(key),
    value: bytes(value),
    timestamp: timestamp ?? '',
    attributes: 0,
    offset: String(offset),
    headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, text]) => [name, bytes(text)])),
  };
};

describe('a record', () => {
  it('is the same however often it is made, and carries the stored bytes', () => {
    const at = { context: 'intake', partition: 2, seq: '5' };
    expect(encodeRecord(row(1), at)).toEqual(encodeRecord(row(1), at));
    expect(encodeRecord(row(1), at)).toMatchObject({ value: row(1).data, partition: 2, timestamp: '1772413324654' });
  });

  it('is read back as the event the log holds', () => {
    expect(decodeRecord(message(3, 9))).toMatchObject({
      seq: 3n,
      offset: 9n,
      key: '0198c5d2',
      event: {
        position: 3n,
        version: 3,
        data: { note: 'spaces stay', n: 3 },
        meta: { actor: { kind: 'citizen' } },
        keyHash: 7,
      },
    });
  });

  it('has the headers that the contract tells its readers, and no others', () => {
    const headersOf = (traceparent: string | null): object =>
      encodeRecord({ ...row(1), traceparent }, { context: 'intake', partition: 0, seq: '1' }).headers ?? {};
    for (const traceparent of [null, '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'])
      expect(recordHeaders.strict().parse(headersOf(traceparent))).toEqual(headersOf(traceparent));
    expect(recordHeaders.safeParse({ ...headersOf(null), seq: '0' }).success).toBe(false);
  });

  it('has the case as its key, else the stream', () => {
    for (const line of ['case', 'levy', 'declared']) expect(keyOfStream(`${line}-0198c5d2`)).toBe('0198c5d2');
    expect(keyOfStream('unit-desa-x')).toBe('unit-desa-x');
  });
});

describe('what a batch holds beyond the cursor', () => {
  const seqs = (numbers: number[], cursor: bigint) => {
    const { fresh, hole } = freshRecords(
      numbers.map((n, i) => message(n, i)),
      cursor,
    );
    return { fresh: fresh.map((record) => Number(record.seq)), hole };
  };

  it.each([
    { numbers: [4, 5, 6], cursor: 3n, fresh: [4, 5, 6], hole: false },
    { numbers: [2, 3, 4], cursor: 3n, fresh: [4], hole: false },
    { numbers: [4, 5, 3, 4, 5, 6], cursor: 3n, fresh: [4, 5, 6], hole: false },
    { numbers: [1, 2], cursor: 3n, fresh: [], hole: false },
    { numbers: [4, 6], cursor: 3n, fresh: [4], hole: true },
    { numbers: [5], cursor: 3n, fresh: [], hole: true },
  ])('$numbers at $cursor', ({ numbers, cursor, fresh, hole }) => {
    expect(seqs(numbers, cursor)).toEqual({ fresh, hole });
  });

  it('is cut where held and free keys meet', () => {
    const records = [1, 2, 3, 4, 5].map((n) => ({ ...decodeRecord(message(n, n)), key: n === 3 ? 'held' : 'free' }));
    const of = { held: new Set(['held']), size: 10 };
    const cut = (at: number, size = 10) => nextChunk(records, at, { ...of, size }).map((r) => Number(r.seq));
    expect([cut(0), cut(2), cut(3), cut(0, 1)]).toEqual([[1, 2], [3], [4, 5], [1]]);
  });
});

describe('the answer to a send', () => {
  const sent = [0, 2, 2].map((partition) => ({ value: 'x', partition }));
  const answer = (partition: number, errorCode = 0) => ({ topicName: 't', partition, errorCode, baseOffset: '7' });

  it('counts when every partition is in it without an error', () => {
    expect(confirmed(sent, [answer(0), answer(2)])).toEqual(
      new Map([
        [0, 7n],
        [2, 7n],
      ]),
    );
  });
  it('is not believed when a partition is missing', () => {
    expect(() => confirmed(sent, [answer(0)])).toThrow('No answer for partition 2');
  });
  it('is not believed when a partition failed', () => {
    expect(() => confirmed(sent, [answer(0), answer(2, 7)])).toThrow('Partition 2 answered with error 7');
  });
  it('moves the checkpoint by what was sent to each partition', () => {
    const rows = [1, 2, 3].map((n) => ({
      ...row(n + 5),
      partition: n === 1 ? 0 : 2,
      seq: String(n),
      counted_from: '5',
    }));
    const from = { position: 5n, seqs: [0n, 9n, 1n], nextOffsets: [0n, 9n, 1n], generation: 2, closed: false };
    expect(
      checkpointAfter(
        from,
        rows,
        new Map([
          [0, 7n],
          [2, 7n],
        ]),
      ),
    ).toEqual({
      position: 8n,
      seqs: [1n, 9n, 3n],
      nextOffsets: [8n, 9n, 9n],
      generation: 2,
      closed: false,
    });
  });
});

it('tells what will pass from what will not, and never quotes a text', () => {
  const withCode = (code: string) => Object.assign(new Error('personal data'), { code });
  expect(['57P01', '40P01', '53300', '08006', '55P03', 'ECONNREFUSED'].map(withCode).every(isTransient)).toBe(true);
  expect([new NotYet('X'), new TypeError('x'), withCode('23505')].some(isTransient)).toBe(false);
  expect([new NotYet('CASE_NOT_KNOWN'), new TypeError('name: Siti'), withCode('23505')].map(errorCode)).toEqual([
    'NOT_YET_CASE_NOT_KNOWN',
    'TypeError',
    '23505',
  ]);
  expect(errorCode('thrown text')).toBe('UNKNOWN');
});

it('waits no longer than a wake-up or a stop', async () => {
  const pause = new Pause();
  const both = Promise.all([pause.wait(60_000), pause.wait(60_000)]);
  pause.wake();
  await both;
  pause.wake(); // nobody waits: the next wait ends at once
  await pause.wait(60_000);
  pause.stop();
  await pause.wait(60_000);
});
