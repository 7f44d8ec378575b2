import type { RecordedEvent } from '@garda/contracts';
import { EventLog } from '@garda/event-store';
import fc from 'fast-check';
import type { PoolClient } from 'pg';
import { withService } from '../test/database';
import { aboutCase, aFact, reactionTo } from '../test/facts';
import { caseOf, drawnSchedule, drawnTopics, Members, partitionsOf, type DrawnTopics } from '../test/schedule';
import { NotYet } from './errors';
import { ReactionApplier, type Reaction } from './reaction-applier';
import { TopicApplier } from './topic-applier';

/**
 * Real PostgreSQL and no broker: records come again, too early, in any cut, to two members at once, and batches end at
 * any point. Whatever happens, every record has its effect once and those of a case in order.
 */
const database = withService();
let run = 0;

beforeAll(() =>
  database().pool.query('create table read.applied (nth bigint generated always as identity, consumer text, id uuid)'),
);

const counts = { cursorMoved: 0, parked: 0, notYet: 0, drained: 0, repeatsDropped: 0, conflicts: 0 };
const note = (of: Partial<typeof counts>): void => {
  for (const name of Object.keys(counts) as (keyof typeof counts)[]) counts[name] += of[name] ?? 0;
};

/** What each case was told, in the order in which it was told, by topic: what must come out, and what came out. */
function byCase(topicOf: Map<string, RecordedEvent>, ids: readonly string[]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const id of ids) {
    const fact = topicOf.get(id) as RecordedEvent;
    (found[`${(fact.data as { topic: string }).topic} ${fact.streamId}`] ??= []).push(id);
  }
  return found;
}

describe('a projection of two topics', () => {
  const trouble = fc.array(fc.record({ nth: fc.nat(30), times: fc.integer({ min: 1, max: 4 }) }), { maxLength: 3 });

  /** Applies, and fails where it was drawn to: for good until it was tried often enough, or for want of an earlier fact. */
  function applier(consumer: string, facts: readonly RecordedEvent[], failing: Map<string, number>): TopicApplier {
    const fails = (id: string): boolean => {
      const left = failing.get(id) ?? 0;
      failing.set(id, left - 1);
      return left > 0;
    };
    const apply = async (client: PoolClient, batch: readonly RecordedEvent[]): Promise<void> => {
      for (const event of batch) {
        if (fails(event.eventId)) throw new Error('drawn to fail');
        const rests = facts.find((fact) => fact.streamId === event.streamId && topicOf(fact) === 'intake');
        if (topicOf(event) === 'routing' && rests !== undefined) await mustBeThere(client, consumer, rests.eventId);
        await client.query('insert into read.applied (consumer, id) values ($1, $2)', [consumer, event.eventId]);
      }
    };
    return new TopicApplier(database().pool, { name: consumer, topics: ['intake', 'routing'], apply });
  }
  const topicOf = (fact: RecordedEvent): string => (fact.data as { topic: string }).topic;
  async function mustBeThere(client: PoolClient, consumer: string, id: string): Promise<void> {
    const { rowCount } = await client.query('select from read.applied where consumer = $1 and id = $2', [consumer, id]);
    if (rowCount === 0) throw new NotYet('CASE_NOT_KNOWN');
  }

  it('has each record applied once and each case in order, with poison and with facts that come too early', async () => {
    const property = async (
      drawn: DrawnTopics,
      schedule: Parameters<Members['run']>[0],
      bad: { nth: number; times: number }[],
    ) => {
      const consumer = `projection@${(run += 1)}`;
      const partitions = partitionsOf(run, drawn);
      const facts = partitions.flatMap((one) => one.facts);
      const failing = new Map(
        bad.map(({ nth, times }) => [(facts[nth % facts.length] as RecordedEvent).eventId, times]),
      );
      const members = new Members({
        pool: database().pool,
        consumer,
        partitions,
        applier: () => applier(consumer, facts, failing),
      });
      await members.run(schedule);
      await members.settle();
      const { rows } = await database().pool.query<{ id: string }>(
        'select id from read.applied where consumer = $1 order by nth',
        [consumer],
      );
      const all = new Map(facts.map((fact) => [fact.eventId, fact]));
      expect(
        byCase(
          all,
          rows.map((row) => row.id),
        ),
      ).toEqual(byCase(all, [...all.keys()]));
      note(members.counters);
    };
    await fc.assert(fc.asyncProperty(drawnTopics, drawnSchedule, trouble, property), { numRuns: 60 });
    // The property is worth something only when all of this happened.
    for (const name of ['cursorMoved', 'parked', 'notYet', 'drained', 'repeatsDropped'] as const)
      expect([name, counts[name] > 0]).toEqual([name, true]);
  });
});

describe('a reaction to two topics, beside others who write to the same streams', () => {
  const reaction = (name: string): Reaction => ({
    name,
    topics: ['intake', 'routing'],
    streamsOf: (event) => [event.streamId],
    react: (own, event) => reactionTo(event, own.length, aFact('Heard', { ref: event.eventId })),
  });

  it('appends to each fact once, and in the order of its partition', async () => {
    const writes = fc.array(fc.nat(4), { maxLength: 12 });
    const log = new EventLog({ pool: database().pool });
    const conflicts = { reactions: 0, conflicts: 0 };
    const property = async (drawn: DrawnTopics, schedule: Parameters<Members['run']>[0], others: number[]) => {
      const consumer = `reaction@${(run += 1)}`;
      const [own, { pool }] = [run, database()];
      const partitions = partitionsOf(own, drawn);
      const applier = new ReactionApplier(pool, log, reaction(consumer), conflicts);
      const members = new Members({ pool, consumer, partitions, applier: () => applier });
      await Promise.all([members.run(schedule), write(log, own, others)]);
      await members.settle();
      const facts = partitions.flatMap((one) => one.facts);
      const all = new Map(facts.map((fact) => [fact.eventId, fact]));
      const heard = await Promise.all([0, 1, 2, 3, 4].map((n) => log.readStream(`case-${caseOf(own, n)}`)));
      const refs = heard.flat().flatMap(({ type, data }) => (type === 'Heard' ? [(data as { ref: string }).ref] : []));
      expect(byCase(all, refs)).toEqual(byCase(all, [...all.keys()]));
    };
    await fc.assert(fc.asyncProperty(drawnTopics, drawnSchedule, writes, property), { numRuns: 50 });
    expect(conflicts.conflicts).toBeGreaterThan(0);
  });

  async function write(log: EventLog, own: number, cases: readonly number[]): Promise<void> {
    for (const n of cases) {
      const streamId = `case-${caseOf(own, n)}`;
      await log.append({ ...aboutCase(0, aFact('Written')), streamId, key: caseOf(own, n) });
    }
  }
});
