import RequestQueue from 'kafkajs/src/network/requestQueue';
import { testKafka } from '@garda/testing';
import { connectKafka } from './kafka';
import { silent } from './logger';

const unheard = { resolve: () => undefined, reject: () => undefined };
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function aQueue(requestTimeout = 5_000): RequestQueue {
  const logger = { debug: () => undefined, warn: () => undefined };
  return new RequestQueue({ requestTimeout, enforceRequestTimeout: true, clientId: 'spec', broker: 'spec', logger });
}

it('leaves a connection alone that has nothing to do', async () => {
  const looks = jest.spyOn(RequestQueue.prototype, 'checkPendingRequests');
  const { brokers, username, password } = testKafka();
  const admin = connectKafka({ brokers, clientId: 'spec', sasl: { username, password } }, silent).admin();
  await admin.connect();
  await admin.listTopics();
  looks.mockClear();
  await wait(300);
  expect(looks.mock.calls.length).toBeLessThan(5); // about 280 without our change
  await admin.disconnect();
});

it('sends what a broker held back, when its time is over', async () => {
  const queue = aQueue();
  queue.maybeThrottle(60);
  const sent = new Promise<number>((resolve) => {
    const sendRequest = (): void => resolve(Date.now());
    queue.push({ entry: { ...unheard, correlationId: 1 }, expectResponse: false, sendRequest });
  });
  const until = queue.throttledUntil;
  expect(queue.pending).toHaveLength(1);
  expect(await sent).toBeGreaterThanOrEqual(until);
  queue.destroy();
});

it('still gives up a request that nobody answers', async () => {
  const queue = aQueue(50);
  queue.scheduleRequestTimeoutCheck();
  const failed = new Promise<Error>((reject) => {
    queue.push({ entry: { ...unheard, correlationId: 1, reject }, expectResponse: true, sendRequest: () => undefined });
  });
  expect((await failed).name).toBe('KafkaJSRequestTimeoutError');
  queue.destroy();
});
