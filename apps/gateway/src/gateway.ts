import { contexts, lineNames, lines, principalOf, type Context, type LineName } from '@garda/contracts';
import { eventLogMigrations, listenFromTheStart, openPool } from '@garda/event-store';
import { connectKafka, TopicConsumer, type TopicHandler } from '@garda/messaging';
import { referenceHandler, ReferenceStore } from '@garda/reference';
import {
  CaseClock,
  gaugeConsumerLag,
  gaugeConsumers,
  gaugePool,
  gaugeProgress,
  kafkaSettings,
  OidcVerifier,
  Operations,
  prepareDatabase,
  ServiceRuntime,
  type BuiltService,
  type Part,
  type ServiceDefinition,
} from '@garda/service';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { AppModule } from './app.module';
import { StaffGuard } from './auth/staff.guard';
import { caseFileHandler } from './case-file/case-file.handler';
import { CaseFiles, LevyFiles } from './case-file/case-files';
import { fileEntities } from './case-file/entities';
import { createCaseFile } from './case-file/table';
import { gatewayEnv, type GatewayConfig } from './config';
import { Inbox } from './inbox/inbox';
import { Fleet } from './operations/fleet';
import { Reference } from './reference';
import type { ReceiptSetting } from './receipt/get-receipt';
import { ReportCounts } from './reports/counts';
import { errandsHandler } from './reports/errands.handler';
import type { ReportSetting } from './reports/get-report';
import { createErrands } from './reports/table';
import { Judge } from './rights/judge';
import { Roles } from './rights/roles';
import { ServiceClient } from './services/service-client';

type Topics = Readonly<Record<Context, string>>;

const docs = {
  title: 'Garda: staff gateway',
  description: 'Inbox, case file and commands for staff and programs. Rights are those of roles.yaml.',
  version: '0.1.0',
};

/** Where the facts of a line come from. */
export interface LineSources {
  readonly topics: Topics;
  /** Every group begins with the name of our principal at the broker: the right to read hangs on that. */
  readonly groupOf: (consumer: string) => string;
}
export type GatewaySources = Readonly<Record<LineName, LineSources>>;

function usualSources(line: LineName): LineSources {
  const topics = Object.fromEntries(contexts.map((context) => [context, lines[line].topic(context)])) as Topics;
  const principal = principalOf(line, 'gateway');
  return { topics, groupOf: (consumer) => `${principal}-${consumer}` };
}
const usual: GatewaySources = { open: usualSources('open'), restricted: usualSources('restricted') };

/** The gateway as a service. Specs give it topics and groups of their own. */
export function gatewayService(sources: GatewaySources = usual): ServiceDefinition<typeof gatewayEnv> {
  return { name: 'gateway', config: gatewayEnv, docs, build: (config, platform) => build(config, sources, platform) };
}

type Platform = Parameters<ServiceDefinition<typeof gatewayEnv>['build']>[1];

function build(config: GatewayConfig, sources: GatewaySources, platform: Platform): BuiltService {
  const { log, metrics } = platform;
  const onError = (err: Error): void => log.warn({ err }, 'a connection was lost');
  const pool = openPool(config.DATABASE_URL, { onError });
  const source = sourceOf(config.DATABASE_URL, onError);
  const clock = new CaseClock({ pool, mode: config.GARDA_MODE });
  const store = new ReferenceStore(pool, (err) => log.warn({ err }, 'the catalogue could not be read'));
  const reference = new Reference(store);
  const judge = new Judge(Roles.read(config.GARDA_CATALOGUE), reference, clock);
  const services = new ServiceClient({ urls: urlsOf(config), key: config.GARDA_GATEWAY_PRIVATE_JWK });
  const handlers = handlersOf(sources, { store, reference });
  const hears = lineNames.flatMap((line) => Object.values(handlers[line]));
  const fleet = new Fleet(services, new Operations({ pool, clock, hasLog: false, hears }), clock);
  gaugeProgress(metrics, { pool, hasLog: false });
  gaugePool(metrics, pool);
  const runtime = new ServiceRuntime({
    log,
    prepare: [() => prepare(config, pool, clock), () => store.start(), () => source.initialize()],
    consumers: consumersOf(config, sources, { pool, handlers, platform }),
    close: [() => store.stop(), () => closeSource(source), () => pool.end()],
  });
  return {
    module: AppModule.of({
      ...viewsOf(source, clock),
      ...{ judge, reference, services, fleet, setting: settingOf(config, reference) },
    }),
    runtime,
    guard: new StaffGuard(new OidcVerifier({ issuer: config.OIDC_ISSUER }), judge),
    checks: [{ name: 'database', check: async () => (await pool.query('select 1')).rowCount === 1 }],
    caseTime: () => clock.now(),
  };
}

function sourceOf(url: string, onError: (error: Error) => void): DataSource {
  const entities = lineNames.flatMap((line) => Object.values(fileEntities[line]));
  return new DataSource({ type: 'postgres', url, entities, extra: listenFromTheStart(onError) });
}

/** What is read of the gateway's own tables. */
function viewsOf(source: DataSource, clock: CaseClock) {
  const inbox = new Inbox(source, clock);
  return {
    ...{ files: new CaseFiles(source), levyFiles: new LevyFiles(source), inbox },
    counts: new ReportCounts(source, clock),
  };
}

type Handlers = Readonly<Record<LineName, Readonly<Record<string, TopicHandler>>>>;

/**
 * What is heard on each line, by the purpose that names its group. The catalogue is read by a consumer of its own: a case
 * that waits for an edition cannot hold that edition back.
 */
function handlersOf(
  { open, restricted }: GatewaySources,
  { store, reference }: { store: ReferenceStore; reference: Reference },
): Handlers {
  return {
    open: {
      reference: referenceHandler(open.topics.intake, () => store.refreshSoon()),
      'case-file': caseFileHandler({ line: 'open', topics: open.topics, reference }),
      errands: errandsHandler(open.topics),
    },
    restricted: { 'case-file': caseFileHandler({ line: 'restricted', topics: restricted.topics, reference }) },
  };
}

function consumersOf(
  config: GatewayConfig,
  sources: GatewaySources,
  of: { pool: Pool; handlers: Handlers; platform: Platform },
): Part[] {
  const { pool, handlers, platform } = of;
  const { log: logger, metrics } = platform;
  const readers = lineNames.map((line) => {
    const kafka = connectKafka(kafkaSettings(config, 'gateway', line), logger);
    return { line, kafka, topics: Object.values(sources[line].topics) };
  });
  const consumers = readers.flatMap(({ line, kafka }) =>
    Object.entries(handlers[line]).map(
      ([purpose, handler]) =>
        new TopicConsumer({ kafka, groupId: sources[line].groupOf(purpose), pool, logger, handler }),
    ),
  );
  gaugeConsumers(metrics, consumers);
  return [...consumers, gaugeConsumerLag(metrics, { pool, readers })];
}

/** The owner migrates and is forgotten; what the projection owns it makes itself. */
async function prepare(config: GatewayConfig, pool: Pool, clock: CaseClock): Promise<void> {
  await prepareDatabase(config, clock, (roles) => eventLogMigrations({ ...roles, withoutLog: true }));
  for (const line of lineNames) await pool.query(createCaseFile(line));
  await pool.query(createErrands);
}

async function closeSource(source: DataSource): Promise<void> {
  if (source.isInitialized) await source.destroy();
}

/** What receipts and reports need besides cases. */
function settingOf(config: GatewayConfig, reference: Reference): ReceiptSetting & ReportSetting {
  const { GARDA_PUBLIC_URL, INTAKE_URL, GARDA_ZONE: zone } = config;
  const publicUrl = (GARDA_PUBLIC_URL ?? INTAKE_URL).replace(/\/$/, '');
  return {
    publicUrl,
    zone,
    get catalogue() {
      return reference.catalogue;
    },
  };
}

function urlsOf(config: GatewayConfig): Readonly<Record<Context, string>> {
  return { intake: config.INTAKE_URL, routing: config.ROUTING_URL, resolution: config.RESOLUTION_URL };
}
