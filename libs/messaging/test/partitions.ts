import type { RecordedEvent } from '@garda/contracts';
import { relayedRecord } from '@garda/testing';
import type { KafkaMessage } from 'kafkajs';
import type { BatchControl } from '../src/lane-types';
import type { Lane } from '../src/lane';

/** A partition as a broker holds it, without the broker: records in order of offsets, repeats of a second relay among them. */
export interface Partition {
  readonly topic: string;
  readonly partition: number;
  readonly facts: readonly RecordedEvent[];
  readonly messages: readonly KafkaMessage[];
}

/** Where a second relay sends again: behind record `after`, the last `back` ones. */
export interface Repeat {
  readonly after: number;
  readonly back: number;
}

export function partitionOf(
  at: { topic: string; partition: number },
  facts: readonly RecordedEvent[],
  repeats: readonly Repeat[],
): Partition {
  const order: number[] = [];
  for (let n = 1; n <= facts.length; n += 1) {
    order.push(n);
    for (const { after, back } of repeats)
      if (after % facts.length === n - 1) for (let m = Math.max(1, n - back); m <= n; m += 1) order.push(m);
  }
  const messages = order.map((n, offset) => asFetched(facts[n - 1] as RecordedEvent, n, offset));
  return { ...at, facts, messages };
}

function asFetched(fact: RecordedEvent, seq: number, offset: number): KafkaMessage {
  const { key, value, headers } = relayedRecord('intake', fact, BigInt(seq));
  return {
    key: Buffer.from(String(key)),
    value: Buffer.from(String(value)),
    headers: headers ?? {},
    offset: String(offset),
    timestamp: '0',
    attributes: 0,
  };
}

/** How a batch ends before its end: the partition is taken away, or the broker says so at the heartbeat. */
export interface Ending {
  readonly kind: 'stale' | 'heartbeat';
  /** After this many questions of the lane. */
  readonly after: number;
}

class HeartbeatRefused extends Error {
  override readonly name = 'KafkaJSProtocolError';
}

/** A member that reads a partition from some offset on, whether the partition is still its own or not. */
export class Reader {
  private offset = 0;

  constructor(
    private readonly of: Partition,
    readonly lane: Lane,
  ) {}

  get atEnd(): boolean {
    return this.offset >= this.of.messages.length;
  }

  startAt(offset: number): void {
    this.offset = offset;
  }

  /** One fetch of so many records, handed to the lane. */
  async fetch(size: number, ending?: Ending): Promise<void> {
    const batch = this.of.messages.slice(this.offset, this.offset + size);
    if (batch.length === 0) return;
    try {
      await this.lane.processBatch(batch, this.control(ending));
    } catch (error) {
      if (!(error instanceof HeartbeatRefused)) throw error;
    }
  }

  private control(ending?: Ending): BatchControl {
    let left = ending?.after ?? Infinity;
    const over = (kind: Ending['kind']): boolean => left-- <= 0 && ending?.kind === kind;
    return {
      alive: () => !over('stale'),
      heartbeat: async () => {
        if (over('heartbeat')) throw new HeartbeatRefused('REBALANCE_IN_PROGRESS');
      },
      wait: () => Promise.resolve(),
      readOnFrom: (offset) => void (this.offset = Number(offset)),
      seek: (offset) => void (this.offset = Number(offset)),
    };
  }
}
