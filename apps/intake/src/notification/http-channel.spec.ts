import { createHmac, randomBytes } from 'node:crypto';
import type { IntakeData } from '@garda/contracts';
import { withIntake } from '../../test/harness';
import { lamp, submit } from '../../test/submissions';
import { withReceiver } from '../../test/receiver';
import { HttpChannel } from './http-channel';
import { NotNow } from './message-channel';

const key = randomBytes(32).toString('base64url');
const message = { id: '2f1c0c3e-5b0e-5d59-9a55-3b1f7a4f0f6e', to: '081234567890', text: 'K7: ada kabar' };
const running = new AbortController().signal;

describe('the HTTP channel', () => {
  const receiver = withReceiver();
  const channel = (timeoutMs = 2000) => new HttpChannel({ url: receiver().url, key, timeoutMs });

  it('signs the time and the body as the documentation says, and names the message', async () => {
    const before = Math.floor(Date.now() / 1000);
    expect(await channel().send(message, running)).toBe('sent');
    const [request] = receiver().taken();
    const stamp = request?.headers['garda-timestamp'] ?? '';
    expect([request?.body, request?.headers['idempotency-key']]).toEqual([
      '{"to":"081234567890","text":"K7: ada kabar"}',
      message.id,
    ]);
    const byHand = createHmac('sha256', Buffer.from(key, 'base64url'));
    byHand.update(Buffer.concat([Buffer.from(stamp), Buffer.from('.'), Buffer.from(request?.body ?? '')]));
    expect(request?.headers['garda-signature']).toBe(`v1=${byHand.digest('hex')}`);
    expect(Number(stamp)).toBeGreaterThanOrEqual(before);
    expect(Number(stamp)).toBeLessThanOrEqual(Date.now() / 1000);
  });

  it.each([400, 403, 404, 410, 422])('gives a message up that is answered %d', async (status) => {
    receiver().answer({ status });
    expect(await channel().send(message, running)).toBe('refused');
  });

  it.each([500, 503, 302, 401, 408, 429])(
    'has not handed over what is answered %d, and follows nobody',
    async (status) => {
      receiver().answer({ status, headers: { location: 'http://127.0.0.1:9/' } });
      await expect(channel().send(message, running)).rejects.toMatchObject({ reason: `status ${status}` });
    },
  );

  it.each([
    ['7', 7000],
    ['999999', 3_600_000],
    ['soon', undefined],
  ])('comes back when it is asked to: %s', async (header, retryAfterMs) => {
    receiver().answer({ status: 503, headers: { 'retry-after': header } });
    await expect(channel().send(message, running)).rejects.toMatchObject({ retryAfterMs });
  });

  it('waits no longer than it may, is broken off, and says nothing of where it goes', async () => {
    receiver().answer('never');
    await expect(channel(100).send(message, running)).rejects.toEqual(new NotNow('timeout'));
    const stopping = new AbortController();
    const sending = channel().send(message, stopping.signal);
    setTimeout(() => stopping.abort(), 50);
    await expect(sending).rejects.toEqual(new NotNow('stopped'));
    const nowhere = new HttpChannel({ url: 'http://127.0.0.1:9/', key });
    await expect(nowhere.send(message, running)).rejects.toMatchObject({
      message: expect.not.stringMatching(/127|http/) as string,
    });
  });
});

describe('news over HTTP', () => {
  const receiver = withReceiver();
  const intake = withIntake({
    channel: false,
    environment: () => ({
      GARDA_MESSAGE_CHANNEL: 'http',
      GARDA_MESSAGE_URL: receiver().url,
      GARDA_MESSAGE_KEY: key,
    }),
  });
  const told = async (caseId: string) =>
    (await intake().events(caseId))
      .filter((e) => e.type === 'CitizenNotified')
      .map((e) => e.data as IntakeData<'CitizenNotified'>);
  const accepted = (caseId: string) =>
    intake().resolution.write(caseId, 'CaseAccepted', { unit: 'dishub', officer: 'dishub.officer' });
  const requestsOf = (number: string) =>
    receiver()
      .taken()
      .filter(({ body }) => body.includes(number));

  it('holds the number and that there is news, nothing else, and is recorded once', async () => {
    const { caseId, number } = await submit(intake(), lamp);
    const about = await accepted(caseId);
    await intake().until(async () => (await told(caseId)).length === 1);
    expect(requestsOf(number).map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { to: '081234567890', text: `${number}: ada kabar baru. There is news.` },
    ]);
    expect(await told(caseId)).toEqual([{ caseId, about, channel: 'http', ok: true }]);
    const [submitted] = await intake().events(caseId);
    expect(submitted?.data).toMatchObject({ tellBy: 'http' });
  });

  it('is handed over later where the receiver was down, under the same key, and recorded once', async () => {
    const { caseId, number } = await submit(intake(), lamp);
    receiver().answer({ status: 503, headers: { 'retry-after': '1' } });
    const about = await accepted(caseId);
    await intake().until(() => requestsOf(number).length >= 2);
    expect(await told(caseId)).toEqual([]);
    await intake().restart(async () => receiver().answer({ status: 202 }));
    await intake().until(async () => (await told(caseId)).length === 1);
    expect(await told(caseId)).toEqual([{ caseId, about, channel: 'http', ok: true }]);
    const keys = requestsOf(number).map(({ headers }) => headers['idempotency-key']);
    expect(keys.length).toBeGreaterThanOrEqual(3);
    expect(new Set(keys).size).toBe(1);
  });

  it('is told by another key than other news', async () => {
    const { caseId, number } = await submit(intake(), lamp);
    await accepted(caseId);
    await accepted(caseId);
    await intake().until(async () => (await told(caseId)).length === 2);
    expect(new Set(requestsOf(number).map(({ headers }) => headers['idempotency-key'])).size).toBe(2);
  });

  it('is given up where the receiver refuses it: failed, once, and not sent again', async () => {
    const { caseId, number } = await submit(intake(), lamp);
    receiver().answer({ status: 400 });
    const about = await accepted(caseId);
    await intake().until(async () => (await told(caseId)).length === 1);
    receiver().answer({ status: 200 });
    const later = await submit(intake(), lamp);
    await accepted(later.caseId);
    await intake().until(async () => (await told(later.caseId)).length === 1);
    expect(await told(caseId)).toEqual([{ caseId, about, channel: 'http', ok: false }]);
    expect(requestsOf(number)).toHaveLength(1);
  });

  it('does not keep the service from stopping', async () => {
    const { caseId, number } = await submit(intake(), lamp);
    receiver().answer('never');
    await accepted(caseId);
    await intake().until(() => requestsOf(number).length === 1);
    const began = Date.now();
    await intake().restart(async () => receiver().answer({ status: 200 }));
    expect(Date.now() - began).toBeLessThan(9000); // an attempt waits for ten seconds
    await intake().until(async () => (await told(caseId)).length === 1);
  });
});
