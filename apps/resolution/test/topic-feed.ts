import { randomUUID } from 'node:crypto';
import type { Kafka, Message, Producer } from 'kafkajs';

export interface FedFact {
  readonly stream: string;
  readonly type: string;
  readonly data: object;
  readonly eventId?: string;
  readonly at?: string;
}

/** Another service as this one hears it: facts on its topic (one partition), in the shape in which its relay writes them. */
export class TopicFeed {
  private readonly producer: Producer;
  private seq = 0;
  private readonly versions = new Map<string, number>();

  constructor(
    kafka: Kafka,
    private readonly topic: string,
    private readonly context: string,
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
    more: { eventId?: string; at?: string } = {},
  ): Promise<string> {
    const eventId = more.eventId ?? randomUUID();
    await this.publish([{ stream: `case-${caseId}`, type, data: { caseId, ...data }, ...more, eventId }]);
    return eventId;
  }

  async publish(facts: readonly FedFact[]): Promise<void> {
    await this.producer.send({ topic: this.topic, acks: -1, messages: facts.map((fact) => this.message(fact)) });
  }

  private message({
    stream,
    type,
    data,
    eventId = randomUUID(),
    at = '2026-03-02T02:00:00.000000Z',
  }: FedFact): Message {
    const version = (this.versions.get(stream) ?? 0) + 1;
    this.versions.set(stream, version);
    this.seq += 1;
    const meta = {
      commandId: randomUUID(),
      correlationId: randomUUID(),
      actor: { kind: 'system', id: this.context },
    };
    const headers = {
      ce_specversion: '1.0',
      ce_id: eventId,
      ce_type: type,
      ce_source: `garda/${this.context}`,
      ce_subject: stream,
      ce_time: at,
      'content-type': 'application/json',
      seq: String(this.seq),
      position: String(this.seq),
      version: String(version),
      schema_version: '1',
      recorded_at: at,
      key_hash: '0',
      meta: JSON.stringify(meta),
    };
    return { key: stream.replace(/^case-/, ''), value: JSON.stringify(data), headers };
  }
}
