import { setTimeout as pause } from 'node:timers/promises';
import { contexts, lineNames, lines, principalOf, type Context, type LineName } from '@garda/contracts';
import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  KafkaJSNumberOfRetriesExceeded,
  KafkaJSProtocolError,
  ResourcePatternTypes,
  type AclEntry,
  type Admin,
} from 'kafkajs';

export interface TopicSpec {
  readonly topic: string;
  readonly partitions: number;
  /** Copies of each partition; 1 where there is one broker. */
  readonly replicationFactor?: number;
  /** How many copies must have a record before it counts as written. */
  readonly minInSyncReplicas?: number;
}

/** What one principal may do. Whatever is not granted is refused. */
export interface Grant {
  readonly principal: string;
  readonly writes?: readonly string[];
  readonly reads?: readonly string[];
  /** Its consumer groups all begin with this. */
  readonly groups?: string;
}

/** Every topic of Garda: two a context, since each log has one of its own. */
export function gardaTopics(of: {
  partitions: number;
  replicationFactor?: number;
  minInSyncReplicas?: number;
}): TopicSpec[] {
  return contexts
    .flatMap((context) => lineNames.map((line) => lines[line].topic(context)))
    .map((topic) => ({ topic, ...of }));
}

/** Whose topics each party hears. Its own facts a service has from its log, never from its topic. */
const hears: Readonly<Record<string, readonly Context[]>> = {
  intake: ['resolution'],
  routing: ['intake', 'resolution'],
  resolution: ['intake', 'routing'],
  gateway: contexts,
  analyst: contexts,
};

/** Who is a party on the restricted line: the analyst is none. */
const parties: Readonly<Record<LineName, readonly string[]>> = {
  open: Object.keys(hears),
  restricted: [...contexts, 'gateway'],
};

/**
 * Who may do what: on each line a principal of its own, that writes the topic of its context there and reads it back
 * (the check of its log at start), reads those it hears, and keeps groups under its own name. Nobody reads both lines.
 */
export function gardaGrants(): Grant[] {
  return lineNames.flatMap((line) =>
    parties[line].map((party): Grant => {
      const own = contexts.filter((context) => context === party).map(lines[line].topic);
      const heard = (hears[party] ?? []).map(lines[line].topic);
      const principal = principalOf(line, party);
      return { principal, writes: own, reads: [...own, ...heard], groups: `${principal}-` };
    }),
  );
}

/**
 * Creates what is missing and leaves what is there as it is. Topics are history: kept for ever, never compacted.
 * A topic with another number of partitions is reported by `verifyLog`, never changed: see `repartition.ts`.
 */
export async function ensureTopics(admin: Admin, specs: readonly TopicSpec[]): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const missing = specs.filter((spec) => !existing.has(spec.topic));
  if (missing.length === 0) return;
  await admin.createTopics({
    waitForLeaders: false, // kafkajs gives up where a broker has not heard of the topic yet
    topics: missing.map((spec) => ({
      topic: spec.topic,
      numPartitions: spec.partitions,
      replicationFactor: spec.replicationFactor ?? 1,
      configEntries: [
        { name: 'cleanup.policy', value: 'delete' },
        { name: 'retention.ms', value: '-1' },
        { name: 'retention.bytes', value: '-1' },
        { name: 'min.insync.replicas', value: String(spec.minInSyncReplicas ?? 1) },
      ],
    })),
  });
  for (const { topic } of missing) await untilServed(admin, topic);
}

const servedWithinMs = 30_000;
const notYet: ReadonlySet<string> = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
]);

/** A topic exists for the controller before its brokers know of it and lead its partitions. */
async function untilServed(admin: Admin, topic: string): Promise<void> {
  const until = Date.now() + servedWithinMs;
  for (;;) {
    try {
      await admin.fetchTopicOffsets(topic);
      return;
    } catch (error) {
      if (!isNotYet(error) || Date.now() > until) throw error;
      await pause(100);
    }
  }
}

function isNotYet(error: unknown): boolean {
  const first = error instanceof KafkaJSNumberOfRetriesExceeded ? error.cause : error;
  return first instanceof KafkaJSProtocolError && notYet.has(first.type);
}

/** Grants what is listed; granting twice changes nothing. */
export async function ensureAcls(admin: Admin, grants: readonly Grant[]): Promise<void> {
  const acl = grants.flatMap(entriesOf);
  if (acl.length > 0) await admin.createAcls({ acl });
}

function entriesOf(grant: Grant): AclEntry[] {
  const { READ, WRITE, DESCRIBE, DELETE } = AclOperationTypes;
  const allow =
    (resource: Pick<AclEntry, 'resourceType' | 'resourceName' | 'resourcePatternType'>) =>
    (operation: AclOperationTypes) => ({
      principal: `User:${grant.principal}`,
      host: '*',
      operation,
      permissionType: AclPermissionTypes.ALLOW,
      ...resource,
    });
  const topic = (resourceName: string) =>
    allow({ resourceType: AclResourceTypes.TOPIC, resourceName, resourcePatternType: ResourcePatternTypes.LITERAL });
  const group = (resourceName: string) =>
    allow({ resourceType: AclResourceTypes.GROUP, resourceName, resourcePatternType: ResourcePatternTypes.PREFIXED });
  return [
    ...(grant.writes ?? []).flatMap((name) => [WRITE, DESCRIBE].map(topic(name))),
    ...(grant.reads ?? []).flatMap((name) => [READ, DESCRIBE].map(topic(name))),
    // DELETE: a replay leaves no group behind.
    ...(grant.groups === undefined ? [] : [READ, DESCRIBE, DELETE].map(group(grant.groups))),
  ];
}
