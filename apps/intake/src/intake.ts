import { StaffDeciders, stateViews } from '@garda/case-service';
import { lineNames, type LineName } from '@garda/contracts';
import { EventLog } from '@garda/event-store';
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
  Operations,
  prepareDatabase,
  ServiceRuntime,
  ServiceTokenGuard,
  type BuiltService,
  type Log,
  type Metrics,
  type ServiceDefinition,
} from '@garda/service';
import type { Provider } from '@nestjs/common';
import { afterAdoption } from './adoption';
import { ApiKeys } from './api-keys/api-keys';
import { AppModule } from './app.module';
import { CaseStreams } from './cases/case-streams';
import { ReadViews } from './cases/read-views';
import { CitizenVoice } from './citizen/citizen-commands';
import { CodeHolder } from './citizen/code-holder';
import { intakeEnv, type IntakeConfig } from './config';
import { PublishedCounts } from './counts/published-counts';
import { DeclaredCases } from './declared/declared-cases';
import { DeclaredPayments } from './declared/declared-payments';
import { Housekeeping } from './housekeeping';
import { usualTopics, type IntakeLine, type LineTopics } from './line';
import { intakeMigrations } from './migrations';
import { MessageChannel } from './notification/message-channel';
import { NewsTeller } from './notification/news-teller';
import { PublicNumbers } from './numbers/public-number';
import { PublicCases } from './open311/public-cases';
import { partsOf, type Parts } from './parts';
import { PrintJobs } from './slips/print-jobs';
import { SlipBooks } from './slips/slip-books';
import { StandInNames } from './stand-ins/stand-ins';
import { CONFIG, DATABASE, LOG } from './tokens';
import { TrackingCodes } from './tracking/tracking-code';

export interface IntakeOptions {
  /** Other names are for specs that share a broker. */
  readonly topics: Readonly<Record<LineName, LineTopics>>;
  /** Instead of the one that the configuration names. */
  readonly channel?: MessageChannel;
}
const usual: IntakeOptions = { topics: { open: usualTopics('open'), restricted: usualTopics('restricted') } };

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
  { topics, channel }: IntakeOptions,
  { log, metrics }: { log: Log; metrics: Metrics },
): BuiltService {
  const parts = partsOf(config, log, { runtime: (): ServiceRuntime => runtime, metrics, topics, channel });
  const { pool, clock, numbers, vault } = parts;
  const healing = new Healing({
    ...{ context: 'intake', pool, log, logs: each(parts).map(({ own }) => own) },
    runtime: () => runtime,
    onAdopted: afterAdoption({ numbers, vault }),
  });
  const runtime: ServiceRuntime = runtimeOf(config, { parts, log, metrics, healing });
  gaugeAll(metrics, parts);
  return {
    module: AppModule.of(providersOf(parts, config, log)),
    runtime,
    guard: new ServiceTokenGuard({ service: 'intake', gatewayKey: config.GARDA_GATEWAY_PUBLIC_JWK }),
    checks: [{ name: 'database', check: async () => (await pool.query('select 1')).rowCount === 1 }],
    operations: new Operations({ pool, clock, hasLog: true, hears: each(parts).map(({ reaction }) => reaction) }),
    healing,
    projections: parts.projections,
    caseTime: () => clock.now(),
  };
}

const each = ({ lines }: Parts): readonly IntakeLine[] => lineNames.map((line) => lines[line]);

function gaugeAll(metrics: Metrics, parts: Parts): void {
  const { pool, runners } = parts;
  const own = each(parts);
  gaugeProgress(metrics, { pool, hasLog: true });
  gaugeRelayAge(metrics, pool);
  gaugePool(metrics, pool);
  gaugeTimers(
    metrics,
    pool,
    own.map(({ name }) => stateViews[name].due),
  );
  gaugeProjections(metrics, runners);
  gaugeLogs(
    metrics,
    own.map(({ log }) => log),
  );
  gaugeConsumers(
    metrics,
    own.map(({ consumer }) => consumer),
  );
  gaugeRelays(
    metrics,
    own.map(({ relay }) => relay),
  );
}

function runtimeOf(
  config: IntakeConfig,
  of: { parts: Parts; log: Log; metrics: Metrics; healing: Healing },
): ServiceRuntime {
  const { parts, log, metrics, healing } = of;
  const { pool, runners, vault, guesses } = parts;
  const own = each(parts);
  const readers = own.map(({ kafka, reaction }) => ({ kafka, topics: reaction.topics }));
  return new ServiceRuntime({
    log,
    prepare: [
      () => prepareDatabase(config, parts.clock, intakeMigrations),
      () => parts.reference.start(),
      () => parts.source.initialize(),
    ],
    verify: own.map((line) => () => line.verify()),
    projections: [...runners, parts.projections],
    consumers: [...own.map(({ consumer }) => consumer), gaugeConsumerLag(metrics, { pool, readers })],
    relays: [...own.map(({ relay }) => relay), parts.watch],
    timers: [...own.map((line) => line.sweeper()), ...parts.notifiers, new Housekeeping({ vault, guesses, log })],
    close: [
      () => healing.stop(),
      ...own.map((line) => () => line.log.close()),
      () => parts.reference.stop(),
      async () => void (parts.source.isInitialized && (await parts.source.destroy())),
      () => pool.end(),
    ],
  });
}

function providersOf(parts: Parts, config: IntakeConfig, log: Log): Provider[] {
  return [
    { provide: CONFIG, useValue: config },
    { provide: LOG, useValue: log },
    { provide: DATABASE, useValue: parts.pool },
    { provide: EventLog, useValue: parts.lines.open.log },
    { provide: CaseClock, useValue: parts.clock },
    { provide: Vault, useValue: parts.vault },
    { provide: ReferenceStore, useValue: parts.reference },
    { provide: ReadViews, useValue: parts.lines.open.views },
    { provide: CaseStreams, useValue: parts.streams },
    { provide: TrackingCodes, useValue: parts.codes },
    { provide: NewsTeller, useValue: parts.teller },
    { provide: MessageChannel, useValue: parts.channel },
    { provide: PublicNumbers, useValue: parts.numbers },
    { provide: CodeHolder, useValue: parts.holder },
    { provide: CitizenVoice, useValue: parts.voice },
    { provide: SlipBooks, useValue: parts.slips },
    { provide: StandInNames, useValue: parts.standIns },
    { provide: PrintJobs, useValue: parts.jobs },
    { provide: StaffDeciders, useValue: { open: parts.staff, restricted: parts.staff } },
    { provide: ApiKeys, useValue: parts.keys },
    { provide: PublicCases, useValue: parts.publicCases },
    { provide: DeclaredPayments, useValue: parts.declared },
    { provide: PublishedCounts, useValue: parts.counts },
    { provide: DeclaredCases, useValue: parts.declaredCases },
  ];
}
