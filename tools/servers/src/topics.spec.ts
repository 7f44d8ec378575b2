import { clientFor, testPrincipal } from '@garda/testing';
import { logServices, openTopic, restrictedTopic } from './names';

/** The servers for tests have the same topics and rights as a real instance. */
describe('rights on Kafka', () => {
  const send = async (principal: string, topic: string): Promise<void> => {
    const producer = clientFor(testPrincipal(principal)).producer({ retry: { retries: 0 } });
    await producer.connect();
    try {
      // A header says what it is, should anybody ever look at what this spec leaves in the topic.
      await producer.send({ topic, acks: -1, messages: [{ key: 'spec', value: null, headers: { spec: 'rights' } }] });
    } finally {
      await producer.disconnect();
    }
  };
  const look = async (principal: string, topic: string): Promise<void> => {
    const admin = clientFor(testPrincipal(principal)).admin({ retry: { retries: 0 } });
    await admin.connect();
    try {
      await admin.fetchTopicOffsets(topic);
    } finally {
      await admin.disconnect();
    }
  };
  const join = async (principal: string, groupId: string, topic: string): Promise<void> => {
    const consumer = clientFor(testPrincipal(principal)).consumer({ groupId, retry: { retries: 5 } });
    try {
      await consumer.connect();
      await consumer.subscribe({ topic });
      const joined = new Promise<void>((resolve, reject) => {
        consumer.on('consumer.group_join', () => resolve());
        consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
      });
      await consumer.run({ eachBatch: () => Promise.resolve() });
      await joined;
    } finally {
      await consumer.disconnect();
    }
  };
  const refused = /not authorized|authorization/i;

  it.each(logServices)('let %s write and read its own two topics, each as a principal of its own', async (service) => {
    await send(`restricted-${service}`, restrictedTopic(service));
    await look(`restricted-${service}`, restrictedTopic(service));
    await look(service, openTopic(service));
  });

  it('let nobody write the topic of another', async () => {
    await expect(send('routing', openTopic('intake'))).rejects.toThrow(refused);
    await expect(send('gateway', openTopic('intake'))).rejects.toThrow(refused);
    await expect(send('analyst', openTopic('intake'))).rejects.toThrow(refused);
  });

  it('let nobody read a restricted topic but the restricted principals that hear it', async () => {
    for (const principal of ['intake', 'routing', 'resolution', 'gateway', 'analyst']) {
      await expect(look(principal, restrictedTopic('intake'))).rejects.toThrow(refused);
    }
    await expect(look('restricted-intake', restrictedTopic('routing'))).rejects.toThrow(refused);
    await expect(look('restricted-routing', openTopic('intake'))).rejects.toThrow(refused);
    await expect(send('restricted-routing', restrictedTopic('intake'))).rejects.toThrow(refused);
  });

  it('let a service read the open topics it consumes, in groups of its own name', async () => {
    await join('routing', 'routing-spec', openTopic('intake'));
    await join('gateway', 'gateway-spec', openTopic('resolution'));
    await join('analyst', 'analyst-spec', openTopic('routing'));
    await join('restricted-gateway', 'restricted-gateway-spec', restrictedTopic('resolution'));
    // kafkajs asks for the group's coordinator first and hides that this was refused behind words of its own.
    await expect(join('routing', 'gateway-spec', openTopic('intake'))).rejects.toThrow(/group coordinator/);
    await expect(look('intake', openTopic('routing'))).rejects.toThrow(refused);
  }, 60_000);

  it('refuse a wrong password', async () => {
    const admin = clientFor({ ...testPrincipal('intake'), password: 'guessed' }).admin({ retry: { retries: 0 } });
    await expect(admin.connect()).rejects.toThrow(/authentication/i);
  });
});
