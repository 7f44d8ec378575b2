import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { superuserUrl, withTopics, until } from '@garda/testing';
import { EventLog } from '@garda/event-store';
import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { withService } from '../test/database';
import { aboutCase } from '../test/facts';
import { Relay } from './relay';
import { TopicConsumer } from './topic-consumer';
import { verifyLog } from './verify-log';

jest.setTimeout(60_000);

const database = withService();
const topics = withTopics({ intake: 2 });
let line: BrokenLine;
let log: EventLog;
let relay: Relay;
let consumer: TopicConsumer;

/** A client whose connections can be cut, and kept cut, as a network does it. */
class BrokenLine {
  private readonly sockets = new Set<Socket>();
  private isCut = false;
  readonly kafka: Kafka;

  constructor() {
    const { brokers, username, password } = topics().settings;
    this.kafka = new Kafka({
      brokers,
      clientId: 'cut',
      sasl: { mechanism: 'scram-sha-512', username, password },
      logLevel: logLevel.NOTHING,
      connectionTimeout: 1_000,
      requestTimeout: 3_000,
      retry: { retries: 2, initialRetryTime: 50 },
      socketFactory: ({ host, port, onConnect }) => {
        const socket = connect({ host, port }, onConnect);
        this.sockets.add(socket);
        if (this.isCut) socket.destroy(new Error('cut'));
        return socket;
      },
    });
  }

  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy(new Error('cut'));
    this.sockets.clear();
  }

  mend(): void {
    this.isCut = false;
  }
}

beforeAll(async () => {
  const { pool } = database();
  line = new BrokenLine();
  log = new EventLog({ pool });
  const topic = topics().name.intake;
  await verifyLog({ pool, schema: 'log', topic, kafka: topics().kafka });
  relay = new Relay({ pool, schema: 'log', topic, context: 'intake', kafka: line.kafka });
  consumer = new TopicConsumer({
    kafka: line.kafka,
    groupId: `test-outage-${randomUUID()}`, // the last test leaves it without a farewell, so it cannot be deleted yet
    pool,
    handler: {
      name: 'outage',
      topics: [topic],
      apply: async (client, batch) => {
        await client.query('insert into read.seen select unnest($1::bigint[])', [batch.map((e) => e.position)]);
      },
    },
  });
  await pool.query('create table read.seen (position bigint primary key)');
  await relay.start();
  await consumer.start();
});
afterAll(async () => {
  await consumer.stop();
  await relay.stop();
  await log.close();
});

const publish = (count: number) => Promise.all(Array.from({ length: count }, (_, n) => log.append(aboutCase(n))));

/** The primary key says that nothing came twice, the count that nothing is missing. */
async function expectAll(): Promise<void> {
  const head = Number(await log.head());
  await until(async () => {
    const { rows } = await database().pool.query<{ n: number }>('select count(*)::int as n from read.seen');
    return rows[0]?.n === head;
  }, 40_000);
}

it('loses and doubles nothing when the broker is away for a while', async () => {
  await publish(20);
  await expectAll();
  line.cut();
  await publish(20);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(relay.status()).toMatchObject({ running: true });
  expect(relay.status().failures).toBeGreaterThan(0);
  line.mend();
  await publish(20);
  await expectAll();
  expect(relay.status()).toMatchObject({ running: true, leader: true, failures: 0 });
  expect(consumer.status()).toMatchObject({ state: 'running', partitions: 2, parked: 0 });
});

it('loses and doubles nothing when the database throws everybody out', async () => {
  const superuser = new Client({ connectionString: superuserUrl() });
  await superuser.connect();
  for (let i = 0; i < 5; i++) {
    const publishing = publish(20);
    await superuser.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and usename = $2`,
      [database().name, database().appRole],
    );
    await publishing;
  }
  await superuser.end();
  await expectAll();
  await until(() => relay.status().leader);
  expect(consumer.status()).toMatchObject({ state: 'running', parked: 0 });
});

it('stops while the broker is away', async () => {
  line.cut();
  await Promise.all([consumer.stop(), relay.stop()]);
  line.mend();
});
