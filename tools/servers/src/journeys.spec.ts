import { analyst } from './commands/analyst';
import { publishCatalogue, runOperator } from './commands/operator';
import { demoStart, startInstance, type Instance } from './instance';
import { freePorts } from './ports';
import { removeInstance, throwawayFolder } from './throwaway';

/** Persons on their way through the house, over HTTP alone, in one house and one time. */
describe('the journeys', () => {
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

  it('show what they are there to show', async () => {
    const { code, stdout, stderr } = await runOperator(folder, ['journeys', '--json'], true);
    expect(stdout.split('\n').filter((line) => line.includes('✗'))).toEqual([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ wrong: 0 });
  }, 300_000);

  it('leave cases that a replay of the topics from zero gives again', async () => {
    expect(await analyst(['replay', '--compare'], { GARDA_FOLDER: folder })).toBe(0);
  }, 120_000);
});
