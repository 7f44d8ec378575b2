import type { Kafka, Message, Producer, RecordMetadata } from 'kafkajs';

/** Not all of a batch is known to be written. The producer that said so is used no more. */
export class SendNotConfirmedError extends Error {
  override readonly name = 'SendNotConfirmedError';
}

/**
 * A producer whose word is not taken. With several brokers kafkajs resolves sends of which some partitions were never
 * written: its record of answers, kept by broker, survives a retry. So it may not retry, and each partition of a batch
 * must be in the answer without an error; else the producer is thrown away, and the next send makes a new one.
 * Not idempotent: `seq` is what makes a repeat harmless, and nothing here dies of an out-of-order sequence.
 */
export class CarefulProducer {
  private producer: Producer | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
  ) {}

  /** Answers the offset of the first record of each partition once all replicas that count have all of them. */
  async send(messages: Message[]): Promise<Map<number, bigint>> {
    const producer = (this.producer ??= await this.connect());
    try {
      const answer = await producer.send({ topic: this.topic, acks: -1, timeout: 10_000, messages });
      return confirmed(messages, answer);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    const producer = this.producer;
    this.producer = undefined;
    await producer?.disconnect();
  }

  private async connect(): Promise<Producer> {
    const producer = this.kafka.producer({
      idempotent: false,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: { retries: 0 },
      createPartitioner: () => partitionOf,
    });
    await producer.connect();
    return producer;
  }
}

function partitionOf({ message }: { message: Message }): number {
  if (message.partition === undefined) throw new Error('A record of the relay carries its partition');
  return message.partition;
}

export function confirmed(messages: readonly Message[], answer: readonly RecordMetadata[]): Map<number, bigint> {
  const offsets = new Map<number, bigint>();
  for (const { partition, errorCode, baseOffset } of answer) {
    if (errorCode === 0 && baseOffset !== undefined) offsets.set(partition, BigInt(baseOffset));
    else throw new SendNotConfirmedError(`Partition ${partition} answered with error ${errorCode}`);
  }
  for (const message of messages) {
    const partition = partitionOf({ message });
    if (!offsets.has(partition)) throw new SendNotConfirmedError(`No answer for partition ${partition}`);
  }
  return offsets;
}
