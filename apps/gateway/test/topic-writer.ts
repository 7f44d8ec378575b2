import type { Context, RecordedEvent } from '@garda/contracts';
import type { Kafka, Producer } from 'kafkajs';

/** Writes facts to topics of one partition, in the shape in which relays write them. */
export class TopicWriter {
  private readonly producer: Producer;
  private readonly seqs = new Map<string, bigint>();

  constructor(
    kafka: Kafka,
    private readonly topics: Readonly<Record<Context, string>>,
  ) {
    this.producer = kafka.producer({ idempotent: false });
  }

  start = () => this.producer.connect();
  stop = () => this.producer.disconnect();

  async write(context: Context, events: readonly RecordedEvent[]): Promise<void> {
    const topic = this.topics[context];
    const messages = events.map((event) => {
      const seq = (this.seqs.get(topic) ?? 0n) + 1n;
      this.seqs.set(topic, seq);
      return {
        key: event.streamId.replace(/^case-/, ''),
        value: JSON.stringify(event.data),
        headers: headersOf(event, context, seq),
      };
    });
    await this.producer.send({ topic, acks: -1, messages });
  }
}

function headersOf(event: RecordedEvent, context: Context, seq: bigint): Record<string, string> {
  return {
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
}
