import { EventLog, eventLogMigrations, openPool } from '@garda/event-store';
import {
  connectKafka,
  ReactionConsumer,
  Relay,
  TopicConsumer,
  verifyLog,
  type Reaction,
  type TopicHandler,
} from '@garda/messaging';
import { ProjectionRunner, Projections } from '@garda/projection';
import { referenceHandler, ReferenceStore } from '@garda/reference';
import {
  CaseClock,
  gaugeConsumerLag,
  gaugeConsumers,
  gaugeLogs,
  gaugePool,
  gaugeProgress,
  gaugeProjections,
  gaugeRelayAge,
  gaugeRelays,
  gaugeTimers,
  Healing,
  kafkaSettings,
  LogMetrics,
  Operations,
  prepareDatabase,
  ServiceRuntime,
  ServiceTokenGuard,
  TimerSweeper,
  watchLogs,
  type BuiltService,
  type Log,
  type Metrics,
  type OwnLogs,
  type ServiceDefinition,
} from '@garda/service';
import type { Kafka } from 'kafkajs';
import type { Pool } from 'pg';
import { caseState } from './case-state';
import { CatalogueView } from './catalogue-view';
import { caseServiceEnv, usualTopics, type CaseServiceConfig, type TopicNames } from './config';
import { CaseDecisions } from './decisions';
import { CaseServiceModule, type MoreRoutes } from './module';
import { reactionOf } from './reaction';
import type { CaseRules } from './rules';
import type { StaffDecider } from './staff-command';
import type { StaffDeciderParts } from './staff-decider';
import { SuccessionSweeper } from './succession-sweeper';
import { fireDue } from './timers';

/** What makes one deciding service different from another. */
export interface CaseServiceSpec<S, C> {
  readonly rules: CaseRules<S, C>;
  /** Decides staff commands with the parts that are the same everywhere. */
  staffDecider(parts: Omit<StaffDeciderParts<S, C>, 'staff'>): StaffDecider;
  /** Routes for what is no command on a case. */
  more?(parts: MoreParts<C>): MoreRoutes;
}

/** What decisions on streams of another kind are made with. */
export interface MoreParts<C> {
  readonly log: EventLog;
  readonly catalogue: CatalogueView<C>;
  readonly hashKey: string;
}

const noMore: MoreRoutes = { controllers: [], providers: [] };

type Platform = { readonly log: Log; readonly metrics: Metrics };

/**
 * A service that decides on cases: its log, its relay, its reactions, its clocks, its staff commands. One direction:
 * topics → reactions → log → projections and topic; commands → log.
 */
export function caseService<S, C>(
  spec: CaseServiceSpec<S, C>,
  topics: TopicNames = usualTopics(spec.rules.context),
): ServiceDefinition<typeof caseServiceEnv> {
  const { context } = spec.rules;
  return { name: context, config: caseServiceEnv, build: (config, platform) => build(spec, topics, config, platform) };
}

function build<S, C>(
  spec: CaseServiceSpec<S, C>,
  topics: TopicNames,
  config: CaseServiceConfig,
  platform: Platform,
): BuiltService {
  const beside = besideOf({ spec, topics, metrics: platform.metrics, logger: platform.log }, config, () => runtime);
  const { pool, clock, log, projection, decisions, handler, reaction, healing, projections, metrics } = beside;
  const { context } = spec.rules;
  const runtime: ServiceRuntime = runtimeOf(beside, config);
  gaugeAll(metrics, { pool, projection });
  gaugeLogs(metrics, [log]);
  const show = (position: bigint): Promise<boolean> => projection.waitFor(position);
  const decider = spec.staffDecider({ decisions, hashKey: config.GARDA_REQUEST_HASH_KEY, show });
  return {
    module: CaseServiceModule.of(
      context,
      decider,
      spec.more?.({ log, catalogue: beside.catalogue, hashKey: config.GARDA_REQUEST_HASH_KEY }) ?? noMore,
    ),
    runtime,
    guard: new ServiceTokenGuard({ service: context, gatewayKey: config.GARDA_GATEWAY_PUBLIC_JWK }),
    checks: [{ name: 'database', check: async () => (await pool.query('select 1')).rowCount === 1 }],
    operations: new Operations({ pool, clock, hasLog: true, hears: [handler, reaction] }),
    healing,
    projections,
    caseTime: () => clock.now(),
  };
}

/** Everything the service works with, made once a process and connected to nothing yet. */
function besideOf<S, C>(
  given: Pick<Beside<S, C>, 'spec' | 'topics' | 'logger' | 'metrics'>,
  config: CaseServiceConfig,
  runtime: () => ServiceRuntime,
): Beside<S, C> {
  const { spec, topics, logger } = given;
  const { context } = spec.rules;
  const pool = openPool(config.DATABASE_URL, { onError: (err) => logger.warn({ err }, 'a connection was lost') });
  const kafka = connectKafka(kafkaSettings(config, context), logger);
  const { answered: onAnswered } = new LogMetrics(given.metrics);
  const [log, restricted] = [
    new EventLog({ pool, onAnswered }),
    new EventLog({ pool, onAnswered, schema: 'log_restricted' }),
  ];
  const store = new ReferenceStore(pool, (err) => logger.warn({ err }, 'the catalogue could not be read'));
  const catalogue = new CatalogueView(store, (data) => spec.rules.catalogue(data));
  const own = { context, pool, kafka, logs: logsOf(topics, context), groupPrefix: `${topics.groups}verify-` };
  const projection = new ProjectionRunner({
    ...{ pool, log },
    projection: caseState(spec.rules, catalogue),
    onError: (err, { name, errorCode }) => logger.error({ err, name, code: errorCode }, 'a projection stopped'),
  });
  return {
    ...{ ...given, pool, kafka, log, restricted, store, catalogue, projection },
    projections: new Projections(pool, [projection]),
    clock: new CaseClock({ pool, mode: config.GARDA_MODE }),
    decisions: new CaseDecisions(log, spec.rules, catalogue),
    handler: referenceHandler(topics.open.intake, () => store.refreshSoon()),
    reaction: reactionOf(spec.rules, catalogue, topics.open),
    healing: new Healing({ ...own, log: logger, runtime }),
  };
}

function gaugeAll(metrics: Metrics, { pool, projection }: { pool: Pool; projection: ProjectionRunner }): void {
  gaugeProgress(metrics, { pool, hasLog: true });
  gaugeRelayAge(metrics, pool);
  gaugePool(metrics, pool);
  gaugeTimers(metrics, pool);
  gaugeProjections(metrics, [projection]);
}

/** In the order in which things start: nothing is appended, heard or told before the logs agree with their topics. */
function runtimeOf<S, C>(beside: Beside<S, C>, config: CaseServiceConfig): ServiceRuntime {
  const { spec, topics, pool, kafka, logger, metrics, log, store, clock, projection, decisions, healing, projections } =
    beside;
  const groupPrefix = `${topics.groups}verify-`;
  return new ServiceRuntime({
    log: logger,
    prepare: [() => prepareDatabase(config, clock, eventLogMigrations), () => store.start()],
    verify: logsOf(topics, spec.rules.context).map((one) => () => verifyLog({ ...one, pool, kafka, groupPrefix })),
    projections: [projection, projections],
    consumers: [...consumers(beside), gaugeConsumerLag(metrics, { pool, kafka })],
    relays: [...relays(beside), watchLogs({ pool, logs: [log, beside.restricted], log: logger })],
    timers: [
      new TimerSweeper({ pool, log: logger, metrics, onDue: fireDue(decisions) }),
      new SuccessionSweeper({ pool, log: logger, decisions }),
    ],
    close: [
      () => healing.stop(),
      () => log.close(),
      () => beside.restricted.close(),
      () => store.stop(),
      () => pool.end(),
    ],
  });
}

function logsOf(topics: TopicNames, context: keyof TopicNames['open']): OwnLogs['logs'] {
  return [
    { schema: 'log', topic: topics.open[context] },
    { schema: 'log_restricted', topic: topics.restricted[context] },
  ];
}

interface Beside<S, C> {
  readonly spec: CaseServiceSpec<S, C>;
  readonly topics: TopicNames;
  readonly pool: Pool;
  readonly kafka: Kafka;
  readonly logger: Log;
  readonly log: EventLog;
  readonly restricted: EventLog;
  readonly store: ReferenceStore;
  readonly catalogue: CatalogueView<C>;
  readonly handler: TopicHandler;
  readonly reaction: Reaction;
  readonly metrics: Metrics;
  readonly clock: CaseClock;
  readonly projection: ProjectionRunner;
  readonly projections: Projections;
  readonly healing: Healing;
  readonly decisions: CaseDecisions<S, C>;
}

function consumers<S, C>({ topics, pool, kafka, logger, metrics, log, handler, reaction }: Beside<S, C>) {
  const common = { kafka, pool, logger };
  const made = [
    new TopicConsumer({ ...common, groupId: `${topics.groups}reference`, handler }),
    new ReactionConsumer({ ...common, groupId: `${topics.groups}reactions`, reaction, log }),
  ];
  gaugeConsumers(metrics, made);
  return made;
}

function relays<S, C>({ spec, topics, pool, kafka, logger, metrics, log, restricted }: Beside<S, C>) {
  const { context } = spec.rules;
  const made = logsOf(topics, context).map(({ schema, topic }) => {
    const relay = new Relay({ pool, schema, topic, context, kafka, log: logger });
    (schema === 'log' ? log : restricted).onAppended(() => relay.wake());
    return relay;
  });
  gaugeRelays(metrics, made);
  return made;
}
