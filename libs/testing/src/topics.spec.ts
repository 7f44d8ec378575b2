import { withTopics } from './topics';

describe('withTopics', () => {
  const topics = withTopics({ facts: 3, others: 1 });
  const again = withTopics({ facts: 2 });

  it('makes topics with the partitions asked for, under names of their own', async () => {
    const { name, kafka } = topics();
    const admin = kafka.admin();
    await admin.connect();
    const all = [name.facts, name.others, again().name.facts];
    const { topics: found } = await admin.fetchTopicMetadata({ topics: all });
    await admin.disconnect();
    const counts = Object.fromEntries(found.map((topic) => [topic.name, topic.partitions.length]));
    expect(counts).toEqual({ [name.facts]: 3, [name.others]: 1, [again().name.facts]: 2 });
  });

  it('carries what is sent, for a group of its own', async () => {
    const { name, kafka, groupId } = topics();
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic: name.facts, acks: -1, messages: [{ key: 'a', value: 'said' }] });
    await producer.disconnect();
    const consumer = kafka.consumer({ groupId: groupId('reader') });
    await consumer.connect();
    await consumer.subscribe({ topic: name.facts, fromBeginning: true });
    const heard = await new Promise((resolve) => {
      void consumer.run({ eachMessage: async ({ message }) => resolve(message.value?.toString()) });
    });
    await consumer.disconnect();
    expect(heard).toBe('said');
  }, 30_000);
});
