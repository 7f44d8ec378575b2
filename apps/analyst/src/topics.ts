import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { RecordedEvent } from '@garda/contracts';
import type { Admin, Batch, Consumer, Kafka } from 'kafkajs';
import { FirstOccurrences, readRecord } from './record';

interface End {
  readonly partition: number;
  /** Offset behind the last record there was when we began. */
  readonly high: bigint;
}

/**
 * Gives everything that a topic holds now, each fact once and each partition in its order. Reads in a group of its own,
 * from the beginning to the end as it was when the reading began, and removes the group: nothing of a visit stays.
 */
export async function readTopic(kafka: Kafka, topic: string, give: (event: RecordedEvent) => void): Promise<void> {
  const groupId = `analyst-${randomUUID()}`;
  const admin = kafka.admin();
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    const ends = offsets.map(({ partition, high }) => ({ partition, high: BigInt(high) }));
    const filled = ends.filter(({ high }) => high > 0n);
    if (filled.length === 0) return;
    try {
      await readToEnds(kafka.consumer({ groupId }), topic, filled, give);
    } finally {
      await removeGroup(admin, groupId);
    }
  } finally {
    await admin.disconnect();
  }
}

/** The broker may not have noticed yet that the reader left: asked again for a few seconds. */
async function removeGroup(admin: Admin, groupId: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await admin.deleteGroups([groupId]);
      return;
    } catch (error) {
      if (tries === 20) throw error;
      await pause(250);
    }
  }
}

async function readToEnds(
  consumer: Consumer,
  topic: string,
  ends: readonly End[],
  give: (event: RecordedEvent) => void,
): Promise<void> {
  const open = new Map(ends.map(({ partition, high }) => [partition, high]));
  const known = new Map(ends.map(({ partition }) => [partition, new FirstOccurrences(`${topic}/${partition}`)]));
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
      const take = (batch: Batch): void => {
        const end = open.get(batch.partition);
        if (end === undefined) return;
        const last = BigInt(batch.lastOffset());
        for (const message of batch.messages) {
          if (last >= end && BigInt(message.offset) >= end) break;
          const { event, seq } = readRecord(message);
          if (known.get(batch.partition)?.isNew(seq) === true) give(event);
        }
        if (last + 1n >= end) open.delete(batch.partition);
        if (open.size === 0) resolve();
      };
      const eachBatch = async ({ batch }: { readonly batch: Batch }): Promise<void> => {
        try {
          take(batch);
        } catch (error) {
          reject(error); // not thrown: kafkajs would read the broken record again and again
        }
      };
      consumer.run({ autoCommit: false, eachBatch }).catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
}
