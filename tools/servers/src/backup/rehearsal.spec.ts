import { until } from '@garda/testing';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { publishCatalogue, runOperator } from '../commands/operator';
import { startInstance } from '../instance';
import type { Instance } from '../instance';
import { freePorts } from '../ports';
import type { Ports } from '../ports';
import { removeInstance, throwawayFolder } from '../throwaway';
import { withClient } from '../with-client';
import { backup } from './backup';
import { restore } from './restore';

/** The databases are lost after a backup; the topics are not. */
describe('a system that is put back to a backup', () => {
  const folder = throwawayFolder('test');
  const kept = throwawayFolder('test');
  let ports: Ports;
  let instance: Instance | undefined;

  beforeAll(async () => {
    ports = await freePorts();
    instance = await startInstance({ folder, ports });
    await publishCatalogue(folder, instance.catalogue);
  }, 180_000);
  afterAll(async () => {
    await instance?.stop();
    removeInstance(folder);
    rmSync(kept, { recursive: true, force: true });
  }, 60_000);

  it('takes the facts since then from its topics, and answers the citizen as before', async () => {
    const running = instance as Instance;
    await backup(folder, kept, () => undefined);
    const { number, trackingCode } = await handIn(running);
    await relayed(running);
    await running.stop();

    await restore(folder, kept, () => undefined);
    const restored = (instance = await startInstance({ folder, ports }));
    // Routing may have taken the case over before the loss: then its log has fallen behind its topic too.
    expect(restored.refused.get('intake')).toBe('TOPIC_AHEAD_OF_LOG');
    expect(new Set(restored.refused.values())).toEqual(new Set(['TOPIC_AHEAD_OF_LOG']));
    expect(await page(restored, { number, trackingCode })).toBe(403);
    const refused = await post(restored, '/cases', lamp);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([503, 'LOG_NOT_VERIFIED']);

    const adopted = await runOperator(folder, ['log', 'adopt'], true);
    expect(`${adopted.stdout}${adopted.stderr}`).toMatch(/intake/);
    expect(adopted.code).toBe(0);
    await until(async () => (await page(restored, { number, trackingCode })) === 200);
    expect((await post(restored, '/cases', lamp)).status).toBe(201);
    await relayed(restored);
    expect(await runOperator(folder, ['log', 'verify'], true)).toMatchObject({ code: 0 });
  }, 180_000);
});

const lamp = {
  ...{ standard: 'HB-01', identity: 'none', content: 'public', description: 'Lampu padam sejak tiga malam.' },
  objectPlace: { areaCode: '33.25.10.2007', lat: -6.9, long: 109.7 },
  attributes: { road_class: 'regency' },
};

function post(instance: Instance, path: string, body: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  return fetch(`${instance.urls.intake}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function handIn(instance: Instance): Promise<{ number: string; trackingCode: string }> {
  await until(async () => (await fetch(`${instance.urls.intake}/open311/v2/services.json`)).ok);
  const answer = await post(instance, '/cases', lamp);
  expect(answer.status).toBe(201);
  return (await answer.json()) as { number: string; trackingCode: string };
}

async function page(instance: Instance, of: { number: string; trackingCode: string }): Promise<number> {
  const headers = { 'tracking-code': of.trackingCode };
  return (await fetch(`${instance.urls.intake}/cases/${of.number}`, { headers })).status;
}

/** Every fact of intake is in its topic, and its checkpoint says so. */
async function relayed(instance: Instance): Promise<void> {
  const lag = `select (select coalesce(max(position), 0) from log.events) - position as lag from log.relay_checkpoint`;
  await withClient(instance.connections.databases.intake.app, (client) =>
    until(async () => (await client.query<{ lag: string }>(lag)).rows.every((row) => row.lag === '0')),
  );
}
