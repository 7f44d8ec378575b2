import type { EventLog } from '@garda/event-store';
import { ConsumerCore, type ConsumerOptions, type ConsumerStatus } from './consumer-core';
import { ReactionApplier, type Reaction, type ReactionCounters } from './reaction-applier';

export interface ReactionStatus extends ConsumerStatus, Readonly<ReactionCounters> {}

/**
 * Appends to the own log what follows from facts of other contexts, each reaction exactly once and in the order of its
 * partition: cursor and append are one statement. Its state machine is `ConsumerCore`'s.
 */
export class ReactionConsumer {
  readonly name: string;
  private readonly core: ConsumerCore;
  private readonly counters: ReactionCounters = { reactions: 0, conflicts: 0 };

  /** `log` decides which of the service's two logs is appended to: one reaction appends to one log. */
  constructor(options: ConsumerOptions & { readonly reaction: Reaction; readonly log: EventLog }) {
    const { reaction, log, pool } = options;
    const applier = new ReactionApplier(pool, log, reaction, this.counters);
    this.name = reaction.name;
    this.core = new ConsumerCore(options, { name: reaction.name, topics: reaction.topics, applier });
  }

  /** Resolves when the group is joined; rejects when the broker refuses (password, rights). */
  start(): Promise<void> {
    return this.core.start();
  }

  /** Within five seconds; what is in hand is finished or rolled back. */
  stop(): Promise<void> {
    return this.core.stop();
  }

  /** `conflicts`: appends refused because somebody else wrote to the stream first; they were decided again. */
  status(): ReactionStatus {
    return { ...this.core.status(), ...this.counters };
  }
}
