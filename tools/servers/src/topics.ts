import { setTimeout as pause } from 'node:timers/promises';
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } from 'kafkajs';
import type { AclEntry, Admin } from 'kafkajs';
import { databaseServices, logServices, openTopic, restrictedTopic } from './names';
import type { DatabaseService } from './names';
import { kafkaClient } from './kafka';

/** Makes every topic and every right, and leaves alone what is already there. */
export async function makeTopicsAndRights(brokers: string, adminPassword: string, partitions: number): Promise<void> {
  const admin = kafkaClient(brokers, 'admin', adminPassword).admin();
  await admin.connect();
  try {
    await makeTopics(admin, partitions);
    await groupsWork(admin);
    await admin.createAcls({ acl: [...databaseServices.flatMap(rightsOfService), ...rightsOfAnalyst()] });
  } finally {
    await admin.disconnect();
  }
}

const groupsWithinMs = 60_000;

/**
 * The broker makes its own topic for groups at the first question about one, and refuses joins until it has loaded it.
 * Until then it answers with errors that it means to be asked again (`retriable`).
 */
async function groupsWork(admin: Admin): Promise<void> {
  const until = Date.now() + groupsWithinMs;
  for (;;) {
    try {
      await admin.fetchOffsets({ groupId: 'admin-ready', topics: logServices.map(openTopic) });
      return;
    } catch (error) {
      if (!isRetriable(error) || Date.now() > until) {
        throw error;
      }
      await pause(200);
    }
  }
}

function isRetriable(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'retriable' in error && error.retriable === true;
}

async function makeTopics(admin: Admin, partitions: number): Promise<void> {
  const topics = logServices.flatMap((service) => [openTopic(service), restrictedTopic(service)]);
  // Facts are kept for ever, whatever the broker's own default is.
  const configEntries = [
    { name: 'retention.ms', value: '-1' },
    { name: 'retention.bytes', value: '-1' },
    { name: 'cleanup.policy', value: 'delete' },
  ];
  await admin.createTopics({
    waitForLeaders: true,
    topics: topics.map((topic) => ({ topic, numPartitions: partitions, replicationFactor: 1, configEntries })),
  });
}

const { READ, WRITE, DESCRIBE, DELETE, DESCRIBE_CONFIGS } = AclOperationTypes;

/** The open topics a service learns from; its own come from its local log, never from its topic. */
const consumes: Readonly<Record<DatabaseService, readonly (typeof logServices)[number][]>> = {
  intake: ['resolution'],
  routing: ['intake', 'resolution'],
  resolution: ['intake', 'routing'],
  gateway: ['intake', 'routing', 'resolution'],
};

/**
 * A service writes its own two topics and reads them back (the check of its log at start, healing it from its topic),
 * reads the open topics it consumes, and keeps groups under its own name.
 */
function rightsOfService(service: DatabaseService): AclEntry[] {
  const own = logServices.filter((name) => name === service);
  return [
    ...own
      .flatMap((name) => [openTopic(name), restrictedTopic(name)])
      .flatMap((topic) =>
        [READ, WRITE, DESCRIBE, DESCRIBE_CONFIGS].map((operation) => onTopic(service, topic, operation)),
      ),
    ...consumes[service].flatMap((name) => [READ, DESCRIBE].map((what) => onTopic(service, openTopic(name), what))),
    ...[READ, DESCRIBE, DELETE].map((operation) => onGroups(service, operation)),
  ];
}

function rightsOfAnalyst(): AclEntry[] {
  return [
    ...logServices.flatMap((name) => [READ, DESCRIBE].map((what) => onTopic('analyst', openTopic(name), what))),
    ...[READ, DELETE].map((operation) => onGroups('analyst', operation)),
  ];
}

function onTopic(principal: string, topic: string, operation: AclOperationTypes): AclEntry {
  const kind = { resourceType: AclResourceTypes.TOPIC, resourcePatternType: ResourcePatternTypes.LITERAL };
  return { ...kind, resourceName: topic, ...allowed(principal, operation) };
}

function onGroups(principal: string, operation: AclOperationTypes): AclEntry {
  const kind = { resourceType: AclResourceTypes.GROUP, resourcePatternType: ResourcePatternTypes.PREFIXED };
  return { ...kind, resourceName: `${principal}-`, ...allowed(principal, operation) };
}

function allowed(
  principal: string,
  operation: AclOperationTypes,
): Omit<AclEntry, 'resourceType' | 'resourceName' | 'resourcePatternType'> {
  return { principal: `User:${principal}`, host: '*', operation, permissionType: AclPermissionTypes.ALLOW };
}
