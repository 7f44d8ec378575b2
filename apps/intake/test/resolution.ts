import { randomUUID } from 'node:crypto';
import type { Kafka, Producer } from 'kafkajs';

/** Resolution as intake hears it: writes its facts to the topic in the shape in which its relay would. */
export class ResolutionFeed {
  private readonly producer: Producer;
  private seq = 0;
  private readonly versions = new Map<string, number>();

  constructor(
    kafka: Kafka,
    private readonly topic: string,
  ) {
    this.producer = kafka.producer({ idempotent: false });
  }

  start = (): Promise<void> => this.producer.connect();
  stop = (): Promise<void> => this.producer.disconnect();

  /** Answers the id of the fact. */
  async write(
    caseId: string,
    type: string,
    data: object,
    more: { eventId?: string; at?: string } = {},
  ): Promise<string> {
    const eventId = more.eventId ?? randomUUID();
    const version = (this.versions.get(caseId) ?? 0) + 1;
    this.versions.set(caseId, version);
    this.seq += 1;
    const at = more.at ?? '2026-03-02T03:00:00.000000Z';
    const meta = {
      commandId: randomUUID(),
      correlationId: randomUUID(),
      actor: { kind: 'staff', id: 'dpupr.officer', unit: 'dpupr' },
    };
    const headers = {
      ce_specversion: '1.0',
      ce_id: eventId,
      ce_type: type,
      ce_source: 'garda/resolution',
      ce_subject: `case-${caseId}`,
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
    await this.producer.send({
      topic: this.topic,
      acks: -1,
      messages: [{ key: caseId, value: JSON.stringify({ caseId, ...data }), headers }],
    });
    return eventId;
  }
}
