import { join } from 'node:path';
import { contexts, type Context, type LineName, type RecordedEvent } from '@garda/contracts';
import { startService, type RunningService } from '@garda/service';
import { until, withTopics } from '@garda/testing';
import { exportJWK, generateKeyPair } from 'jose';
import { fileViews } from '../src/case-file/file-views';
import { gatewayService, type GatewaySources } from '../src/gateway';
import { catalogueFacts } from './facts';
import { startFakeService, type FakeService } from './fake-service';
import { withGatewayDatabase } from './gateway-database';
import { startIssuer, type Issuer } from './issuer';
import { TopicWriter } from './topic-writer';

const catalogueFolder = join(__dirname, '..', '..', '..', 'catalogue', 'batang');

/** The units of the specs: a secretariat over agencies and a district, which commands one village and guides another. */
const line = { parent: 'setda', oversight: 'line', functions: [] };
const units = [
  { code: 'setda', kind: 'secretariat', tier: 'regency', functions: [], parent: undefined, oversight: undefined },
  { code: 'upkp2', kind: 'quality', tier: 'regency', functions: [], parent: undefined, oversight: undefined },
  { code: 'inspektorat', kind: 'oversight', tier: 'regency', ...line, functions: ['levy'] },
  { code: 'x-ombudsman', tier: 'external', functions: [], parent: undefined, oversight: undefined },
  { code: 'dishub', ...line },
  { code: 'dlh', ...line },
  { code: 'kec-tulis', tier: 'district', ...line },
  { code: 'desa-posong', tier: 'village', parent: 'kec-tulis', oversight: 'guidance', functions: [] },
  { code: 'kel-proyonanggan', tier: 'village', ...line, parent: 'kec-tulis' },
];

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON, loosely: a spec says what it expects. */
  readonly json: Readonly<Record<string, unknown>>;
}
export interface Harness {
  readonly gateway: RunningService;
  readonly issuer: Issuer;
  readonly services: Readonly<Record<Context, FakeService>>;
  /** The spec's own topics. */
  readonly topics: Readonly<Record<Context, string>>;
  /** Puts facts on a topic; the gateway's case file hears of them in a moment. */
  publish(context: Context, events: readonly RecordedEvent[], line?: LineName): Promise<void>;
  /** Until the case file has these versions. */
  hears(caseId: string, versions: Partial<Record<Context, number>>, line?: LineName): Promise<void>;
  get(path: string, as?: string, headers?: Record<string, string>): Promise<Reply>;
  post(path: string, as: string | undefined, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  staff(id: string, unit: string, ...roles: string[]): Promise<string>;
  program(name: string): Promise<string>;
  readonly query: (sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
}

/** A gateway with its real database and broker; the services and the identity provider are HTTP servers of the spec. */
export function withGateway(more: NodeJS.ProcessEnv = {}): () => Harness {
  let close: (() => Promise<void>) | undefined;
  let harness: Harness | undefined;
  afterAll(async () => close?.(), 30_000); // before the topics and the database are removed
  const database = withGatewayDatabase();
  const topics = withTopics({
    ...{ intake: 1, routing: 1, resolution: 1 },
    ...{ intakeRestricted: 1, routingRestricted: 1, resolutionRestricted: 1 },
  });
  beforeAll(async () => {
    const started = await start(database(), topics(), more);
    ({ harness, close } = started);
  }, 60_000);
  return () => {
    if (harness === undefined) throw new Error('The gateway runs only while tests run');
    return harness;
  };
}

type Database = ReturnType<ReturnType<typeof withGatewayDatabase>>;
type Topics = ReturnType<ReturnType<typeof withTopics<Context | `${Context}Restricted`>>>;

async function start(database: Database, topics: Topics, more: NodeJS.ProcessEnv) {
  const keys = await generateKeyPair('EdDSA', { extractable: true });
  const publicKey = await exportJWK(keys.publicKey);
  const issuer = await startIssuer();
  const fakes = await Promise.all(contexts.map((context) => startFakeService(context, publicKey)));
  const services = Object.fromEntries(contexts.map((context, i) => [context, fakes[i]])) as Harness['services'];
  const sources = sourcesOf(topics);
  const gateway = await startService(gatewayService(sources), {
    GARDA_MODE: 'test',
    PORT: '0',
    LOG_LEVEL: 'fatal',
    DATABASE_URL: database.appUrl,
    KAFKA_BROKERS: topics.settings.brokers.join(','),
    KAFKA_USERNAME: topics.settings.username,
    KAFKA_PASSWORD: topics.settings.password,
    OIDC_ISSUER: issuer.url,
    GARDA_GATEWAY_PRIVATE_JWK: JSON.stringify(await exportJWK(keys.privateKey)),
    INTAKE_URL: services.intake.url,
    ROUTING_URL: services.routing.url,
    RESOLUTION_URL: services.resolution.url,
    GARDA_CATALOGUE: catalogueFolder,
    ...more,
  });
  const writers = {
    open: new TopicWriter(topics.kafka, sources.open.topics),
    restricted: new TopicWriter(topics.kafka, sources.restricted.topics),
  };
  await Promise.all([writers.open.start(), writers.restricted.start()]);
  await gateway.runtime.run();
  const harness = harnessOf({ database, gateway, issuer, services, writers, topics: sources.open.topics });
  await harness.publish('intake', catalogueFacts(units));
  await until(async () => (await harness.query('select 1 from read.reference')).length === units.length + 2);
  await new Promise((resolve) => setTimeout(resolve, 300)); // the store reads again a moment after the commit
  const close = async () => {
    await gateway.close();
    await Promise.all([writers.open.stop(), writers.restricted.stop()]);
    await Promise.all([issuer.stop(), ...fakes.map((fake) => fake.stop())]);
  };
  return { harness, close };
}

function sourcesOf({ name, groupId }: Topics): GatewaySources {
  const { intake, routing, resolution, intakeRestricted, routingRestricted, resolutionRestricted } = name;
  return {
    open: { topics: { intake, routing, resolution }, groupOf: groupId },
    restricted: {
      topics: { intake: intakeRestricted, routing: routingRestricted, resolution: resolutionRestricted },
      groupOf: (purpose) => groupId(`restricted-${purpose}`),
    },
  };
}

interface Made extends Pick<Harness, 'gateway' | 'issuer' | 'services' | 'topics'> {
  readonly database: Database;
  readonly writers: Readonly<Record<LineName, TopicWriter>>;
}

function harnessOf({ database, gateway, issuer, services, writers, topics }: Made): Harness {
  const query: Harness['query'] = async (sql, values) =>
    (await database.pool.query<Record<string, unknown>>(sql, values)).rows;
  const call = async (
    method: string,
    path: string,
    as?: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(`${gateway.url}${path}`, {
      method,
      headers: {
        'accept-language': 'en',
        ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: jsonOf(text) };
  };
  return {
    gateway,
    issuer,
    services,
    topics,
    query,
    publish: (context, events, line = 'open') => writers[line].write(context, events),
    hears: (caseId, versions, line = 'open') =>
      until(async () => {
        const table = fileViews[line].fileTable;
        const [row] = await query(`select * from read.${table} where case_id = $1`, [caseId]);
        return Object.entries(versions).every(([context, version]) => Number(row?.[`${context}_version`]) >= version);
      }),
    get: (path, as, headers) => call('GET', path, as, undefined, headers),
    post: (path, as, body, headers) => call('POST', path, as, body ?? {}, headers),
    staff: (id, unit, ...roles) => issuer.token({ sub: id, unit, roles }),
    program: (name) => issuer.token({ sub: name, program: name }),
  };
}

function jsonOf(text: string): Reply['json'] {
  return (/^[[{]/.test(text) ? JSON.parse(text) : {}) as Reply['json']; // the reference page is HTML
}
