import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishCatalogue, runOperator } from './commands/operator';
import { demoStart, startInstance } from './instance';
import type { Instance } from './instance';
import { services } from './names';
import { freePorts } from './ports';
import { removeInstance, throwawayFolder } from './throwaway';

/** The whole system as it is deployed: every service its own process, all of it built. */
describe('an instance', () => {
  const folder = throwawayFolder('test');
  const said: string[] = [];
  let instance: Instance;

  beforeAll(async () => {
    const options = { folder, ports: await freePorts(), clockStart: demoStart };
    instance = await startInstance({ ...options, say: (line) => said.push(line) });
    await publishCatalogue(folder, instance.catalogue);
  }, 180_000);
  afterAll(async () => {
    await instance?.stop();
    removeInstance(folder);
  }, 60_000);

  it('runs the demo, and every case goes as the table says', async () => {
    const { code, stdout, stderr } = await runOperator(folder, ['demo', '--json'], true);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const summary = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, number>;
    expect(summary).toMatchObject({ mismatches: 0 });
    expect(summary['cases']).toBeGreaterThanOrEqual(10);
  }, 300_000);

  it('writes JSON lines and nothing else into the log of each service', () => {
    for (const name of services) {
      const lines = readFileSync(join(folder, 'logs', `${name}.log`), 'utf8')
        .trimEnd()
        .split('\n');
      expect({ name, plain: lines.filter((line) => !line.startsWith('{"level":"')) }).toEqual({ name, plain: [] });
    }
  });

  it('publishes a catalogue that is already there without a new fact', async () => {
    const { code, stdout } = await runOperator(folder, ['catalogue', 'publish', instance.catalogue], true);
    expect(code).toBe(0);
    expect(stdout).toMatch(/: 0 new or changed, \d{3} as they were/);
  }, 60_000);

  it('says what another catalogue would change, and publishes nothing of it', async () => {
    const other = join(folder, 'reformed');
    cpSync(instance.catalogue, other, { recursive: true });
    const units = join(other, 'units.yaml');
    const text = readFileSync(units, 'utf8');
    const diff = async (setda: string) => {
      writeFileSync(units, text.replace('name: Sekretariat Daerah', setda));
      const { code, stdout } = await runOperator(folder, ['catalogue', 'diff', other, '--as', 'upkp2.officer'], true);
      return [code, ...stdout.trimEnd().split('\n')];
    };
    const name = 'name: Sekretariat Daerah Batang';
    const end = expect.stringMatching(/^1 would change, \d{3} stay as they are. Nothing was published.$/);
    for (let time = 1; time <= 2; time++)
      expect(await diff(`${name}\n    version: 2`)).toEqual([0, 'edition   unit-setda 1 → 2: name', end]);
    const refused = expect.stringMatching(/^refused {3}unit-setda: .*needs version 2/);
    expect(await diff(name)).toEqual([1, refused, end]);
    const [code, mistake] = await diff('title: Sekretariat Daerah');
    expect([code, mistake]).toEqual([
      1,
      expect.stringMatching(/^reformed\/units\.yaml:\d+:\d+ SHAPE_INVALID units\.0\.name/),
    ]);
  }, 60_000);

  it('shows the numbers of each service where Prometheus scrapes, and not at its door', async () => {
    for (const name of ['gateway', 'intake', 'routing', 'resolution'] as const) {
      expect(await (await fetch(instance.metricsUrls[name])).text()).toContain(`{service="${name}"}`);
      expect((await fetch(`${instance.urls[name]}/metrics`)).status).toBe(404);
    }
  });

  it('goes on after a service was killed and started again', async () => {
    await instance.stopService('routing', 'SIGKILL');
    await expect(fetch(`${instance.urls.routing}/health/ready`)).rejects.toThrow();
    await instance.startService('routing');
    expect((await fetch(`${instance.urls.routing}/health/ready`)).status).toBe(200);
  }, 60_000);

  it('lets an operator walk its logs, send a topic again and replace a read model while it answers', async () => {
    const garda = async (...args: string[]) => {
      const { code, stdout, stderr } = await runOperator(folder, args, true);
      expect([args.join(' '), code, stderr]).toEqual([args.join(' '), 0, '']);
      return stdout;
    };
    const walked = await garda('log', 'verify');
    expect(walked.match(/all as they should be/g)).toHaveLength(6);
    expect(await garda('log', 'adopt')).toMatch(/routing: nothing to adopt/);
    expect(await garda('relay', 'rewind', 'garda.routing.v1', '1')).toMatch(/is sent again after 0/);
    const build = ['routing', 'case_state'];
    expect(await garda('projections', 'rebuild', ...build)).toMatch(/case_state build 1005: at \d+, 0 to go/);
    expect(await garda('projections', 'compare', ...build)).toMatch(/^The same at position/m);
    await garda('projections', 'switch', ...build);
    await garda('projections', 'drop', ...build);
    expect(await garda('projections')).toMatch(/routing\tcase_state\t1005\tlive/);
    expect(await garda('streams', 'list')).toBe('No case is held.\n');
  }, 120_000);

  it('says so when a service ends by itself', async () => {
    const { pid } = processOf('gateway');
    process.kill(pid, 'SIGKILL');
    expect(await instance.broken).toMatch(/^gateway ended by itself \(SIGKILL\)/);
  }, 60_000);

  it('stops everything in order in less than ten seconds', async () => {
    const began = Date.now();
    await instance.stop();
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(existsSync(join(folder, 'run.json'))).toBe(false);
  }, 60_000);

  function processOf(name: string): { pid: number } {
    const run = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as {
      processes: { name: string; pid: number }[];
    };
    const found = run.processes.find((one) => one.name === name);
    if (found === undefined) {
      throw new Error(`run.json does not name ${name}`);
    }
    return found;
  }
});
