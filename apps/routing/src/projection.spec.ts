import { randomUUID } from 'node:crypto';
import { digestOf, type JsonValue } from '@garda/contracts';
import { foldAll, routingFold } from '@garda/domain';
import { until } from '@garda/testing';
import { withRouting } from '../test/harness';
import { submitted } from '../test/submitted';

// Nobody moves this clock: nothing comes due, so the log stands still once what was handed in has been placed.
const routing = withRouting();

async function placed(): Promise<string> {
  const caseId = randomUUID();
  await routing().intake.write(caseId, 'CaseSubmitted', submitted('PU-01'));
  await routing().shows(caseId, 'CaseEntered', 'CaseRouted');
  return caseId;
}

const digest = async () => (await routing().operate('GET', 'digest', 'digest.read')).body;
const progress = async () => {
  const { body } = await routing().operate('GET', 'progress', 'streams.retry');
  const log = body['log'] as { head: string; relayed: Record<string, { position: string }> };
  return { head: Number(log.head), relayed: Object.values(log.relayed).map(({ position }) => Number(position)) };
};
const act = (action: string, projection = 'case_state') =>
  routing().operate('POST', 'projections', 'projections.manage', { projection, action });
const list = async () =>
  (await routing().operate('GET', 'projections', 'projections.manage')).body['projections'] as {
    name: string;
    version: number;
    state: string;
    lag: string;
  }[];

/** Long work: begun by one request, and looked at until it has ended. */
async function compared() {
  const { id } = (await act('compare')).body as { id: string };
  for (;;) {
    const work = await routing().operate('GET', `work/${id}`, 'log.verify');
    if (work.body['state'] !== 'running') return work;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('has the digest that the log folds to, and one changed column changes it', async () => {
  const { pool } = routing().database;
  const cases = [await placed(), await placed(), await placed()];
  const rows = await Promise.all(
    cases.map(async (caseId) => {
      const events = await routing().events(caseId);
      return { caseId, version: events.length, state: foldAll(routingFold, events) as unknown as JsonValue };
    }),
  );
  await until(async () => (await digest())['position'] === String((await progress()).head));
  expect(await digest()).toMatchObject({ cases: 3, digest: digestOf(rows) });
  const shift = (by: number) =>
    pool.query(`update read.case_state set version = version + $2 where case_id = $1`, [cases[0], by]);
  await shift(1);
  expect(await digest()).toMatchObject({ cases: 3, digest: expect.not.stringMatching(digestOf(rows)) as string });
  await shift(-1);
});

it('stands on a log of which every fact reaches the topic', async () => {
  await placed();
  const { head } = await progress();
  expect(head).toBeGreaterThan(1);
  await until(async () => Math.max(...(await progress()).relayed) >= head);
});

it('is rebuilt while it answers, compared, switched to and the old one dropped, by an operator', async () => {
  await placed();
  expect((await compared()).body).toMatchObject({ state: 'failed', error: { code: 'NO_REBUILD' } });
  expect((await act('drop')).body['code']).toBe('NOTHING_TO_DROP');
  expect((await act('rebuild', 'nonsense')).body['code']).toBe('PROJECTION_UNKNOWN');
  expect((await act('polish')).body['code']).toBe('BAD_REQUEST');
  const [first, levy] = (await list()).map(({ version }) => Number(version));
  const built = Number(first) + 1000; // builds of one version are a thousand apart
  expect((await act('rebuild')).body).toEqual({ version: built });
  expect((await act('rebuild')).body['code']).toBe('REBUILD_UNDER_WAY');
  await until(async () => {
    const all = await list();
    return all.some(({ version }) => version === built) && all.every(({ lag }) => lag === '0');
  });
  const before = await digest();
  const { body } = await compared();
  expect(body).toMatchObject({
    state: 'done',
    result: {
      same: true,
      tables: [{ table: `read.case_state_v${first}` }, { table: `read.due_v${first}` }],
    },
  });
  expect([Number(body['done']) > 0, body['of']]).toEqual([true, body['done']]);
  expect((await act('switch')).status).toBe(200);
  expect(await digest()).toEqual(before);
  await placed();
  expect((await act('drop')).body).toEqual({ versions: [first] });
  expect(await list()).toEqual([
    expect.objectContaining({ name: 'case_state', version: built, state: 'live' }),
    expect.objectContaining({ name: 'levy_state', version: levy, state: 'live' }),
  ]);
}, 40_000);
