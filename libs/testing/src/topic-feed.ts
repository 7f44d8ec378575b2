import { randomUUID } from 'node:crypto';
import { keyOfStream, streamOf, type Actor, type Context, type LineName, type RecordedEvent } from '@garda/contracts';
import type { Kafka, Message, Producer } from 'kafkajs';

export interface FedFact {
  readonly stream: string;
  readonly type: string;
  readonly data: object;
  readonly eventId?: string;
  readonly at?: string;
}

/** What the facts of a feed have in common unless one says otherwise. */
export interface FeedDefaults {
  readonly at?: string;
  readonly actor?: Actor;
}

/** A fact as the relay of a context writes it to a topic of one partition. */
export function relayedRecord(context: Context, event: Omit<RecordedEvent, 'position'>, seq: bigint): Message {
  const headers = {
    ce_specversion: '1.0',
    ce_id: event.eventId,
    ce_type: event.type,
    ce_source: `garda/${context}`,
    ce_subject: event.streamId,
    ce_time: event.occurredAt,
    'content-type': 'application/json',
    seq: String(seq),
    position: String(seq),
    version: String(event.version),
    schema_version: String(event.schemaVersion),
    recorded_at: event.recordedAt,
    key_hash: String(event.keyHash),
    meta: JSON.stringify(event.meta),
  };
  return { key: keyOfStream(event.streamId), value: JSON.stringify(event.data), headers };
}

/** Another service as this one hears it: facts on its topic of one partition, in the shape in which its relay writes them. */
export class TopicFeed {
  private readonly producer: Producer;
  private seq = 0n;
  private readonly versions = new Map<string, number>();

  constructor(
    kafka: Kafka,
    private readonly topic: string,
    private readonly context: Context,
    private readonly defaults: FeedDefaults = {},
  ) {
    this.producer = kafka.producer({ idempotent: false });
  }

  start = (): Promise<void> => this.producer.connect();
  stop = (): Promise<void> => this.producer.disconnect();

  /** One fact of a case; answers its id. */
  async write(
    caseId: string,
    type: string,
    data: object,
    { line = 'open', ...more }: { eventId?: string; at?: string; line?: LineName } = {},
  ): Promise<string> {
    const eventId = more.eventId ?? randomUUID();
    await this.publish([{ stream: streamOf(line, caseId), type, data: { caseId, ...data }, ...more, eventId }]);
    return eventId;
  }

  async publish(facts: readonly FedFact[]): Promise<void> {
    await this.producer.send({ topic: this.topic, acks: -1, messages: facts.map((fact) => this.message(fact)) });
  }

  private message({ stream, type, data, eventId = randomUUID(), at }: FedFact): Message {
    const version = (this.versions.get(stream) ?? 0) + 1;
    this.versions.set(stream, version);
    this.seq += 1n;
    const time = at ?? this.defaults.at ?? '2026-03-02T02:00:00.000000Z';
    const actor = this.defaults.actor ?? { kind: 'system' as const, id: this.context };
    const meta = { commandId: randomUUID(), correlationId: randomUUID(), actor };
    const fact = { streamId: stream, type, data, eventId, version, schemaVersion: 1, keyHash: 0, meta };
    return relayedRecord(this.context, { ...fact, occurredAt: time, recordedAt: time }, this.seq);
  }
}
