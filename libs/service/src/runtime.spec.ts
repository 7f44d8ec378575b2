import { randomUUID } from 'node:crypto';
import { createLog } from './logger';
import { startService } from './run-service';
import { ServiceRuntime, type Part, type RuntimeParts } from './runtime';
import { sampleEnv, sampleKeys, sampleService } from './testing/sample-service';

const log = createLog({ service: 'spec', level: 'silent' });
const withCode = (code: string) => Object.assign(new Error(code), { code });

describe('the runtime of a service', () => {
  let told: string[];
  const tell = (what: string) => () => {
    told.push(what);
    return Promise.resolve();
  };
  const part = (name: string, more: Partial<Part> = {}): Part => ({
    start: tell(`+${name}`),
    stop: tell(`-${name}`),
    ...more,
  });
  const runtimeOf = (more: Partial<RuntimeParts> = {}) =>
    new ServiceRuntime({
      log,
      retryMs: 5,
      prepare: [tell('migrate')],
      verify: [tell('verify')],
      projections: [{ ...part('projection'), prepare: tell('tables') }],
      consumers: [part('consumer')],
      relays: [part('relay')],
      timers: [part('timer')],
      close: [tell('log closed'), tell('pool ended')],
      ...more,
    });
  beforeEach(() => {
    told = [];
  });

  it('starts in order and stops in reverse', async () => {
    const runtime = runtimeOf();
    await runtime.prepare();
    expect(runtime.acceptsCommands).toBe(false);
    await runtime.run();
    expect(runtime.state).toBe('running');
    await runtime.stop();
    await runtime.stop();
    expect(told).toEqual([
      ...['migrate', 'tables', 'verify', '+projection', '+consumer', '+relay', '+timer'],
      ...['-timer', '-relay', '-consumer', '-projection', 'log closed', 'pool ended'],
    ]);
    expect(runtime.state).toBe('stopped');
  });

  it('tries again while Kafka is away, and takes no command until then', async () => {
    let away = 3;
    const verify = () => (away-- > 0 ? Promise.reject(withCode('ECONNREFUSED')) : Promise.resolve());
    const runtime = runtimeOf({ verify: [verify] });
    const running = runtime.run();
    await new Promise((resolve) => setTimeout(resolve, 2));
    expect([runtime.state, runtime.reason, runtime.acceptsCommands]).toEqual(['verifying', 'ECONNREFUSED', false]);
    await running;
    expect([runtime.state, runtime.reason, runtime.acceptsCommands]).toEqual(['running', undefined, true]);
    await runtime.stop();
  });

  it('keeps commands out while log and topic contradict each other', async () => {
    const runtime = runtimeOf({ verify: [() => Promise.reject(withCode('TOPIC_AHEAD_OF_LOG'))] });
    await runtime.run();
    expect([runtime.state, runtime.reason]).toEqual(['refused', 'TOPIC_AHEAD_OF_LOG']);
    expect(told).toEqual([]);
    await runtime.stop();
    expect(told).toEqual(['log closed', 'pool ended']);
  });

  it.each([
    ['by itself', 5, async () => new Promise((resolve) => setTimeout(resolve, 50))],
    ['when it is asked to compare again', 60_000, (runtime: ServiceRuntime) => runtime.verifyAgain()],
  ])('goes on %s once somebody has healed the log', async (_, recheckMs, healed) => {
    let isHealed = false;
    const verify = () => (isHealed ? Promise.resolve() : Promise.reject(withCode('TOPIC_AHEAD_OF_LOG')));
    const runtime = runtimeOf({ verify: [verify], recheckMs });
    await runtime.run();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([runtime.state, told]).toEqual(['refused', []]);
    isHealed = true;
    await healed(runtime);
    expect([runtime.state, runtime.reason, runtime.acceptsCommands]).toEqual(['running', undefined, true]);
    expect(await runtime.verifyAgain()).toBe('running');
    expect(told).toEqual(['+projection', '+consumer', '+relay', '+timer']);
    await runtime.stop();
  });

  it('goes on taking commands while a consumer cannot join', async () => {
    let away = true;
    const joining = part('consumer', { start: () => (away ? Promise.reject(withCode('KAFKA')) : Promise.resolve()) });
    const runtime = runtimeOf({ consumers: [joining] });
    const running = runtime.run();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(runtime.acceptsCommands).toBe(true);
    expect(told).not.toContain('+relay');
    away = false;
    await running;
    expect(told).toContain('+relay');
    await runtime.stop();
  });

  it('can be stopped while it still tries, and stops the rest when one part fails to', async () => {
    const runtime = runtimeOf({
      projections: [part('first'), part('stubborn', { stop: () => Promise.reject(new Error('no')) })],
      consumers: [part('never', { start: () => Promise.reject(new Error('away')) })],
      retryMs: 60_000,
    });
    void runtime.run();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await runtime.stop();
    expect(told.slice(-4)).toEqual(['-never', '-first', 'log closed', 'pool ended']);
  });

  it('answers 503 LOG_NOT_VERIFIED to commands, reads as ever, and is not ready', async () => {
    const { publicJwk } = await sampleKeys();
    const verify = [() => Promise.reject(withCode('TOPIC_BEHIND_LOG'))];
    const service = await startService(sampleService(publicJwk, { verify }), sampleEnv);
    await service.runtime.run();
    const call = (path: string, init?: RequestInit) => fetch(`${service.url}${path}`, init);
    const command = await call('/lamps', { method: 'POST', headers: { 'idempotency-key': randomUUID() } });
    expect([command.status, command.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await command.json()).toMatchObject({ code: 'LOG_NOT_VERIFIED', detail: 'TOPIC_BEHIND_LOG' });
    expect((await call('/lamps')).status).toBe(200);
    expect((await call('/forms', { method: 'POST' })).status).toBe(200);
    const ready = await call('/health/ready');
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { ready: false, checks: { runtime: false }, refused: 'TOPIC_BEHIND_LOG' },
    ]);
    expect((await call('/health/live')).status).toBe(200);
    await service.close();
  });

  it('does not listen when it cannot be prepared', async () => {
    const { publicJwk } = await sampleKeys();
    const prepare = [() => Promise.reject(new Error('no schema'))];
    const starting = startService(sampleService(publicJwk, { prepare, close: [tell('pool ended')] }), sampleEnv);
    await expect(starting).rejects.toThrow('no schema');
    expect(told).toEqual(['pool ended']);
  });
});
