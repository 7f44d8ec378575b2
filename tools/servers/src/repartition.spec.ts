import { publishCatalogue, runOperator } from './commands/operator';
import { repartitionHere } from './commands/repartition';
import { demoStart, startInstance } from './instance';
import type { Instance } from './instance';
import { kafkaClient } from './kafka';
import { freePorts } from './ports';
import { removeInstance, throwawayFolder } from './throwaway';

/** The whole system: facts are recorded, told and reacted to while their topic is made again. */
describe('topics with another number of partitions', () => {
  const folder = throwawayFolder('test');
  let instance: Instance;

  beforeAll(async () => {
    instance = await startInstance({ folder, ports: await freePorts(), clockStart: demoStart });
    await publishCatalogue(folder, instance.catalogue);
  }, 180_000);
  afterAll(async () => {
    await instance?.stop();
    removeInstance(folder);
  }, 60_000);

  async function partitionsOf(topic: string): Promise<number> {
    const { brokers, admin: password } = {
      brokers: instance.connections.kafka.brokers,
      admin: instance.secrets.kafka.admin,
    };
    const admin = kafkaClient(brokers, 'admin', password).admin();
    await admin.connect();
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    await admin.disconnect();
    return topics[0]?.partitions.length ?? 0;
  }

  it('are made while the demo runs, and every case goes as the table says', async () => {
    const demo = runOperator(folder, ['demo', '--json'], true);
    const wanted = { 'garda.intake.v1': 6, 'garda.routing.v1': 2, 'garda.resolution.v1': 5 };
    for (const [topic, n] of Object.entries(wanted)) expect(await repartitionHere([topic, String(n)], folder)).toBe(0);
    const { code, stdout, stderr } = await demo;
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ mismatches: 0 });
    for (const [topic, n] of Object.entries(wanted)) expect([topic, await partitionsOf(topic)]).toEqual([topic, n]);
    const walked = await runOperator(folder, ['log', 'verify'], true);
    expect([walked.code, walked.stdout.match(/all as they should be/g)?.length]).toEqual([0, 6]);
  }, 400_000);

  it('are what services find when they start again', async () => {
    for (const name of ['routing', 'gateway'] as const) {
      await instance.stopService(name);
      await instance.startService(name);
      expect((await fetch(`${instance.urls[name]}/health/ready`)).status).toBe(200);
    }
  }, 120_000);

  it('are refused with a sentence where they make no sense', async () => {
    await expect(repartitionHere(['garda.none.v1', '3'], folder)).rejects.toThrow(/Which topic/);
    for (const n of ['0', 'many', '1.5'])
      await expect(repartitionHere(['garda.intake.v1', n], folder)).rejects.toThrow(n);
    const early = await runOperator(folder, ['topic', 'open', 'garda.intake.v1', '--partitions', '4'], true);
    expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('PARTITIONS_DIFFER')]);
    // As it is: called off.
    expect((await runOperator(folder, ['topic', 'open', 'garda.intake.v1'], true)).stdout).toMatch(/goes on as it was/);
  }, 60_000);
});
