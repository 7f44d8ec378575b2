import { randomUUID } from 'node:crypto';
import { testKafka, testPrincipal, withTopics } from '@garda/testing';
import { withService } from '../test/database';
import { connectKafka } from './kafka';
import { silent } from './logger';
import { TopicConsumer } from './topic-consumer';
import { ensureAcls, ensureTopics, gardaGrants, gardaTopics } from './topics';

jest.setTimeout(30_000);

/** The broker's own answers, with the principals it has in a real system. */
const database = withService();
const topics = withTopics({ open: 1, restricted: 1 });

const as = (principal: string, password?: string) => {
  const { brokers, username, password: real } = testPrincipal(principal);
  return connectKafka({ brokers, clientId: principal, sasl: { username, password: password ?? real } }, silent);
};
const reading = (principal: string, topic: string, password?: string): TopicConsumer =>
  new TopicConsumer({
    kafka: as(principal, password),
    groupId: `${principal}-spec-${randomUUID()}`,
    pool: database().pool,
    handler: { name: 'rights', topics: [topic], apply: async () => undefined },
  });

beforeAll(async () => {
  const admin = topics().kafka.admin();
  await admin.connect();
  const { open, restricted } = topics().name;
  await ensureAcls(admin, [
    { principal: 'intake', writes: [open, restricted], reads: [open, restricted], groups: 'intake-' },
    { principal: 'analyst', reads: [open], groups: 'analyst-' },
  ]);
  await admin.disconnect();
});

it('refuses a wrong password at start', async () => {
  const consumer = reading('intake', topics().name.open, 'wrong');
  await expect(consumer.start()).rejects.toThrow(/SASL|authenticat/i);
  expect(consumer.status().state).toBe('stopped');
});

it('lets the analyst read an open topic and not a restricted one', async () => {
  const open = reading('analyst', topics().name.open);
  await open.start();
  expect(open.status().state).toBe('running');
  await open.stop();
  const own = reading('intake', topics().name.restricted);
  await own.start();
  await own.stop();
  const restricted = reading('analyst', topics().name.restricted);
  await expect(restricted.start()).rejects.toThrow(/not authorized|authorization/i);
});

// kafkajs hides this refusal behind "no coordinator found", which a broker that starts says too: so it goes on asking.
it('lets nobody read as the group of another', async () => {
  const foreign = new TopicConsumer({
    kafka: as('analyst'),
    groupId: `intake-spec-${randomUUID()}`,
    pool: database().pool,
    handler: { name: 'rights', topics: [topics().name.open], apply: async () => undefined },
  });
  const starting = foreign.start();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(foreign.status()).toMatchObject({ state: 'joining', partitions: 0 });
  await foreign.stop();
  await starting;
  expect(foreign.status().state).toBe('stopped');
});

it('lets the analyst write nothing', async () => {
  const producer = as('analyst').producer({ retry: { retries: 0 }, createPartitioner: () => () => 0 });
  await producer.connect();
  await expect(producer.send({ topic: topics().name.open, messages: [{ key: 'a', value: 'b' }] })).rejects.toThrow(
    /not authorized|authorization/i,
  );
  await producer.disconnect();
});

it('makes topics that keep everything for ever, and leaves them alone the second time', async () => {
  const admin = connectKafka({ brokers: testKafka().brokers, clientId: 'admin', sasl: testKafka() }, silent).admin();
  await admin.connect();
  const topic = `test.made.${randomUUID()}`;
  try {
    await ensureTopics(admin, [{ topic, partitions: 3 }]);
    await ensureTopics(admin, [{ topic, partitions: 5 }]);
    expect((await admin.fetchTopicOffsets(topic)).map((one) => one.partition).sort()).toEqual([0, 1, 2]);
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: 2, name: topic, configNames: ['cleanup.policy', 'retention.ms', 'retention.bytes'] }],
    });
    const config = Object.fromEntries((resources[0]?.configEntries ?? []).map((e) => [e.configName, e.configValue]));
    expect(config).toEqual({ 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1' });
  } finally {
    await admin.deleteTopics({ topics: [topic] });
    await admin.disconnect();
  }
});

it('gives each line to principals of its own: nobody reads both, and the analyst no restricted topic', () => {
  const isRestricted = (topic: string) => topic.includes('.restricted.');
  const all = gardaTopics({ partitions: 4 }).map((spec) => spec.topic);
  expect(all.filter(isRestricted)).toHaveLength(3);
  for (const { principal, reads = [], writes = [], groups } of gardaGrants()) {
    const lines = new Set([...reads, ...writes].map(isRestricted));
    expect([principal, [...lines]]).toEqual([principal, [principal.startsWith('restricted-')]]);
    expect(writes).toHaveLength(/intake|routing|resolution/.test(principal) ? 1 : 0);
    expect(groups).toBe(`${principal}-`);
  }
  const readers = gardaGrants().filter(({ reads = [] }) => reads.includes('garda.intake.restricted.v1'));
  expect(readers.map(({ principal }) => principal)).toEqual(
    ['intake', 'routing', 'resolution', 'gateway'].map((party) => `restricted-${party}`),
  );
});
