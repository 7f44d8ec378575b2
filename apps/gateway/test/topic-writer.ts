import type { Context, RecordedEvent } from '@garda/contracts';
import { relayedRecord } from '@garda/testing';
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
      return relayedRecord(context, event, seq);
    });
    await this.producer.send({ topic, acks: -1, messages });
  }
}
