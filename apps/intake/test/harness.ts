import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { loadCatalogue } from '@garda/catalogue';
import { lines, streamOf, type Actor, type CatalogueBundle, type LineName, type RecordedEvent } from '@garda/contracts';
import { EventLog, migrate } from '@garda/event-store';
import { signServiceToken, startService, type RunningService } from '@garda/service';
import { TopicFeed, until, withDatabase, withFolder, withTopics, type Database } from '@garda/testing';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { intakeService } from '../src/intake';
import { intakeMigrations } from '../src/migrations';
import { MessageChannel, NotNow, type Message, type Sent } from '../src/notification/message-channel';

export const bundle: CatalogueBundle = loadCatalogue(join(__dirname, '..', '..', '..', 'catalogue', 'batang')).bundle;
/** Of an Open311 client that every spec may be. */
export const apiKey = 'spec-open311-key';
/** A Monday, nine in the morning at Batang. */
export const firstMorning = '2026-03-02T02:00:00.000Z';

export const staff = (id: string, unit: string): Actor => ({ kind: 'staff', id, unit });
export const program = (id: string): Actor => ({ kind: 'program', id });
export const officer = staff('dpupr.officer', 'dpupr');
export const village = staff('kaliboyo.officer', 'desa-33.25.10.2004');

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON, loosely: a spec says what it expects. */
  readonly json: Record<string, never>;
}
type Headers = Record<string, string>;
export interface Token {
  readonly actor: Actor;
  readonly verb: string;
  readonly caseId?: string;
}

/** A channel that a spec can look into, and break. */
export class SpecChannel extends MessageChannel {
  readonly name = 'file';
  readonly sent: Message[] = [];
  state: 'well' | 'down' | 'refuses' = 'well';
  async send(message: Message): Promise<Sent> {
    if (this.state === 'down') throw new NotNow('the channel is down');
    if (this.state === 'refuses') return 'refused';
    this.sent.push(message);
    return 'sent';
  }
}

export interface Harness {
  readonly service: RunningService;
  readonly database: Database;
  readonly channel: SpecChannel;
  readonly resolution: TopicFeed;
  readonly restrictedResolution: TopicFeed;
  readonly outbox: string;
  readonly topics: Topics;
  get(path: string, headers?: Headers): Promise<Reply>;
  post(path: string, body: unknown, headers?: Headers): Promise<Reply>;
  form(path: string, fields: string, headers?: Headers): Promise<Reply>;
  /** As the gateway would send it. */
  internal(path: string, token: Token, body: unknown, headers?: Headers): Promise<Reply>;
  tokenFor(token: Token, more?: { audience?: string }): Promise<string>;
  events(caseId: string, line?: LineName): Promise<RecordedEvent[]>;
  until(holds: () => Promise<boolean> | boolean): Promise<void>;
  /** Stops the service, lets something happen, and starts it again with the same environment. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
}

export const withIntakeDatabase = (): (() => Database) =>
  withDatabase({
    template: 'intake',
    setUp: ({ ownerUrl, appRole }) => migrate(ownerUrl, intakeMigrations({ appRole })),
  });

export interface HarnessOptions {
  readonly catalogue?: boolean;
  /** False: the channel that the environment names. */
  readonly channel?: boolean;
  /** More of the environment; asked when the service starts. */
  readonly environment?: () => NodeJS.ProcessEnv;
}

/** Intake with its real database and broker; resolution is a topic that the spec writes. */
export function withIntake(options: HarnessOptions = {}): () => Harness {
  let started: { harness: Harness; close: () => Promise<void> } | undefined;
  afterAll(async () => started?.close(), 30_000); // before the topics and the database are removed
  const database = withIntakeDatabase();
  const topics = withTopics({ own: 4, resolution: 1, restricted: 1, restrictedResolution: 1 });
  const outbox = withFolder('outbox');
  beforeAll(async () => {
    started = await start(database(), topics(), outbox(), options);
    if (options.catalogue ?? true) await publish(started.harness);
  }, 60_000);
  return () => {
    if (started === undefined) throw new Error('Intake runs only while tests run');
    return started.harness;
  };
}

export async function publish(
  to: Harness,
  what: CatalogueBundle = bundle,
  actor: Actor = program('setup'),
): Promise<Reply> {
  return to.internal('/internal/catalogue', { actor, verb: 'standard.publish' }, what);
}

/** As an operator's request would, but with a key that is known beforehand. */
async function giveKey({ pool }: Database): Promise<void> {
  const hash = createHash('sha256').update(apiKey).digest('hex');
  const row = [randomUUID(), 'spec', hash, 'spec'];
  await pool.query('insert into intake.api_keys (id, name, key_hash, created_by) values ($1, $2, $3, $4)', row);
}

/** What intake reads from its environment, but for the broker and the folder of the file channel. */
export function intakeSettings(database: Database, gatewayKey: JWK): NodeJS.ProcessEnv {
  const secret = () => randomBytes(32).toString('base64url');
  return {
    GARDA_MODE: 'test',
    PORT: '0',
    LOG_LEVEL: process.env['SPEC_LOG'] ?? 'fatal',
    DATABASE_URL: database.appUrl,
    GARDA_GATEWAY_PUBLIC_JWK: JSON.stringify(gatewayKey),
    GARDA_REQUEST_HASH_KEY: secret(),
    GARDA_MASTER_KEY: secret(),
    GARDA_CODE_KEY: secret(),
    GARDA_NUMBER_KEY: secret(),
    GARDA_CLOCK_START: firstMorning,
  };
}

type Topics = ReturnType<ReturnType<typeof withTopics<'own' | 'resolution' | 'restricted' | 'restrictedResolution'>>>;

async function start(database: Database, topics: Topics, outbox: string, options: HarnessOptions) {
  const keys = await generateKeyPair('EdDSA', { extractable: true });
  const channel = new SpecChannel();
  const { name } = topics;
  const definition = intakeService({
    topics: {
      open: { own: name.own, resolution: name.resolution, groupOf: (purpose) => topics.groupId(purpose) },
      restricted: {
        own: name.restricted,
        resolution: name.restrictedResolution,
        groupOf: (purpose) => topics.groupId(`restricted-${purpose}`),
      },
    },
    ...((options.channel ?? true) ? { channel } : {}),
  });
  const environment = {
    ...intakeSettings(database, await exportJWK(keys.publicKey)),
    KAFKA_BROKERS: topics.settings.brokers.join(','),
    KAFKA_USERNAME: topics.settings.username,
    KAFKA_PASSWORD: topics.settings.password,
    GARDA_OUTBOX: outbox,
    ...options.environment?.(),
  };
  const running = { service: await startService(definition, environment) };
  const feed = (topic: string, unit: string) =>
    new TopicFeed(topics.kafka, topic, 'resolution', {
      at: '2026-03-02T03:00:00.000000Z',
      actor: { kind: 'staff', id: `${unit}.officer`, unit },
    });
  const resolution = feed(name.resolution, 'dpupr');
  const restrictedResolution = feed(name.restrictedResolution, 'inspektorat');
  await Promise.all([resolution.start(), restrictedResolution.start()]);
  await running.service.runtime.run();
  await giveKey(database);
  const restart: Harness['restart'] = async (meanwhile) => {
    await running.service.close();
    await meanwhile();
    running.service = await startService(definition, environment);
    await running.service.runtime.run();
  };
  const harness = harnessOf({
    running,
    restart,
    database,
    channel,
    resolution,
    restrictedResolution,
    outbox,
    topics,
    privateKey: await exportJWK(keys.privateKey),
  });
  const close = async () => {
    await running.service.close();
    await Promise.all([resolution.stop(), restrictedResolution.stop()]);
  };
  return { harness, close };
}

type Made = Pick<
  Harness,
  'database' | 'channel' | 'resolution' | 'restrictedResolution' | 'outbox' | 'restart' | 'topics'
> & {
  readonly running: { readonly service: RunningService };
  readonly privateKey: JWK;
};

function harnessOf({ privateKey, running, ...made }: Made): Harness {
  const { database } = made;
  const call = async (method: 'GET' | 'POST', path: string, headers: Headers, payload?: string): Promise<Reply> => {
    const response = await running.service.app.inject({
      method,
      url: path,
      headers: { 'accept-language': 'en', ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    const text = response.body;
    const json = (/^[[{]/.test(text) ? JSON.parse(text) : {}) as Reply['json'];
    return { status: response.statusCode, headers: response.headers as Reply['headers'], text, json };
  };
  const post: Harness['post'] = (path, body, headers = {}) =>
    call(
      'POST',
      path,
      { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers },
      JSON.stringify(body),
    );
  const tokenFor: Harness['tokenFor'] = ({ actor, verb, caseId }, more = {}) =>
    signServiceToken(privateKey, more.audience ?? 'intake', {
      actor,
      verb,
      roles: [],
      ...(caseId === undefined ? {} : { caseId }),
    });
  const { pool } = database;
  const logs = { open: new EventLog({ pool }), restricted: new EventLog({ pool, schema: lines.restricted.schema }) };
  return {
    ...made,
    get service() {
      return running.service;
    },
    get: (path, headers = {}) => call('GET', path, headers),
    post,
    form: (path, fields, headers = {}) =>
      call('POST', path, { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', ...headers }, fields),
    internal: async (path, token, body, headers = {}) =>
      post(path, body, { authorization: `Bearer ${await tokenFor(token)}`, ...headers }),
    tokenFor,
    events: (caseId, line = 'open') => logs[line].readStream(streamOf(line, caseId)),
    until,
  };
}
