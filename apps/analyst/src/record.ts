import { comesNext, type EventMeta, type RecordedEvent } from '@garda/contracts';
import type { KafkaMessage } from 'kafkajs';

/** A topic holds something that the relay of its context cannot have written: nothing that is folded from it counts. */
export class TopicBrokenError extends Error {
  override readonly name = 'TopicBrokenError';
}

export interface TopicRecord {
  readonly event: RecordedEvent;
  /** Dense per topic and partition. */
  readonly seq: bigint;
}

/** Reads a record by its headers alone (CloudEvents in Kafka's binary mode), as any stranger could. */
export function readRecord({
  headers,
  value,
  offset,
}: Pick<KafkaMessage, 'headers' | 'value' | 'offset'>): TopicRecord {
  const header = (name: string): string => {
    const found = headers?.[name];
    if (found === undefined || Array.isArray(found)) throw new TopicBrokenError(`offset ${offset}: no header ${name}`);
    return found.toString();
  };
  return {
    seq: BigInt(header('seq')),
    event: {
      eventId: header('ce_id'),
      type: header('ce_type'),
      streamId: header('ce_subject'),
      occurredAt: header('ce_time'),
      recordedAt: header('recorded_at'),
      position: BigInt(header('position')),
      version: Number(header('version')),
      schemaVersion: Number(header('schema_version')),
      keyHash: Number(header('key_hash')),
      meta: JSON.parse(header('meta')) as EventMeta,
      data: JSON.parse(value?.toString('utf8') ?? 'null') as unknown,
    },
  };
}

/**
 * The first occurrence of every `seq` of one partition, in order: a relay may publish a fact twice, never out of order
 * at its first occurrence. A number that is missing is a hole in history.
 */
export class FirstOccurrences {
  private last = 0n;

  constructor(private readonly place: string) {}

  isNew(seq: bigint): boolean {
    if (seq <= this.last) return false;
    if (!comesNext(seq, this.last)) throw new TopicBrokenError(`${this.place}: ${seq} follows ${this.last}`);
    this.last = seq;
    return true;
  }
}
