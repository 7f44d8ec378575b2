import { keyOfStream, type EventMeta, type RecordedEvent } from '@garda/contracts';
import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import { ConsumerStoppedError } from './errors';

/** A row of the log as the relay reads it: numbers as decimal text, times formatted by the database. */
export interface LogRow {
  readonly position: string;
  readonly stream_id: string;
  readonly version: string;
  readonly event_id: string;
  readonly type: string;
  readonly schema_version: number;
  readonly data: string;
  readonly meta: string;
  readonly traceparent: string | null;
  readonly occurred_at: string;
  readonly recorded_at: string;
  readonly key_hash: number;
}

/** A record of a topic as a consumer works with it. */
export interface TopicRecord {
  readonly event: RecordedEvent;
  /** Dense per topic and partition, a pure function of the log. */
  readonly seq: bigint;
  readonly offset: bigint;
  readonly key: string;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * CloudEvents 1.0 in Kafka's binary mode, with every stored column, so that a log can be healed from its topic.
 * A pure function of the row and its number: no clock, host or version of the relay is in it, so that a record that is
 * sent again has the same bytes.
 */
export function encodeRecord(row: LogRow, at: { context: string; partition: number; seq: string }): Message {
  const headers: IHeaders = {
    ce_specversion: '1.0',
    ce_id: row.event_id,
    ce_type: row.type,
    ce_source: `garda/${at.context}`,
    ce_subject: row.stream_id,
    ce_time: row.occurred_at,
    'content-type': 'application/json',
    seq: at.seq,
    position: row.position,
    version: row.version,
    schema_version: String(row.schema_version),
    recorded_at: row.recorded_at,
    key_hash: String(row.key_hash),
    meta: row.meta,
  };
  if (row.traceparent !== null) headers['traceparent'] = row.traceparent;
  return {
    key: keyOfStream(row.stream_id),
    value: row.data,
    partition: at.partition,
    headers,
    timestamp: String(Date.parse(row.recorded_at)),
  };
}

/** Reads a record back. One that the relay cannot have written stops the consumer: it is no poison, somebody wrote here. */
export function decodeRecord(message: KafkaMessage): TopicRecord {
  const headers = textHeaders(message.headers);
  return decodeParts({ value: message.value ?? Buffer.alloc(0), headers, offset: BigInt(message.offset) });
}

export function decodeParts(of: {
  value: Buffer;
  headers: Readonly<Record<string, string>>;
  offset: bigint;
}): TopicRecord {
  const { value, headers, offset } = of;
  try {
    const event = decodeEvent(headers, value);
    return { event, seq: BigInt(need(headers, 'seq')), offset, key: keyOfStream(event.streamId), value, headers };
  } catch (error) {
    if (error instanceof ConsumerStoppedError) throw error;
    // The reader's own message would quote the record.
    throw new ConsumerStoppedError('RECORD_NOT_OURS', `The record at offset ${offset} cannot be read as an event`);
  }
}

function decodeEvent(headers: Readonly<Record<string, string>>, value: Buffer): RecordedEvent {
  const data: unknown = JSON.parse(value.toString('utf8'));
  return {
    eventId: need(headers, 'ce_id'),
    type: need(headers, 'ce_type'),
    streamId: need(headers, 'ce_subject'),
    occurredAt: need(headers, 'ce_time'),
    recordedAt: need(headers, 'recorded_at'),
    position: BigInt(need(headers, 'position')),
    version: Number(need(headers, 'version')),
    schemaVersion: Number(need(headers, 'schema_version')),
    keyHash: Number(need(headers, 'key_hash')),
    meta: JSON.parse(need(headers, 'meta')) as EventMeta, // the broker lets only the context itself write here
    data,
  };
}

function need(headers: Readonly<Record<string, string>>, name: string): string {
  const value = headers[name];
  if (value === undefined) throw new ConsumerStoppedError('RECORD_NOT_OURS', `A record without the header ${name}`);
  return value;
}

function textHeaders(headers: IHeaders | undefined): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (typeof value === 'string' || Buffer.isBuffer(value)) texts[name] = value.toString();
  }
  return texts;
}
