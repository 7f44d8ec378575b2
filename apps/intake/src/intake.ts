import { StaffDecider } from '@garda/case-service';
import { EventLog } from '@garda/event-store';
import { connectKafka, ReactionConsumer, Relay, verifyLog, type Reaction } from '@garda/messaging';
import { Vault } from '@garda/personal-data';
import { ReferenceStore } from '@garda/reference';
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
  type BuiltService,
  type Log,
  type Metrics,
  type OwnLogs,
  type ServiceDefinition,
} from '@garda/service';
import type { Provider } from '@nestjs/common';
import type { Kafka } from 'kafkajs';
import { afterAdoption } from './adoption';
import { ApiKeys } from './api-keys/api-keys';
import { AppModule } from './app.module';
import { fireClock } from './cases/clock';
import { CaseStream } from './cases/case-stream';
import { ReadViews } from './cases/read-views';
import { CitizenVoice } from './citizen/citizen-commands';
import { CodeHolder } from './citizen/code-holder';
import { intakeEnv, type IntakeConfig } from './config';
import { PublishedCounts } from './counts/published-counts';
import { DeclaredCases } from './declared/declared-cases';
import { DeclaredPayments } from './declared/declared-payments';
import { Housekeeping } from './housekeeping';
import { intakeMigrations } from './migrations';
import type { MessageChannel } from './notification/message-channel';
import { NewsTeller } from './notification/news-teller';
import { progressReaction } from './notification/reactions';
import { PublicNumbers } from './numbers/public-number';
import { PublicCases } from './open311/public-cases';
import { partsOf, type Parts } from './parts';
import { PrintJobs } from './slips/print-jobs';
import { SlipBooks } from './slips/slip-books';
import { CONFIG, DATABASE, LOG } from './tokens';
import { TrackingCodes } from './tracking/tracking-code';

export interface IntakeOptions {
  /** Other names are for specs that share a broker. */
  readonly topics: { readonly own: string; readonly restricted: string; readonly resolution: string };
  /** The name of a consumer group on the broker, by what it is for. */
  readonly groupOf: (purpose: string) => string;
  /** Instead of the spool file. */
  readonly channel?: MessageChannel;
}
const usual: IntakeOptions = {
  topics: { own: 'garda.intake.v1', restricted: 'garda.intake.restricted.v1', resolution: 'garda.resolution.v1' },
  groupOf: (purpose) => `intake-${purpose}`,
};

const docs = {
  title: 'Garda: intake',
  description: 'For citizens and other cities: standards, cases, tracking, and Open311 GeoReport v2.',
  version: '0.1.0',
};

/** Intake as a service: the citizen's side, the catalogue, personal data, the public read model. */
export function intakeService(options: IntakeOptions = usual): ServiceDefinition<typeof intakeEnv> {
  return { name: 'intake', config: intakeEnv, docs, build: (config, platform) => build(config, options, platform) };
}

function build(
  config: IntakeConfig,
  options: IntakeOptions,
  { log, metrics }: { log: Log; metrics: Metrics },
): BuiltService {
  const appends = new LogMetrics(metrics);
  const parts = partsOf(config, log, { runtime: (): ServiceRuntime => runtime, appends, channel: options.channel });
  const reaction = progressReaction(options.topics.resolution);
  const kafka = connectKafka(kafkaSettings(config, 'intake'), log);
  const { pool, clock, numbers, vault } = parts;
  const healing = new Healing({
    ...{ context: 'intake', pool, kafka, log, logs: logsOf(options), groupPrefix: options.groupOf('verify-') },
    runtime: () => runtime,
    onAdopted: afterAdoption({ numbers, vault }),
  });
  const runtime: ServiceRuntime = runtimeOf(config, options, { parts, reaction, log, metrics, kafka, healing });
  gaugeAll(metrics, parts);
  gaugeLogs(metrics, [parts.log, parts.restricted]);
  return {
    module: AppModule.of(providersOf(parts, config, log)),
    runtime,
    guard: new ServiceTokenGuard({ service: 'intake', gatewayKey: config.GARDA_GATEWAY_PUBLIC_JWK }),
    checks: [{ name: 'database', check: async () => (await pool.query('select 1')).rowCount === 1 }],
    operations: new Operations({ pool, clock, hasLog: true, hears: [reaction] }),
    healing,
    projections: parts.projections,
    caseTime: () => clock.now(),
  };
}

function gaugeAll(metrics: Metrics, { pool, runners }: Parts): void {
  gaugeProgress(metrics, { pool, hasLog: true });
  gaugeRelayAge(metrics, pool);
  gaugePool(metrics, pool);
  gaugeTimers(metrics, pool);
  gaugeProjections(metrics, Object.values(runners));
}

function runtimeOf(
  config: IntakeConfig,
  options: IntakeOptions,
  of: { parts: Parts; reaction: Reaction; log: Log; metrics: Metrics; kafka: Kafka; healing: Healing },
): ServiceRuntime {
  const { parts, reaction, log, metrics, kafka, healing } = of;
  const { pool, runners, vault, guesses } = parts;
  const { groupOf } = options;
  const logs = logsOf(options);
  const common = { kafka, pool, log: parts.log, logger: log };
  const consumer = new ReactionConsumer({ ...common, groupId: groupOf('progress'), reaction });
  const relays = logs.map((one) => relayOf({ kafka, log, parts }, one));
  gaugeConsumers(metrics, [consumer]);
  gaugeRelays(metrics, relays);
  return new ServiceRuntime({
    log,
    prepare: [
      () => prepareDatabase(config, parts.clock, intakeMigrations),
      () => parts.reference.start(),
      () => parts.source.initialize(),
    ],
    verify: logs.map((one) => () => verifyLog({ pool, kafka, groupPrefix: groupOf('verify-'), ...one })),
    projections: [...Object.values(runners), parts.projections],
    consumers: [consumer, gaugeConsumerLag(metrics, { pool, kafka })],
    relays: [...relays, parts.watch],
    timers: [
      new TimerSweeper({ pool, log, metrics, onDue: fireClock(parts.cases) }),
      parts.notifier,
      new Housekeeping({ vault, guesses, log }),
    ],
    close: [
      () => healing.stop(),
      () => parts.log.close(),
      () => parts.restricted.close(),
      () => parts.reference.stop(),
      async () => void (parts.source.isInitialized && (await parts.source.destroy())),
      () => pool.end(),
    ],
  });
}

function logsOf({ topics }: IntakeOptions): OwnLogs['logs'] {
  return [
    { schema: 'log', topic: topics.own },
    { schema: 'log_restricted', topic: topics.restricted },
  ];
}

function relayOf({ kafka, log, parts }: { kafka: Kafka; log: Log; parts: Parts }, of: OwnLogs['logs'][number]): Relay {
  const relay = new Relay({ pool: parts.pool, ...of, context: 'intake', kafka, log });
  (of.schema === 'log' ? parts.log : parts.restricted).onAppended(() => relay.wake());
  return relay;
}

function providersOf(parts: Parts, config: IntakeConfig, log: Log): Provider[] {
  return [
    { provide: CONFIG, useValue: config },
    { provide: LOG, useValue: log },
    { provide: DATABASE, useValue: parts.pool },
    { provide: EventLog, useValue: parts.log },
    { provide: CaseClock, useValue: parts.clock },
    { provide: Vault, useValue: parts.vault },
    { provide: ReferenceStore, useValue: parts.reference },
    { provide: ReadViews, useValue: parts.views },
    { provide: CaseStream, useValue: parts.cases },
    { provide: TrackingCodes, useValue: parts.codes },
    { provide: NewsTeller, useValue: parts.teller },
    { provide: PublicNumbers, useValue: parts.numbers },
    { provide: CodeHolder, useValue: parts.holder },
    { provide: CitizenVoice, useValue: parts.voice },
    { provide: SlipBooks, useValue: parts.slips },
    { provide: PrintJobs, useValue: parts.jobs },
    { provide: StaffDecider, useValue: parts.staff },
    { provide: ApiKeys, useValue: parts.keys },
    { provide: PublicCases, useValue: parts.publicCases },
    { provide: DeclaredPayments, useValue: parts.declared },
    { provide: PublishedCounts, useValue: parts.counts },
    { provide: DeclaredCases, useValue: parts.declaredCases },
  ];
}
