import { describeService, runService, startService } from './run-service';
import { sampleEnv, sampleKeys, sampleService } from './testing/sample-service';

const freshEnv = { ...process.env };

describe('the main of a service', () => {
  let told: string[];
  let exited: Promise<number>;
  beforeEach(() => {
    told = [];
    exited = new Promise((resolve) => {
      jest.spyOn(process, 'exit').mockImplementation(((code: number) => resolve(code)) as never);
    });
    Object.assign(process.env, sampleEnv);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.env = { ...freshEnv };
    for (const event of ['SIGTERM', 'SIGINT', 'uncaughtException']) process.removeAllListeners(event);
  });
  const definition = async (migrate = () => Promise.resolve(told.push('migrate'))) =>
    sampleService((await sampleKeys()).publicJwk, {
      prepare: [migrate],
      relays: [{ start: () => void told.push('+relay'), stop: () => void told.push('-relay') }],
      close: [() => Promise.resolve(told.push('pool ended'))],
    });

  it.each(['SIGTERM', 'SIGINT'] as const)('stays up until %s, stops in order and exits 0', async (signal) => {
    await runService(await definition());
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told).toEqual(['migrate', '+relay']);
    process.emit(signal);
    expect(await exited).toBe(0);
    expect(told).toEqual(['migrate', '+relay', '-relay', 'pool ended']);
  });

  it('says which variables are wrong and exits 1', async () => {
    const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    process.env.PORT = 'x';
    await runService(await definition());
    expect(await exited).toBe(1);
    expect(said.mock.calls.join()).toMatch(/sample: The configuration is wrong:\n {2}PORT: /);
    expect(told).toEqual([]);
  });

  it('exits 1 and leaves nothing open when it cannot be prepared', async () => {
    await expect(
      Promise.race([runService(await definition(() => Promise.reject(new Error('no schema')))), exited]),
    ).resolves.toBe(1);
    expect(told).toEqual(['pool ended']);
  });

  it('shows its numbers where METRICS_PORT says, until it has stopped, and nowhere without it', async () => {
    const service = await startService(await definition(), { ...sampleEnv, METRICS_PORT: '0' });
    const url = service.metricsUrl ?? 'none';
    expect((await fetch(url)).status).toBe(200);
    await service.close();
    await expect(fetch(url)).rejects.toThrow();
    const silent = await startService(await definition(), sampleEnv);
    expect(silent.metricsUrl).toBeUndefined();
    await silent.close();
  });

  it('does not start when the address of the metrics is taken, and leaves nothing open', async () => {
    const first = await startService(await definition(), { ...sampleEnv, METRICS_PORT: '0' });
    const taken = new URL(first.metricsUrl ?? 'none').port;
    told = [];
    const second = startService(await definition(), { ...sampleEnv, METRICS_PORT: taken });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(told).toEqual(['migrate', 'pool ended']);
    await first.close();
  });
});

describe('the OpenAPI document', () => {
  it('is made without any server, and knows every code', async () => {
    let reached = false;
    const touch = () => Promise.resolve((reached = true));
    const definition = sampleService((await sampleKeys()).publicJwk, {
      prepare: [touch],
      verify: [async () => void touch()],
    });
    const document = await describeService(definition, sampleEnv);
    expect(document.openapi).toBe('3.1.0');
    expect(document.paths['/lamps']?.post).toMatchObject({
      parameters: [{ name: 'Idempotency-Key', in: 'header', required: true }],
    });
    expect(JSON.stringify(document.components?.schemas?.Problem)).toContain('"CASE_NOT_OPEN"');
    expect(reached).toBe(false);
  });
});
