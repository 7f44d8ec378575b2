import { program, publish, bundle, withIntake } from '../test/harness';
import { submit } from '../test/submissions';
import { levy } from '../test/levy';

const intake = withIntake();
const token = (verb: string) => ({ actor: program('operations'), verb });
const act = async (projection: string, action: string) =>
  (await intake().internal('/operations/projections', token('projections.manage'), { projection, action }))
    .json as Record<string, unknown>;
interface Row {
  readonly name: string;
  readonly version: number;
  readonly state: string;
  readonly lag: string;
  readonly rebuildable: boolean;
}
async function list(): Promise<Row[]> {
  const authorization = `Bearer ${await intake().tokenFor(token('projections.manage'))}`;
  const { json } = await intake().get('/operations/projections', { authorization });
  return (json as Record<string, unknown>)['projections'] as Row[];
}
async function ended(id: unknown): Promise<Record<string, unknown>> {
  for (;;) {
    const authorization = `Bearer ${await intake().tokenFor(token('log.verify'))}`;
    const { json } = await intake().get(`/operations/work/${String(id)}`, { authorization });
    if (json['state'] !== 'running') return json;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
/** What everybody may read of a case, and what its submitter may. */
const seen = async (number: string) => (await intake().get(`/open311/v2/requests/${number}.json`)).json;
const named = async (view: string) =>
  (await intake().database.pool.query(`select obj_description('read.${view}'::regclass) as is`)).rows[0].is as string;

const ofAnother: Readonly<Record<string, string>> = { notice_cases: 'notices', public_updates: 'public_cases' };
/** Builds of one version are a thousand apart. */
const next = (version: unknown): number => Number(version) + 1000;

it('every read model is rebuilt beside the one that answers, compared, shown, and the old one dropped, under writes', async () => {
  const first = await submit(intake());
  const paid = { amount: 1000, to: 'village', forWhat: 'thanks', paidOn: '2026-03-01', receipt: false };
  await intake().post(`/cases/${first.number}/payments`, paid, { 'tracking-code': first.trackingCode });
  await submit(intake(), levy); // a build of an empty log would be full before it has its tables
  const before = await seen(first.number);
  const rows = await list();
  expect(rows.map(({ name }) => name)).toEqual([
    ...['case_counts', 'case_state', 'declared_payments', 'erasures', 'levy_counts', 'levy_erasures', 'levy_notices'],
    ...['levy_state', 'notices', 'public_cases', 'reference', 'slips'],
  ]);
  expect(rows.every(({ rebuildable }) => rebuildable)).toBe(true);

  for (const { name, version } of rows) {
    const built = next(version);
    expect(await act(name, 'rebuild')).toEqual({ version: built });
    const meanwhile = submit(intake());
    await intake().until(async () =>
      (await list()).some((row) => row.version === built && row.name === name && row.lag === '0'),
    );
    const compared = await ended((await act(name, 'compare'))['id']);
    expect([name, compared]).toEqual([name, expect.objectContaining({ state: 'done' })]);
    expect(compared['result']).toMatchObject({ same: true });
    expect(await act(name, 'switch')).toMatchObject({ version: built });
    expect(await act(name, 'drop')).toEqual({ versions: [version] });
    await meanwhile;
  }

  expect((await list()).map(({ version, state }) => [version, state])).toEqual(
    rows.map(({ version }) => [Number(version) + 1000, 'live']),
  );
  /** Views of one read model are built together. */
  const firstOf = (view: string) => rows.find(({ name }) => name === (ofAnother[view] ?? view))?.version;
  const views = ['notices', 'notice_cases', 'public_cases', 'public_updates', 'reference', 'slips'];
  for (const view of ['case_state', 'case_counts', 'declared_payments', 'levy_counts', ...views])
    expect([view, await named(view)]).toEqual([view, `version ${next(firstOf(view))}`]);
  expect(await seen(first.number)).toEqual(before);
  const after = await submit(intake()); // its terms are in the catalogue, and its own caller sees it at once
  expect(await seen(after.number)).toMatchObject([{ service_request_id: after.number }]);
}, 60_000);

it('a process that starts later keeps what answers, and makes no table of the first number again', async () => {
  await intake().restart(() => Promise.resolve());
  expect((await publish(intake(), bundle)).status).toBeLessThan(500);
  const { number } = await submit(intake());
  expect(await seen(number)).toMatchObject([{ service_request_id: number }]);
  const { rows } = await intake().database.pool.query(
    `select relname from pg_class where relnamespace = 'read'::regnamespace and relkind = 'r' and relname !~ '_v100[0-9]$'`,
  );
  expect(rows).toEqual([]);
}, 60_000);
