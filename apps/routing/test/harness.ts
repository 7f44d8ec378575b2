import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { loadCatalogue } from '@garda/catalogue';
import type { Actor, Context, RecordedEvent, StaffCommandName } from '@garda/contracts';
import { levyVerbs, lines, staffCommands, streamOf, type LineName } from '@garda/contracts';
import { EventLog, eventLogMigrations, migrate } from '@garda/event-store';
import { signServiceToken, startService, type RunningService } from '@garda/service';
import type { TopicNames } from '@garda/case-service';
import { TopicFeed, untilStream, withDatabase, withTopics, type Database } from '@garda/testing';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { routingService } from '../src/routing';

/** A Monday, nine in the morning at Batang. */
export const monday = '2026-03-02T02:00:00.000Z';
export const staff = (id: string, unit: string): Actor => ({ kind: 'staff', id, unit });

export interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export interface Harness {
  readonly database: Database;
  readonly intake: TopicFeed;
  readonly resolution: TopicFeed;
  /** The same two on the restricted line. */
  readonly restricted: { readonly intake: TopicFeed; readonly resolution: TopicFeed };
  /** A staff command as the gateway forwards it; the token may be bent. */
  command(
    name: StaffCommandName,
    caseId: string,
    actor: Actor,
    body?: object,
    bent?: {
      verb?: string;
      tokenCase?: string;
      audience?: string;
      headers?: Record<string, string>;
      repeatOnly?: boolean;
      line?: LineName;
    },
  ): Promise<Reply>;
  operate(method: 'GET' | 'POST', path: string, verb: string, body?: object): Promise<Reply>;
  events(caseId: string, line?: LineName): Promise<readonly RecordedEvent[]>;
  /** Waits until the stream holds exactly these types. */
  shows(caseId: string, ...types: readonly string[]): Promise<readonly RecordedEvent[]>;
  showsLevy(caseId: string, ...types: readonly string[]): Promise<readonly RecordedEvent[]>;
}

type Topics = ReturnType<ReturnType<typeof withTopics<Context | `${Context}Restricted`>>>;

/** Routing with its real database and broker; intake and resolution are topics that the spec writes. */
export function withRouting(): () => Harness {
  let started: { harness: Harness; close: () => Promise<void> } | undefined;
  afterAll(async () => started?.close(), 30_000); // before the topics and the database are removed
  const database = withDatabase({
    template: 'routing',
    setUp: ({ ownerUrl, appRole }) => migrate(ownerUrl, eventLogMigrations({ appRole })),
  });
  const topics = withTopics({
    intake: 1,
    routing: 2,
    resolution: 1,
    intakeRestricted: 1,
    routingRestricted: 1,
    resolutionRestricted: 1,
  });
  beforeAll(async () => {
    started = await start(database(), topics());
  }, 60_000);
  return () => {
    if (started === undefined) throw new Error('Routing runs only while tests run');
    return started.harness;
  };
}

async function start(database: Database, topics: Topics) {
  const keys = await generateKeyPair('EdDSA', { extractable: true });
  const definition = routingService(topicsOf(topics));
  const service = await startService(definition, {
    GARDA_MODE: 'test',
    PORT: '0',
    LOG_LEVEL: process.env['SPEC_LOG'] ?? 'fatal',
    DATABASE_URL: database.appUrl,
    KAFKA_BROKERS: topics.settings.brokers.join(','),
    KAFKA_USERNAME: topics.settings.username,
    KAFKA_PASSWORD: topics.settings.password,
    GARDA_GATEWAY_PUBLIC_JWK: JSON.stringify(await exportJWK(keys.publicKey)),
    GARDA_REQUEST_HASH_KEY: randomBytes(32).toString('base64url'),
    GARDA_CLOCK_START: monday,
  });
  const feed = (context: 'intake' | 'resolution', topic: string) => new TopicFeed(topics.kafka, topic, context);
  const { intake, resolution, intakeRestricted, resolutionRestricted } = topics.name;
  const feeds = {
    ...{ intake: feed('intake', intake), resolution: feed('resolution', resolution) },
    restricted: { intake: feed('intake', intakeRestricted), resolution: feed('resolution', resolutionRestricted) },
  };
  const all = [feeds.intake, feeds.resolution, ...Object.values(feeds.restricted)];
  await Promise.all([...all.map((one) => one.start()), service.runtime.run()]);
  await publishCatalogue(feeds.intake);
  const harness = harnessOf(service, await exportJWK(keys.privateKey), { database, ...feeds });
  const close = async () => {
    await service.close();
    await Promise.all(all.map((one) => one.stop()));
  };
  return { harness, close };
}

/** Both lines, each with topics and groups of its own; every group is deleted after the last test. */
function topicsOf(topics: Topics): TopicNames {
  const { intake, routing, resolution, intakeRestricted, routingRestricted, resolutionRestricted } = topics.name;
  const groups = (line: LineName): string => {
    for (const purpose of ['reactions', 'reference']) topics.groupId(`${line}-${purpose}`);
    return topics.groupId(`${line}-reactions`).replace(/reactions$/, '');
  };
  return {
    open: { topics: { intake, routing, resolution }, groups: groups('open') },
    restricted: {
      topics: { intake: intakeRestricted, routing: routingRestricted, resolution: resolutionRestricted },
      groups: groups('restricted'),
    },
  };
}

async function publishCatalogue(intake: TopicFeed): Promise<void> {
  const { bundle } = loadCatalogue(join(__dirname, '..', '..', '..', 'catalogue', 'batang'));
  await intake.publish([
    ...bundle.units.map((unit) => ({ stream: `unit-${unit.code}`, type: 'UnitPublished', data: { unit } })),
    ...bundle.calendars.map((calendar) => ({ stream: 'calendar', type: 'CalendarPublished', data: { calendar } })),
    { stream: 'policy', type: 'PolicyPublished', data: { policy: bundle.policy } },
    ...bundle.standards.map((standard) => ({
      stream: `standard-${standard.code}`,
      type: 'StandardPublished',
      data: { standard },
    })),
  ]);
}

type Made = Pick<Harness, 'database' | 'intake' | 'resolution' | 'restricted'>;

function harnessOf(service: RunningService, privateKey: JWK, made: Made): Harness {
  const logs = {
    open: new EventLog({ pool: made.database.pool }),
    restricted: new EventLog({ pool: made.database.pool, schema: lines.restricted.schema }),
  };
  const call = async (
    method: 'GET' | 'POST',
    url: string,
    claims: { actor: Actor; verb: string; caseId?: string; repeatOnly?: boolean },
    more: { body?: object; audience?: string; headers?: Record<string, string> },
  ): Promise<Reply> => {
    const token = await signServiceToken(privateKey, more.audience ?? 'routing', { roles: [], ...claims });
    const response = await service.app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...more.headers },
      ...(method === 'GET' ? {} : { payload: JSON.stringify(more.body ?? {}) }),
    });
    return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
  };
  const events: Harness['events'] = (caseId, line = 'open') => logs[line].readStream(streamOf(line, caseId));
  return {
    ...made,
    command: (
      name,
      caseId,
      actor,
      body = {},
      { verb, tokenCase, audience, headers = {}, repeatOnly = false, line = 'open' } = {},
    ) =>
      call(
        'POST',
        `/internal/${line === 'open' ? 'cases' : 'levy'}/${caseId}/${name}`,
        {
          actor,
          verb: verb ?? (line === 'open' ? staffCommands[name].verb : levyVerbs.work),
          caseId: tokenCase ?? caseId,
          repeatOnly,
        },
        {
          body,
          headers: { 'idempotency-key': randomUUID(), ...headers },
          ...(audience === undefined ? {} : { audience }),
        },
      ),
    operate: (method, path, verb, body = {}) =>
      call(method, `/operations/${path}`, { actor: { kind: 'program', id: 'operations' }, verb }, { body }),
    events,
    shows: (caseId, ...types) => untilStream(() => events(caseId), types),
    showsLevy: (caseId, ...types) => untilStream(() => events(caseId, 'restricted'), types),
  };
}
