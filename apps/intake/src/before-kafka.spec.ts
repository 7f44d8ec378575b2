import { startService, type RunningService } from '@garda/service';
import { exportJWK, generateKeyPair } from 'jose';
import { intakeSettings, withIntakeDatabase } from '../test/harness';
import { lamp } from '../test/submissions';
import { intakeService } from './intake';
import { publicNumber } from './numbers/public-number';

const number = publicNumber(Buffer.alloc(32), 1n);

/** The first start of an instance, while its broker is away: nothing was ever projected. */
describe('intake before its log could be verified', () => {
  const database = withIntakeDatabase();
  let service: RunningService;
  beforeAll(async () => {
    const { publicKey } = await generateKeyPair('EdDSA');
    service = await startService(intakeService(), {
      ...intakeSettings(database(), await exportJWK(publicKey)),
      KAFKA_BROKERS: '127.0.0.1:9',
      GARDA_OUTBOX: '/nowhere',
    });
  }, 60_000);
  afterAll(() => service.close(), 60_000);

  it.each([
    ['/open311/v2/requests.json', 200, '[]'],
    ['/open311/v2/servicerequestupdates.json', 200, '[]'],
    ['/open311/v2/services.json', 200, '[]'],
    ['/standards', 200, '{"items":[]}'],
    [`/open311/v2/requests/${number}.json`, 404, expect.any(String)],
  ])('answers %s with what it has: nothing yet', async (url, status, body) => {
    const reply = await service.app.inject({ url });
    expect([reply.statusCode, reply.body]).toEqual([status, body]);
  });

  it('knows no case and no code yet', async () => {
    const headers = { 'tracking-code': '1234-1234-1234-1234' };
    const reply = await service.app.inject({ url: `/cases/${number}`, headers });
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([403, 'TRACKING_CODE_WRONG']);
  });

  it('takes no command, and says when to ask again', async () => {
    const headers = { 'idempotency-key': 'dd4f4f8f-0f3e-4c07-9a39-0c5a3f3b1a11' };
    const reply = await service.app.inject({ method: 'POST', url: '/cases', headers, payload: lamp });
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([503, 'LOG_NOT_VERIFIED']);
    expect(reply.headers['retry-after']).toBe('1');
  });
});
