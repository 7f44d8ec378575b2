import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { RecordedEvent } from '@garda/contracts';
import { withTopics } from '@garda/testing';
import { TopicBrokenError } from './record';
import { readTopic } from './topics';

const topics = withTopics({ repeated: 2, broken: 1, empty: 2 });

/** A record as the relay of a context writes it, as far as the reader looks. */
function record(seq: number, partition: number, position: number) {
  const id = randomUUID();
  const time = '2026-03-02T01:00:00.000000Z';
  return {
    key: id,
    partition,
    value: JSON.stringify({ position }),
    headers: {
      ...{ ce_id: id, ce_type: 'CaseKnown', ce_subject: `case-${id}`, ce_time: time, recorded_at: time, meta: '{}' },
      ...{ seq: String(seq), position: String(position), version: '1', schema_version: '1', key_hash: '0' },
    },
  };
}

async function send(topic: string, messages: ReturnType<typeof record>[]): Promise<void> {
  const producer = topics().kafka.producer();
  await producer.connect();
  await producer.send({ topic, messages, acks: -1 });
  await producer.disconnect();
}

async function read(topic: string): Promise<readonly RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  await readTopic(topics().kafka, topic, (event) => events.push(event));
  return events;
}

it('reads a topic to its end, each fact once however often it was published', async () => {
  const topic = topics().name.repeated;
  await send(topic, [record(1, 0, 1), record(1, 1, 2), record(1, 0, 1), record(2, 0, 3)]);
  const events = await read(topic);
  expect(events.map(({ position }) => position).sort()).toEqual([1n, 2n, 3n]);
});

it('leaves no group behind', async () => {
  const admin = topics().kafka.admin();
  await admin.connect();
  // A reader's group is `analyst-` and a random id. Another spec may be reading at this moment: its group goes too.
  const ofReaders = async (): Promise<string[]> => {
    const { groups } = await admin.listGroups();
    return groups.map(({ groupId }) => groupId).filter((id) => /^analyst-[0-9a-f]{8}-/.test(id));
  };
  let left = await ofReaders();
  for (let tries = 0; left.length > 0 && tries < 60; tries += 1) {
    await pause(500);
    left = await ofReaders();
  }
  await admin.disconnect();
  expect(left).toEqual([]);
});

it('stops at a hole', async () => {
  const topic = topics().name.broken;
  await send(topic, [record(1, 0, 1), record(3, 0, 2)]);
  await expect(read(topic)).rejects.toThrow(TopicBrokenError);
});

it('of an empty topic reads nothing, without waiting', async () => {
  expect(await read(topics().name.empty)).toEqual([]);
});
