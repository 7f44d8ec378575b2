import { stateViews, type CatalogueView } from '@garda/case-service';
import { lines, principalOf, type LineName } from '@garda/contracts';
import type { Catalogue } from '@garda/domain';
import { EventLog } from '@garda/event-store';
import { connectKafka, ReactionConsumer, Relay, verifyLog, type Reaction } from '@garda/messaging';
import { ProjectionRunner, ProjectionSteps, type LocalProjection } from '@garda/projection';
import { kafkaSettings, TimerSweeper, type Log, type LogMetrics, type Metrics, type OwnLog } from '@garda/service';
import type { Kafka } from 'kafkajs';
import type { Pool } from 'pg';
import { fireClock } from './cases/clock';
import { caseStateProjection } from './cases/case-state.projection';
import { CaseStream } from './cases/case-stream';
import { ReadViews } from './cases/read-views';
import type { IntakeConfig } from './config';
import { noticesProjection } from './notification/notices.projection';
import { progressReaction } from './notification/reactions';

/** Names on the broker; a spec that shares one gives its own. */
export interface LineTopics {
  readonly own: string;
  readonly resolution: string;
  /** The name of a consumer group, by what it is for: the right to read as a group hangs on how it begins. */
  readonly groupOf: (purpose: string) => string;
}

export function usualTopics(line: LineName): LineTopics {
  const principal = principalOf(line, 'intake');
  const { topic } = lines[line];
  return { own: topic('intake'), resolution: topic('resolution'), groupOf: (purpose) => `${principal}-${purpose}` };
}

/** What both lines work with. */
export interface LineParts {
  readonly config: IntakeConfig;
  readonly pool: Pool;
  readonly catalogue: CatalogueView<Catalogue>;
  readonly logger: Log;
  readonly metrics: Metrics;
  readonly appends: LogMetrics;
}

/**
 * One line of the citizen's side: its log, its topics by a principal of its own, the folded cases, their clocks, the
 * news that people are to be told. `shown` are more read models of its log that a caller may ask right after a command.
 */
export class IntakeLine {
  readonly log: EventLog;
  readonly kafka: Kafka;
  readonly views: ReadViews;
  private readonly caseState: ProjectionRunner;
  private readonly shown: readonly ProjectionRunner[];
  private readonly notices: ProjectionRunner;
  /** Its read models take their steps together. */
  private readonly steps: ProjectionSteps;
  readonly cases: CaseStream;
  readonly reaction: Reaction;
  readonly consumer: ReactionConsumer;
  readonly relay: Relay;

  constructor(
    readonly name: LineName,
    private readonly topics: LineTopics,
    private readonly parts: LineParts,
    shown: readonly LocalProjection[] = [],
  ) {
    const { config, pool, catalogue, logger, appends } = parts;
    const { schema } = lines[name];
    this.log = new EventLog({ pool, schema, onAnswered: appends.answered });
    this.steps = new ProjectionSteps(pool, this.log);
    this.kafka = connectKafka(kafkaSettings(config, 'intake', name), logger);
    this.caseState = this.project(caseStateProjection(catalogue, name));
    this.notices = this.project(noticesProjection(name));
    this.shown = [this.caseState, ...shown.map((one) => this.project(one))];
    this.views = new ReadViews(this.shown);
    this.cases = new CaseStream(name, this.log, catalogue, this.views);
    this.reaction = progressReaction(topics.resolution, name);
    const { kafka, log, reaction } = this;
    this.consumer = new ReactionConsumer({ kafka, pool, log, logger, groupId: topics.groupOf('progress'), reaction });
    this.relay = new Relay({ pool, schema, topic: topics.own, context: 'intake', kafka, log: logger });
    log.onAppended(() => this.relay.wake());
  }

  get runners(): readonly ProjectionRunner[] {
    return [...this.shown, this.notices];
  }

  get own(): OwnLog {
    const { topics, kafka } = this;
    return { schema: lines[this.name].schema, topic: topics.own, kafka, groupPrefix: topics.groupOf('verify-') };
  }

  verify(): Promise<void> {
    return verifyLog({ ...this.own, pool: this.parts.pool });
  }

  sweeper(): TimerSweeper {
    const { pool, logger: log, metrics } = this.parts;
    return new TimerSweeper({ pool, log, metrics, view: stateViews[this.name].due, onDue: fireClock(this.cases) });
  }

  /** Keeps a read model of this line's log. */
  project(projection: LocalProjection): ProjectionRunner {
    const { pool, logger } = this.parts;
    return new ProjectionRunner({
      ...{ pool, log: this.log, projection, steps: this.steps },
      onError: (err) => logger.fatal({ err, projection: projection.name }, 'a projection stopped'),
    });
  }
}
