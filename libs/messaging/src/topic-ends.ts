import type { Kafka } from 'kafkajs';
import { LogVerificationError } from './errors';
import type { Checkpoint } from './relay-store';
import type { OffsetRange } from './surplus';

/** The offset after the last record, by partition. */
export async function topicEnds(kafka: Kafka, topic: string): Promise<bigint[]> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    const offsets = await admin.fetchTopicOffsets(topic);
    return [...offsets].sort((a, b) => a.partition - b.partition).map((one) => BigInt(one.high));
  } finally {
    await admin.disconnect();
  }
}

export function checkPartitions(topic: string, checkpoint: Checkpoint, partitions: number): void {
  const counted = checkpoint.seqs.length;
  if (counted === partitions) return;
  throw new LogVerificationError(
    'PARTITIONS_DIFFER',
    topic,
    `has ${partitions} partitions and was numbered for ${counted}`,
  );
}

/** Does the broker say that it has no such topic? */
export function isNoSuchTopic(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('type' in error && error.type === 'UNKNOWN_TOPIC_OR_PARTITION') || isNoSuchTopic(error.cause);
}

/** Throws TOPIC_BEHIND_LOG when a partition ends before what was relayed to it. */
export function refuseLoss(topic: string, relayed: Checkpoint, ends: readonly (bigint | undefined)[]): void {
  for (const [partition, end] of ends.entries()) {
    const from = relayed.nextOffsets[partition] ?? 0n;
    if (end !== undefined && end < from)
      throw new LogVerificationError(
        'TOPIC_BEHIND_LOG',
        topic,
        `partition ${partition} ends at ${end}, relayed up to ${from}`,
      );
  }
}

/** What the topic holds after the checkpoint; throws TOPIC_BEHIND_LOG when it holds less. */
export function surplusOf(topic: string, checkpoint: Checkpoint, ends: readonly bigint[]): OffsetRange[] {
  refuseLoss(topic, checkpoint, ends);
  return ends.flatMap((to, partition) => {
    const from = checkpoint.nextOffsets[partition] ?? 0n;
    return to > from ? [{ partition, from, to }] : [];
  });
}

/** What a reader's group begins with when nobody says: `garda.intake.v1` is read as `intake-verify-…`. */
export function groupPrefixOf(topic: string): string {
  return `${topic.split('.')[1] ?? topic}-verify-`;
}
