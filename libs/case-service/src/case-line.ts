import { lines, type LineName } from '@garda/contracts';
import { EventLog } from '@garda/event-store';
import { connectKafka, ReactionConsumer, Relay, verifyLog, type Reaction } from '@garda/messaging';
import { ProjectionRunner } from '@garda/projection';
import {
  kafkaSettings,
  TimerSweeper,
  type Log,
  type LogMetrics,
  type Metrics,
  type OwnLog,
  type Part,
} from '@garda/service';
import type { Kafka } from 'kafkajs';
import type { Pool } from 'pg';
import { caseState, stateViews } from './case-state';
import type { CatalogueView } from './catalogue-view';
import type { CaseServiceConfig, LineTopics } from './config';
import { CaseDecisions } from './decisions';
import { reactionOf } from './reaction';
import type { CaseRules } from './rules';
import { SuccessionSweeper } from './succession-sweeper';
import { fireDue } from './timers';

/** What both lines of a service work with. */
export interface LineParts<S, C> {
  readonly rules: CaseRules<S, C>;
  readonly config: CaseServiceConfig;
  readonly pool: Pool;
  readonly catalogue: CatalogueView<C>;
  readonly logger: Log;
  readonly metrics: Metrics;
  readonly appends: LogMetrics;
}

/**
 * One line of a deciding service: its log, the topics it hears and fills, by a principal of its own, what follows from
 * foreign facts, the folded cases and their clocks. Open and restricted are the same with other names.
 */
export class CaseLine<S, C> {
  readonly kafka: Kafka;
  readonly log: EventLog;
  readonly decisions: CaseDecisions<S, C>;
  readonly projection: ProjectionRunner;
  readonly reaction: Reaction;
  readonly relay: Relay;
  readonly consumer: ReactionConsumer;

  constructor(
    readonly name: LineName,
    private readonly names: LineTopics,
    private readonly parts: LineParts<S, C>,
  ) {
    const { rules, config, pool, catalogue, logger, appends } = parts;
    const { context } = rules;
    const { schema } = lines[name];
    this.kafka = connectKafka(kafkaSettings(config, context, name), logger);
    this.log = new EventLog({ pool, schema, onAnswered: appends.answered });
    this.decisions = new CaseDecisions(this.log, rules, catalogue, name);
    this.projection = new ProjectionRunner({
      ...{ pool, log: this.log },
      projection: caseState(rules, catalogue, name),
      onError: (err, { name: stopped, errorCode }) =>
        logger.error({ err, name: stopped, code: errorCode }, 'a projection stopped'),
    });
    this.reaction = reactionOf(rules, catalogue, { line: name, topics: names.topics });
    const { kafka, log, reaction } = this;
    this.consumer = new ReactionConsumer({
      ...{ kafka, pool, logger, reaction, log },
      groupId: `${names.groups}reactions`,
    });
    this.relay = new Relay({ pool, schema, topic: this.topic, context, kafka, log: logger });
    this.log.onAppended(() => this.relay.wake());
  }

  /** The topic that this line's log fills. */
  get topic(): string {
    return this.names.topics[this.parts.rules.context];
  }

  get own(): OwnLog {
    const { kafka, topic, names } = this;
    return { schema: lines[this.name].schema, topic, kafka, groupPrefix: `${names.groups}verify-` };
  }

  verify(): Promise<void> {
    return verifyLog({ ...this.own, pool: this.parts.pool });
  }

  /** What ran out by the clock, and what a unit that has ended left behind. */
  sweepers(): readonly Part[] {
    const { pool, logger: log, metrics } = this.parts;
    const [{ state, due: view }, { decisions }] = [stateViews[this.name], this];
    return [
      new TimerSweeper({ pool, log, metrics, view, onDue: fireDue(decisions) }),
      new SuccessionSweeper({ pool, log, decisions, view: state }),
    ];
  }

  /** Whether the next read of the folded cases will show this position; bounded. */
  readonly show = (position: bigint): Promise<boolean> => this.projection.waitFor(position);
}
