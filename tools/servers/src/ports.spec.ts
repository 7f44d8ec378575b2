import { createServer } from 'node:net';
import { anyPorts } from './free-ports';
import { assertPortsFree, freePorts, portsOf, usualPorts } from './ports';

describe('ports', () => {
  it('are shifted together by GARDA_PORT_OFFSET', () => {
    expect(usualPorts(undefined)).toMatchObject({ gateway: 4000, gatewayMetrics: 4010, postgres: 54329, kafka: 29092 });
    expect(usualPorts('100')).toMatchObject({ gateway: 4100, kafkaController: 29193 });
  });

  it.each(['ten', '-1', '1.5', '20000'])('are refused for the offset %s', (offset) => {
    expect(() => usualPorts(offset)).toThrow(expect.objectContaining({ code: 'PORT_OFFSET_INVALID' }));
    expect(() => usualPorts(offset)).toThrow(/GARDA_PORT_OFFSET must be/);
  });

  it.each([
    ['2000', '6000 (gateway)'],
    ['45', '4045 (gateway)'],
    ['186', '4190 (identity)'],
    ['1050', '5060 (gatewayMetrics)'],
    ['2656', '6669 (resolutionMetrics)'],
    ['6080', '10080 (gateway)'],
  ])('are refused for the offset %s: fetch would not call port %s', (offset, named) => {
    expect(() => usualPorts(offset)).toThrow(expect.objectContaining({ code: 'PORT_BLOCKED' }));
    expect(() => usualPorts(offset)).toThrow(named);
  });

  it('that are refused here are refused by fetch too, whoever listens', async () => {
    const error = await fetch('http://127.0.0.1:6000').catch((failed: Error) => failed.cause);
    expect(error).toMatchObject({ message: 'bad port' });
  });

  it('for one more instance are all different and free', async () => {
    const ports = await freePorts();
    expect(new Set(Object.values(ports)).size).toBe(12);
    await assertPortsFree(ports);
  });

  it('are given once, though nobody listens on them yet, and below those of outgoing connections', async () => {
    const all = (await Promise.all(Array.from({ length: 100 }, () => anyPorts(5)))).flat();
    expect(new Set(all).size).toBe(500);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(15_000);
    expect(Math.max(...all)).toBeLessThan(27_000);
  });

  it('of a service are its door and, but for the identity provider, where it is scraped', () => {
    const ports = usualPorts(undefined);
    expect(portsOf('intake', ports)).toEqual({ intake: 4001, intakeMetrics: 4011 });
    expect(portsOf('identity', ports)).toEqual({ identity: 4004 });
  });

  it('that are taken are named with the process that holds them', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as { port: number };
    const refusal = assertPortsFree({ gateway: port });
    await expect(refusal).rejects.toThrow(new RegExp(`^Port ${port} \\(gateway\\) is taken by`));
    if (process.platform === 'linux') {
      await expect(refusal).rejects.toThrow(new RegExp(`pid ${process.pid}\\)`));
    }
    await new Promise((resolve) => holder.close(resolve));
  });
});
