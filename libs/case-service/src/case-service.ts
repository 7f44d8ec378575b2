import { lineNames, type LineName } from '@garda/contracts';
import { eventLogMigrations, openPool, type EventLog } from '@garda/event-store';
import { TopicConsumer, type TopicHandler } from '@garda/messaging';
import { Projections } from '@garda/projection';
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
  LogMetrics,
  Operations,
  prepareDatabase,
  ServiceRuntime,
  ServiceTokenGuard,
  watchLogs,
  type BuiltService,
  type Log,
  type Metrics,
  type Part,
  type ServiceDefinition,
} from '@garda/service';
import type { Pool } from 'pg';
import { CaseLine } from './case-line';
import { stateViews } from './case-state';
import { CatalogueView } from './catalogue-view';
import { caseServiceEnv, usualTopics, type CaseServiceConfig, type TopicNames } from './config';
import { CaseServiceModule, type MoreRoutes } from './module';
import type { CaseRules } from './rules';
import type { StaffDecider } from './staff-command';
import type { StaffDeciderParts } from './staff-decider';

/** What makes one deciding service different from another. */
export interface CaseServiceSpec<S, C> {
  readonly rules: CaseRules<S, C>;
  /** Decides the staff commands of a line with the parts that are the same everywhere. */
  staffDecider(parts: Omit<StaffDeciderParts<S, C>, 'staff'>): StaffDecider;
  /** Routes for what is no command on a case. */
  more?(parts: MoreParts<C>): MoreRoutes;
}

/** What decisions on streams of another kind are made with; they stand in the open log. */
export interface MoreParts<C> {
  readonly log: EventLog;
  readonly catalogue: CatalogueView<C>;
  readonly hashKey: string;
}

const noMore: MoreRoutes = { controllers: [], providers: [] };

type Platform = { readonly log: Log; readonly metrics: Metrics };

/**
 * A service that decides on cases, on two lines that never meet: the open one, and the restricted one of levy reports.
 * On each, one direction: topics → reactions → log → projections and topic; commands → log.
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
  const { pool, clock, lines, handler, healing, projections, catalogue } = beside;
  const { context } = spec.rules;
  const runtime: ServiceRuntime = runtimeOf(beside, config);
  gaugeAll(beside);
  const hashKey = config.GARDA_REQUEST_HASH_KEY;
  const decider = ({ decisions, show }: CaseLine<S, C>) => spec.staffDecider({ decisions, hashKey, show });
  return {
    module: CaseServiceModule.of(
      context,
      { open: decider(lines.open), restricted: decider(lines.restricted) },
      spec.more?.({ log: lines.open.log, catalogue, hashKey }) ?? noMore,
    ),
    runtime,
    guard: new ServiceTokenGuard({ service: context, gatewayKey: config.GARDA_GATEWAY_PUBLIC_JWK }),
    checks: [{ name: 'database', check: async () => (await pool.query('select 1')).rowCount === 1 }],
    operations: new Operations({
      ...{ pool, clock, hasLog: true },
      hears: [handler, ...each(beside).map(({ reaction }) => reaction)],
    }),
    healing,
    projections,
    caseTime: () => clock.now(),
  };
}

interface Beside<S, C> {
  readonly spec: CaseServiceSpec<S, C>;
  readonly topics: TopicNames;
  readonly pool: Pool;
  readonly logger: Log;
  readonly metrics: Metrics;
  readonly lines: Readonly<Record<LineName, CaseLine<S, C>>>;
  readonly store: ReferenceStore;
  readonly catalogue: CatalogueView<C>;
  readonly handler: TopicHandler;
  readonly clock: CaseClock;
  readonly projections: Projections;
  readonly healing: Healing;
}

const each = <S, C>({ lines }: Pick<Beside<S, C>, 'lines'>): readonly CaseLine<S, C>[] =>
  lineNames.map((name) => lines[name]);

/** Everything the service works with, made once a process and connected to nothing yet. */
function besideOf<S, C>(
  given: Pick<Beside<S, C>, 'spec' | 'topics' | 'logger' | 'metrics'>,
  config: CaseServiceConfig,
  runtime: () => ServiceRuntime,
): Beside<S, C> {
  const { spec, topics, logger, metrics } = given;
  const { rules } = spec;
  const pool = openPool(config.DATABASE_URL, { onError: (err) => logger.warn({ err }, 'a connection was lost') });
  const store = new ReferenceStore(pool, (err) => logger.warn({ err }, 'the catalogue could not be read'));
  const catalogue = new CatalogueView(store, (data) => rules.catalogue(data));
  const parts = { rules, config, pool, catalogue, logger, metrics, appends: new LogMetrics(metrics) };
  const lines = {
    open: new CaseLine('open', topics.open, parts),
    restricted: new CaseLine('restricted', topics.restricted, parts),
  };
  const logs = each({ lines }).map(({ own }) => own);
  return {
    ...{ ...given, pool, lines, store, catalogue },
    projections: new Projections(
      pool,
      each({ lines }).map(({ projection }) => projection),
    ),
    clock: new CaseClock({ pool, mode: config.GARDA_MODE }),
    handler: referenceHandler(topics.open.topics.intake, () => store.refreshSoon()),
    healing: new Healing({ context: rules.context, pool, logs, log: logger, runtime }),
  };
}

function gaugeAll<S, C>(beside: Beside<S, C>): void {
  const { metrics, pool } = beside;
  const own = each(beside);
  gaugeProgress(metrics, { pool, hasLog: true });
  gaugeRelayAge(metrics, pool);
  gaugePool(metrics, pool);
  gaugeTimers(
    metrics,
    pool,
    own.map(({ name }) => stateViews[name].due),
  );
  gaugeProjections(
    metrics,
    own.map(({ projection }) => projection),
  );
  gaugeLogs(
    metrics,
    own.map(({ log }) => log),
  );
  gaugeRelays(
    metrics,
    own.map(({ relay }) => relay),
  );
}

/** In the order in which things start: nothing is appended, heard or told before the logs agree with their topics. */
function runtimeOf<S, C>(beside: Beside<S, C>, config: CaseServiceConfig): ServiceRuntime {
  const { pool, logger, store, clock, healing, projections } = beside;
  const own = each(beside);
  const logs = own.map(({ log }) => log);
  return new ServiceRuntime({
    log: logger,
    prepare: [() => prepareDatabase(config, clock, eventLogMigrations), () => store.start()],
    verify: own.map((line) => () => line.verify()),
    projections: [...own.map(({ projection }) => projection), projections],
    consumers: consumers(beside),
    relays: [...own.map(({ relay }) => relay), watchLogs({ pool, logs, log: logger })],
    timers: own.flatMap((line) => line.sweepers()),
    close: [() => healing.stop(), ...logs.map((log) => () => log.close()), () => store.stop(), () => pool.end()],
  });
}

function consumers<S, C>(beside: Beside<S, C>): readonly Part[] {
  const { topics, pool, lines, logger, metrics, handler } = beside;
  const groupId = `${topics.open.groups}reference`;
  const reference = new TopicConsumer({ kafka: lines.open.kafka, pool, logger, groupId, handler });
  const made = [reference, ...each(beside).map(({ consumer }) => consumer)];
  gaugeConsumers(metrics, made);
  // The catalogue's topic is among those that the open line hears.
  const readers = each(beside).map(({ kafka, reaction }) => ({ kafka, topics: reaction.topics }));
  return [...made, gaugeConsumerLag(metrics, { pool, readers })];
}
