import { EventLog } from '@garda/event-store';
import { withTopics, until } from '@garda/testing';
import { withService } from '../test/database';
import { aboutCase, aFact } from '../test/facts';
import { ownClient, readTopic } from '../test/kafka';
import type { TopicRecord } from './record';
import { Relay, type RelayOptions } from './relay';
import { verifyLog } from './verify-log';

jest.setTimeout(30_000);

const database = withService();
const topics = withTopics({ calm: 4, crash: 3, two: 3 });
const partitions = { calm: 4, crash: 3, two: 3 };
type Name = keyof typeof partitions;

let log: EventLog;
const started: Relay[] = [];
const newRelay = (name: Name, more: Partial<RelayOptions> = {}): Relay => {
  const relay = new Relay({
    pool: database().pool,
    schema: 'log',
    topic: topics().name[name],
    context: 'intake',
    kafka: ownClient(topics()),
    ...more,
  });
  started.push(relay);
  return relay;
};
const checkIn = (name: Name): Promise<void> =>
  verifyLog({ pool: database().pool, schema: 'log', topic: topics().name[name], kafka: topics().kafka });

async function relayedAll(relays: readonly Relay[]): Promise<void> {
  const head = await log.head();
  await until(() => relays.some((relay) => relay.status().position === head));
}

/** What a consumer keeps: the first record of each number, in order. */
function firstOfEach(records: readonly TopicRecord[]): TopicRecord[] {
  const kept: TopicRecord[] = [];
  for (const record of records) if (record.seq === BigInt(kept.length + 1)) kept.push(record);
  return kept;
}

function bytesOf(record: TopicRecord): string {
  return JSON.stringify([record.value.toString(), record.headers]);
}

/** Applied = published, in order, none lost or doubled; whatever was sent twice has the same bytes. */
async function expectWhole(name: Name): Promise<{ records: number; repeats: number }> {
  const inLog = await log.readFrom(0n, 10_000);
  const inTopic = await readTopic(topics(), topics().name[name]);
  const applied = [...inTopic.values()].flatMap(firstOfEach);
  expect(applied.map((r) => r.event).sort((a, b) => Number(a.position - b.position))).toEqual(inLog);
  let repeats = 0;
  for (const [partition, records] of inTopic) {
    const first = new Map(firstOfEach(records).map((r) => [r.seq, bytesOf(r)]));
    repeats += records.length - first.size;
    for (const record of records) expect(bytesOf(record)).toBe(first.get(record.seq));
    for (const record of records) expect(record.event.keyHash % partitions[name]).toBe(partition);
  }
  return { records: applied.length, repeats };
}

beforeAll(() => {
  log = new EventLog({ pool: database().pool });
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((relay) => relay.stop()));
});
afterAll(() => log.close());

const append = (count: number): Promise<unknown> =>
  Promise.all(Array.from({ length: count }, (_, i) => log.append(aboutCase(i % 17))));

it('carries every fact with all that the log stores, and marks nothing with itself', async () => {
  await checkIn('calm');
  const fact = aFact('CaseSubmitted', { caseId: 'x', text: 'a  "quoted" é' });
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  await log.append(aboutCase(1, { ...fact, meta: { ...fact.meta, traceparent } }));
  await append(50);
  const relay = newRelay('calm', { batch: 7 });
  await relay.start();
  await relayedAll([relay]);
  await expectWhole('calm');
  const [record] = [...(await readTopic(topics(), topics().name.calm)).values()]
    .flat()
    .filter((r) => r.event.position === 1n);
  expect(record?.headers).toMatchObject({
    ce_specversion: '1.0',
    ce_id: fact.eventId,
    ce_type: 'CaseSubmitted',
    ce_source: 'garda/intake',
    ce_subject: record?.event.streamId,
    ce_time: fact.occurredAt,
    'content-type': 'application/json',
    traceparent,
    seq: '1',
    position: '1',
  });
  expect(record?.value.toString()).toBe(JSON.stringify(fact.data));
});

it('is woken by an append and has it in the topic', async () => {
  const relay = newRelay('calm');
  await relay.start();
  await relayedAll([relay]);
  await new Promise((resolve) => setTimeout(resolve, 600)); // idle by now: it looks four times a second
  const off = log.onAppended(() => relay.wake());
  for (let i = 0; i < 5; i++) {
    await append(1);
    await relayedAll([relay]);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  off();
});

it('sends the same numbers and bytes again after dying between send and checkpoint', async () => {
  await checkIn('crash');
  let deaths = 0;
  const dying = newRelay('crash', {
    batch: 1 + Math.floor(Math.random() * 40),
    afterSend: () => {
      if (Math.random() < 0.5 && deaths < 6) {
        deaths++;
        throw new Error('killed');
      }
    },
  });
  await append(200);
  await dying.start();
  await relayedAll([dying]);
  await dying.stop();
  await checkIn('crash');
  const { repeats } = await expectWhole('crash');
  expect(deaths).toBeGreaterThan(0);
  expect(repeats).toBeGreaterThan(0);
});

it('may run twice, with any limits, and the topic is still one', async () => {
  await checkIn('two');
  const afterSend = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
  const lawless = [newRelay('two', { batch: 13, afterSend }), newRelay('two', { batch: 29, afterSend })];
  // Both lead, as after a lost lock whose loser does not know it yet.
  for (const relay of lawless)
    Object.assign(relay, { leadership: { isLeader: true, tryLead: async () => true, release: async () => undefined } });
  await Promise.all(lawless.map((relay) => relay.start()));
  for (let i = 0; i < 10; i++) await append(30);
  await relayedAll(lawless);
  await Promise.all(lawless.map((relay) => relay.stop()));
  await checkIn('two');
  const { repeats } = await expectWhole('two');
  expect(repeats).toBeGreaterThan(0);
});

it('takes no more into one send than a broker accepts', async () => {
  const relay = newRelay('calm');
  await relay.start();
  const large = { text: 'x'.repeat(60_000) };
  await Promise.all(Array.from({ length: 40 }, () => log.append(aboutCase(1, aFact('NoteAdded', large)))));
  await relayedAll([relay]);
  expect(relay.status().failures).toBe(0);
  await expectWhole('calm');
});

it('waits while another one leads, and takes over when that one stops', async () => {
  const [first, second] = [newRelay('calm'), newRelay('calm')];
  await first.start();
  await until(() => first.status().leader);
  await second.start();
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(second.status()).toMatchObject({ running: true, leader: false });
  await first.stop();
  await until(() => second.status().leader);
  await append(3);
  await relayedAll([second]);
});
