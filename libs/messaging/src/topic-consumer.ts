import { ConsumerCore, type ConsumerOptions, type ConsumerStatus } from './consumer-core';
import { TopicApplier, type TopicHandler } from './topic-applier';

/**
 * Applies the records of topics in order, each exactly once in its effect: the cursor moves in the transaction that holds
 * what the handler did. Its state machine is `ConsumerCore`'s.
 */
export class TopicConsumer {
  readonly name: string;
  private readonly core: ConsumerCore;

  constructor(options: ConsumerOptions & { readonly handler: TopicHandler }) {
    const { handler, pool } = options;
    const applier = new TopicApplier(pool, handler);
    this.name = handler.name;
    this.core = new ConsumerCore(options, { name: handler.name, topics: handler.topics, applier });
  }

  /** Resolves when the group is joined; rejects when the broker refuses (password, rights). */
  start(): Promise<void> {
    return this.core.start();
  }

  /** Within five seconds; what is in hand is finished or rolled back. */
  stop(): Promise<void> {
    return this.core.stop();
  }

  status(): ConsumerStatus {
    return this.core.status();
  }
}
