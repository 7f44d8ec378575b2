import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { testKafka } from './servers-env';
import type { TestKafka } from './servers-env';

export interface Topics<N extends string> {
  /** The real name of each topic on the broker. */
  readonly name: Readonly<Record<N, string>>;
  /** A client as `admin`. It logs nothing: what it retries is not an error, what fails for good is thrown. */
  readonly kafka: Kafka;
  readonly settings: TestKafka;
  /** A name for a consumer group that no other spec uses; the group is deleted after the last test. */
  groupId(purpose: string): string;
}

/**
 * Topics for this spec file alone, given as name → number of partitions; deleted after the last test.
 * `const topics = withTopics({ intake: 4 })`, then `topics().name.intake`.
 */
export function withTopics<N extends string>(partitions: Readonly<Record<N, number>>): () => Topics<N> {
  const mark = randomBytes(5).toString('hex');
  const names = Object.keys(partitions) as N[];
  const name = Object.fromEntries(names.map((one) => [one, `test.${one}.${mark}`])) as Record<N, string>;
  const groups = new Set<string>();
  let topics: Topics<N> | undefined;
  beforeAll(async () => {
    const settings = testKafka();
    topics = {
      name,
      kafka: clientFor(settings),
      settings,
      groupId: (purpose) => remember(groups, `test-${mark}-${purpose}`),
    };
    const wanted = names.map((one) => ({ topic: name[one], numPartitions: partitions[one], replicationFactor: 1 }));
    await asAdmin(topics.kafka, (admin) => createTopics(admin, wanted));
  }, 60_000);
  afterAll(async () => {
    if (topics !== undefined) {
      await remove(topics.kafka, Object.values(name), [...groups]);
    }
  }, 60_000);
  return () => {
    if (topics === undefined) {
      throw new Error('The topics exist only while tests run: ask for them inside a test or a hook.');
    }
    return topics;
  };
}

/** Makes topics and waits until they are served: kafkajs's own wait gives up where the broker has not heard of one yet. */
export async function createTopics(
  admin: Admin,
  topics: readonly { topic: string; numPartitions: number; replicationFactor: number }[],
): Promise<void> {
  await admin.createTopics({ topics: [...topics], waitForLeaders: false });
  for (const { topic } of topics) await untilServed(admin, topic);
}

/** A busy broker hears of a topic, names its leader and serves it one after the other: until then it says that it does not. */
async function untilServed(admin: Admin, topic: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await admin.fetchTopicOffsets(topic);
      return;
    } catch (error) {
      if (tries === 100) throw error;
      await pause(100);
    }
  }
}

export function clientFor(settings: TestKafka): Kafka {
  const { brokers, username, password } = settings;
  return new Kafka({
    clientId: 'garda-testing',
    brokers,
    sasl: { mechanism: 'scram-sha-512', username, password },
    logLevel: logLevel.NOTHING,
  });
}

type Admin = ReturnType<Kafka['admin']>;

async function asAdmin<T>(kafka: Kafka, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

async function remove(kafka: Kafka, topics: string[], groups: string[]): Promise<void> {
  await asAdmin(kafka, async (admin) => {
    await admin.deleteTopics({ topics });
    const { groups: found } = await admin.listGroups();
    const ours = found.map((group) => group.groupId).filter((id) => groups.includes(id));
    if (ours.length > 0) {
      // A group that a spec left with members cannot be deleted: that is a leak, and the spec is told so.
      await admin.deleteGroups(ours);
    }
  });
}

function remember(groups: Set<string>, name: string): string {
  groups.add(name);
  return name;
}
