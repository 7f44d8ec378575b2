import { analyst, freePorts, removeInstance, runOperator, startInstance, throwawayFolder } from '@garda/servers';
import type { Instance } from '@garda/servers';
import { Gateway, Intake, openInstance, Tokens, waitUntilQuiet } from '@garda/operator';
import { Client } from 'pg';

const folder = throwawayFolder('test');
let instance: Instance;

beforeAll(async () => {
  instance = await startInstance({
    folder,
    ports: await freePorts(),
    mode: 'test',
    clockStart: '2026-03-02T01:00:00Z',
  });
  const { code, stderr } = await runOperator(folder, ['catalogue', 'publish', instance.catalogue], true);
  if (code !== 0) throw new Error(stderr);
  await submitSome();
}, 180_000);
afterAll(async () => {
  await instance.stop();
  removeInstance(folder);
}, 60_000);

/** A few cases of several standards, and everything that follows from them by itself. */
async function submitSome(): Promise<void> {
  const running = openInstance({ GARDA_FOLDER: folder });
  const intake = new Intake(running.urls.intake);
  for (const road_class of ['regency', 'national', 'village'])
    await intake.submit({
      ...{ standard: 'HB-01', identity: 'none', content: 'public', description: 'Lampu padam.' },
      objectPlace: { areaCode: '33.25.10.2007' },
      attributes: { road_class },
    });
  const gateway = new Gateway(running, new Tokens(running));
  await waitUntilQuiet(() => gateway.progress());
}

const compare = (): Promise<number> => analyst(['replay', '--compare'], { ...process.env, GARDA_FOLDER: folder });

it('folds the topics alone to what every service has', async () => {
  expect(await compare()).toBe(0);
}, 60_000);

it('sees one column of one row that somebody changed', async () => {
  const client = new Client({ connectionString: instance.connections.databases.routing.app });
  await client.connect();
  try {
    const changed = await client.query(
      `update read.case_state set state = jsonb_set(state::jsonb, '{stage}', '7')::json
        where case_id = (select min(case_id) from read.case_state)`,
    );
    expect(changed.rowCount).toBe(1);
  } finally {
    await client.end();
  }
  expect(await compare()).toBe(1);
}, 60_000);
