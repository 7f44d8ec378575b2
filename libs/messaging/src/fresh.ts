import { comesNext } from '@garda/contracts';
import type { KafkaMessage } from 'kafkajs';
import type { Cursor } from './cursor';
import { ConsumerStoppedError } from './errors';
import { decodeRecord, type TopicRecord } from './record';

/**
 * The records that follow the cursor without a gap. Numbers the cursor has passed are repeats and are dropped, wherever
 * they stand; `hole`: the next new record is not the next number.
 */
export function freshRecords(messages: readonly KafkaMessage[], seq: bigint): { fresh: TopicRecord[]; hole: boolean } {
  const fresh: TopicRecord[] = [];
  let last = seq;
  for (const message of messages) {
    const number = seqOf(message);
    if (number <= last) continue;
    if (!comesNext(number, last)) return { fresh, hole: true };
    fresh.push(decodeRecord(message));
    last = number;
  }
  return { fresh, hole: false };
}

function seqOf(message: KafkaMessage): bigint {
  const header = message.headers?.['seq'];
  const text = typeof header === 'string' || Buffer.isBuffer(header) ? header.toString() : '';
  if (/^[1-9]\d{0,18}$/.test(text)) return BigInt(text);
  throw new ConsumerStoppedError('RECORD_NOT_OURS', `The record at offset ${message.offset} has no number`);
}

/**
 * What to work on next: records of held keys by themselves, since they only queue up, and others up to `size`.
 * Neither is mixed, so that a reaction's one statement never has to park.
 */
export function nextChunk(
  records: readonly TopicRecord[],
  at: number,
  of: { held: ReadonlySet<string>; size: number },
): readonly TopicRecord[] {
  const first = records[at];
  if (first === undefined) return [];
  const held = of.held.has(first.key);
  let end = at + 1;
  while (end < records.length && (held || end - at < of.size)) {
    const next = records[end];
    if (next === undefined || of.held.has(next.key) !== held) break;
    end++;
  }
  return records.slice(at, end);
}

/** The cursor after this record. */
export function endOf(record: TopicRecord): { seq: bigint; nextOffset: bigint } {
  return { seq: record.seq, nextOffset: record.offset + 1n };
}

/** A batch of nothing but repeats: far behind the cursor it is quicker to jump. */
export function readPastRepeats(
  cursor: Cursor,
  end: bigint,
  control: { seek(offset: bigint): void; readOnFrom(offset: bigint): void },
): void {
  if (cursor.nextOffset > end) control.seek(cursor.nextOffset);
  else control.readOnFrom(end);
}
