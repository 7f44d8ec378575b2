import type { RecordedEvent } from '@garda/contracts';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { nextOffsets, placeId } from '../src/cursor';
import { Lane } from '../src/lane';
import type { Applier, LaneCounters } from '../src/lane-types';
import { silent } from '../src/logger';
import { drainableKeys, listParked, retryParked } from '../src/parking';
import { aFact, caseId } from './facts';
import { partitionOf, Reader, type Partition } from './partitions';

/** A case of a drawn history: every run has cases of its own. */
export const caseOf = (run: number, n: number): string => caseId(run * 10 + n);

const repeats = fc.array(fc.record({ after: fc.nat(20), back: fc.integer({ min: 0, max: 6 }) }), { maxLength: 3 });
/** Two topics of two partitions: which cases the records are about. The partition follows from the case. */
export const drawnTopics = fc.record({
  intake: fc.array(fc.nat(4), { minLength: 1, maxLength: 14 }),
  routing: fc.array(fc.nat(4), { minLength: 1, maxLength: 14 }),
  repeats: fc.tuple(repeats, repeats, repeats, repeats),
});
export type DrawnTopics = typeof drawnTopics extends fc.Arbitrary<infer T> ? T : never;

const ending = fc.record({ kind: fc.constantFrom('stale' as const, 'heartbeat' as const), after: fc.nat(4) });
/** One fetch of one of two members, either of which may believe that the partition is its own. */
const step = fc.record({
  place: fc.nat(3),
  member: fc.nat(1),
  size: fc.integer({ min: 1, max: 9 }),
  restart: fc.option(fc.nat(10), { freq: 4 }),
  ending: fc.option(ending, { freq: 3 }),
  drain: fc.boolean(),
  together: fc.boolean(),
});
export const drawnSchedule = fc.array(step, { maxLength: 25 });
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

export function partitionsOf(run: number, drawn: DrawnTopics): Partition[] {
  return (['intake', 'routing'] as const).flatMap((topic, t) =>
    [0, 1].map((partition) => {
      const facts = factsOf(run, topic, drawn[topic]).filter(({ keyHash }) => keyHash === partition);
      return partitionOf({ topic, partition }, facts, drawn.repeats[2 * t + partition] ?? []);
    }),
  );
}

function factsOf(run: number, topic: string, cases: readonly number[]): RecordedEvent[] {
  return cases.map((n, i) => ({
    ...aFact('Noted', { topic }),
    streamId: `case-${caseOf(run, n)}`,
    version: cases.slice(0, i + 1).filter((other) => other === n).length,
    position: BigInt(i + 1),
    recordedAt: '2026-03-02T01:02:03.123456Z',
    keyHash: n % 2,
  }));
}

/** Lanes of two members over these partitions, driven as a schedule says, with no broker that would keep them apart. */
export class Members {
  readonly counters: LaneCounters = {
    applied: 0,
    repeatsDropped: 0,
    cursorMoved: 0,
    parked: 0,
    notYet: 0,
    drained: 0,
  };
  private readonly readers = new Map<string, Reader>();

  constructor(
    private readonly of: { pool: Pool; consumer: string; applier: () => Applier; partitions: readonly Partition[] },
  ) {}

  async run(schedule: readonly Step[]): Promise<void> {
    let underWay: Promise<void>[] = [];
    for (const step of schedule) {
      underWay.push(this.step(step));
      if (step.together) continue;
      await Promise.all(underWay);
      underWay = [];
    }
    await Promise.all(underWay);
  }

  /** Until everything is applied: what a system does that is left alone, with an operator who has every held key tried. */
  async settle(): Promise<void> {
    const { pool, consumer, partitions } = this.of;
    for (let round = 0; round < 200; round += 1) {
      for (const [place] of partitions.entries())
        for (const member of [0, 1]) await this.reader(place, member).fetch(5);
      for (const { topic, key } of await this.held()) await retryParked(pool, { consumer, topic, key });
      for (const place of partitions.keys()) await this.drain(place, 0);
      const read = partitions.every((_, place) => this.reader(place, 0).atEnd && this.reader(place, 1).atEnd);
      if (read && (await this.held()).length === 0) return;
    }
    throw new Error('It did not settle');
  }

  private async held(): Promise<{ topic: string; key: string }[]> {
    return (await listParked(this.of.pool)).filter((one) => one.consumer === this.of.consumer);
  }

  private async step({ place, member, size, restart, ending, drain }: Step): Promise<void> {
    if (restart !== null) await this.restart(place, member, restart);
    await this.reader(place, member).fetch(size, ending ?? undefined);
    if (drain) await this.drain(place, member);
  }

  /** A process that starts anew, where the cursor is or so many records too early: a cursor it read long ago. */
  private async restart(place: number, member: number, early: number): Promise<void> {
    this.readers.delete(`${place}/${member}`);
    const { topic, partition } = this.of.partitions[place] as Partition;
    const cursors = await nextOffsets(this.of.pool, this.of.consumer, [topic]);
    const next = Number(cursors.get(placeId(topic, partition)) ?? 0n);
    this.reader(place, member).startAt(Math.max(0, next - early));
  }

  private async drain(place: number, member: number): Promise<void> {
    const { pool, consumer, partitions } = this.of;
    const keys = await drainableKeys(pool, consumer, [partitions[place] as Partition]);
    for (const { key } of keys) await this.reader(place, member).lane.drain(key, () => true);
  }

  private reader(place: number, member: number): Reader {
    const id = `${place}/${member}`;
    const known = this.readers.get(id);
    if (known !== undefined) return known;
    const partition = this.of.partitions[place] as Partition;
    const { topic } = partition;
    const lane = new Lane({
      pool: this.of.pool,
      place: { consumer: this.of.consumer, topic, partition: partition.partition },
      applier: this.of.applier(),
      policy: { retryAfterMs: [0], maxKeys: 1_000, windowMs: 600_000 },
      counters: this.counters,
      log: silent,
      maxChunk: 4,
    });
    const reader = new Reader(partition, lane);
    this.readers.set(id, reader);
    return reader;
  }
}
