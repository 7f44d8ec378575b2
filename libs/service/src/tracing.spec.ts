import { beginSpan, isTracing } from '@garda/tracing';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLog } from './logger';
import { startTracing } from './tracing';

const config = {
  GARDA_MODE: 'test',
  PORT: 0,
  HOST: '127.0.0.1',
  METRICS_HOST: '127.0.0.1',
  LOG_LEVEL: 'silent',
} as const;
const log = createLog({ service: 'spec', level: 'silent' });
const received: { url: string | undefined; body: string }[] = [];
let collector: Server;
let endpoint: string;

beforeAll(async () => {
  collector = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ url: request.url, body: Buffer.concat(parts).toString() });
      response.setHeader('content-type', 'application/json');
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => collector.close(resolve)));

it('sends the spans of a process to the configured collector before it ends', async () => {
  const stop = await startTracing('intake', { ...config, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }, log);
  expect(isTracing()).toBe(true);
  beginSpan('asked', {})?.end({ name: 'GET /health/live', attributes: {} });
  await stop();
  expect(isTracing()).toBe(false);
  expect(received.map(({ url }) => url)).toEqual(['/v1/traces']);
  expect(received[0]?.body).toContain('GET /health/live');
  expect(received[0]?.body).toContain('garda-intake');
});

it('makes none without a collector', async () => {
  const stop = await startTracing('intake', config, log);
  expect(isTracing()).toBe(false);
  await stop();
});
