import { EventLog, type AppendRequest } from '@garda/event-store';
import { until } from '@garda/testing';
import type { Database, Topics } from '@garda/testing';
import { decodeRecord } from '../src/record';
import { Relay } from '../src/relay';
import { verifyLog } from '../src/verify-log';
import { ownClient } from './kafka';

/** Another service as its topic shows it: a log whose facts are relayed. */
export class Feed {
  private constructor(
    readonly log: EventLog,
    private readonly relay: Relay,
  ) {}

  static async start(database: Database, topics: Topics<string>, topic: string): Promise<Feed> {
    const { pool } = database;
    const log = new EventLog({ pool });
    await verifyLog({ pool, schema: 'log', topic, kafka: topics.kafka });
    const relay = new Relay({ pool, schema: 'log', topic, context: 'intake', kafka: ownClient(topics) });
    log.onAppended(() => relay.wake());
    await relay.start();
    return new Feed(log, relay);
  }

  /** Resolves when the facts are in the topic. */
  async publish(...requests: AppendRequest[]): Promise<void> {
    await Promise.all(requests.map((request) => this.log.append(request)));
    const head = await this.log.head();
    await until(() => this.relay.status().position >= head);
  }

  async stop(): Promise<void> {
    await this.relay.stop();
    await this.log.close();
  }
}

/** Sends the records of a topic's partition again, from an offset on, as a second relay would: repeats at its end. */
export async function sendAgain(
  topics: Topics<string>,
  topic: string,
  partition: number,
  count: number,
): Promise<void> {
  const kafka = ownClient(topics);
  const messages: { key: Buffer | null; value: Buffer | null; partition: number; headers: Record<string, Buffer> }[] =
    [];
  const consumer = kafka.consumer({ groupId: topics.groupId(`again-${Math.random()}`), maxWaitTimeInMs: 50 });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const run = consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        if (batch.partition !== partition) return;
        for (const message of batch.messages) {
          decodeRecord(message); // ours, or it throws
          messages.push({ ...message, partition, headers: message.headers as Record<string, Buffer> });
        }
        if (messages.length >= count) resolve();
      },
    });
    run.catch(reject);
  });
  await consumer.disconnect();
  await sendTo(topics, topic, messages.slice(0, count));
}

interface Sent {
  key: Buffer | string | null;
  value: Buffer | string | null;
  partition: number;
  headers: Record<string, Buffer | string>;
}

/** Writes to a topic past the relay. */
export async function sendTo(topics: Topics<string>, topic: string, messages: Sent[]): Promise<void> {
  const producer = ownClient(topics).producer({ createPartitioner: () => (of) => of.message.partition ?? 0 });
  await producer.connect();
  await producer.send({ topic, messages });
  await producer.disconnect();
}
