import { analyst } from './commands/analyst';
import { publishCatalogue, runOperator } from './commands/operator';
import { connectionsTo } from './connections';
import { demoStart, startInstance, type Instance } from './instance';
import { logServices } from './names';
import { freePorts, type Ports } from './ports';
import { loadSecrets } from './secrets';
import { removeInstance, throwawayFolder } from './throwaway';
import { withClient } from './with-client';

/** How many levy reports there are, and how many facts of the open log name one of them. */
const traces = `
  with reports as (select distinct substr(stream_id, 6) as id from log_restricted.events where stream_id like 'levy-%')
  select (select count(*)::int from reports) as reports,
    (select count(*)::int from log.events e join reports r
      on e.stream_id || e.data::text || e.meta::text like '%' || r.id || '%') as traces`;

/** Persons on their way through the house, over HTTP alone, in one house and one time. */
describe('the journeys', () => {
  const folder = throwawayFolder('test');
  let instance: Instance;
  let ports: Ports;

  beforeAll(async () => {
    ports = await freePorts();
    instance = await startInstance({ folder, ports, clockStart: demoStart });
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

  it('leave nothing of a levy report in an open log, so that no reader of an open topic has any', async () => {
    const { databases } = connectionsTo({}, loadSecrets(folder), ports);
    for (const service of logServices) {
      const [found] = await withClient(databases[service].app, async (client) => (await client.query(traces)).rows);
      expect({ service, ...found }).toEqual({ service, reports: 2, traces: 0 });
    }
  });
});
