import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { staff, withRouting } from '../test/harness';
import { submitted } from '../test/submitted';

const routing = withRouting();
const inspector = staff('inspektorat.officer', 'inspektorat');
const onLevy = { line: 'restricted' as const };
const entered = ['CaseEntered', 'CaseRouted'];

async function report(reportedUnit?: string): Promise<string> {
  const caseId = randomUUID();
  const more = { identity: 'none', content: 'private', objectPlace: {}, reportedUnit };
  await routing().restricted.intake.write(caseId, 'CaseSubmitted', submitted('LV-01', more), onLevy);
  return caseId;
}
/** The log, the folded cases and the clocks of the open line. */
const openLine = async () => {
  const { rows } = await routing().database.pool.query<{ held: string }>(
    `select (select json_agg(e order by position) from log.events e)::text || (select json_agg(c order by case_id) from read.case_state c)::text
       || (select json_agg(d order by case_id, clock, rung) from read.due d)::text as held`,
  );
  return rows[0]?.held;
};

describe('a levy report', () => {
  it('is placed, worked on and told of on the restricted line, and moves nothing on the open one', async () => {
    const road = randomUUID();
    await routing().intake.write(road, 'CaseSubmitted', submitted('PU-01'));
    await routing().shows(road, ...entered);
    await routing().command('acknowledge', road, staff('dpupr.officer', 'dpupr')); // answered when the table shows it
    const before = await openLine();
    const caseId = await report();
    const [, routed] = await routing().showsLevy(caseId, ...entered);
    expect(routed?.data).toMatchObject({ unit: 'inspektorat', by: 'policy' });
    expect(await routing().command('acknowledge', caseId, inspector, {}, onLevy)).toMatchObject({
      body: { caseId, context: 'routing', version: 3 },
    });
    const assigned = { offer: 1, unit: 'inspektorat', officer: 'inspektorat.officer', by: 'taken' };
    await routing().restricted.resolution.write(caseId, 'OfficerAssigned', assigned, onLevy);
    await routing().showsLevy(caseId, ...entered, 'HandOverAcknowledged', 'OfficerNoted');
    expect(await routing().events(caseId)).toEqual([]);
    expect(await openLine()).toBe(before);
    expect(before).toContain(road);
  });

  it('about the inspectorate is given to whoever stands in', async () => {
    const [, routed] = await routing().showsLevy(await report('inspektorat'), ...entered);
    expect(routed?.data).toMatchObject({ unit: 'setda' });
  });

  it('is nothing to the open line: not by its commands, not by a fact that came by its topic', async () => {
    const caseId = await report();
    await routing().showsLevy(caseId, ...entered);
    expect(await routing().command('acknowledge', caseId, inspector)).toMatchObject({
      body: { code: 'CASE_NOT_FOUND' },
    });
    const bent = { ...onLevy, verb: 'handover.ack' };
    expect(await routing().command('acknowledge', caseId, inspector, {}, bent)).toMatchObject({
      body: { code: 'TOKEN_NOT_FOR_THIS' },
    });
    expect(await routing().command('triage', caseId, inspector, { unit: 'dpupr' }, onLevy)).toMatchObject({
      status: 404,
    });
    const astray = randomUUID();
    await routing().intake.write(astray, 'CaseSubmitted', submitted('LV-01'), onLevy);
    const other = randomUUID();
    await routing().intake.write(other, 'CaseSubmitted', submitted('PU-01'));
    await routing().shows(other, ...entered); // the one before it was passed over
    expect([await routing().events(astray), await routing().events(astray, 'restricted')]).toEqual([[], []]);
  });
});

// Last: it moves the clock of the whole service.
describe('a levy report that nobody takes', () => {
  it('climbs a ladder of its own, each rung once, and the general one never hears of it', async () => {
    const caseId = await report();
    await routing().showsLevy(caseId, ...entered);
    await routing().operate('POST', 'clock', 'clock.move', { to: '2026-03-23T02:00:00.000Z' });
    const rungs = ['CaseEscalated', 'CaseEscalated', 'CaseEscalated'];
    const found = await routing().showsLevy(caseId, ...entered, 'HandOverAcknowledged', ...rungs);
    const told = found.filter(({ type }) => type === 'CaseEscalated').map(({ data }) => data);
    expect(told).toMatchObject([
      { clock: 'levy', rung: 1, to: 'inspektorat' },
      { clock: 'levy', rung: 2, to: 'setda' },
      { clock: 'levy', rung: 3, to: 'x-ombudsman' },
    ]);
    const clocks = () =>
      routing()
        .database.pool.query<{ clock: string }>('select distinct clock from read.levy_due where case_id = $1', [caseId])
        .then(({ rows }) => rows.map(({ clock }) => clock).join());
    for (const end = Date.now() + 10_000; (await clocks()) !== 'total' && Date.now() < end;) await pause(25);
    expect(await clocks()).toBe('total');
    expect((await routing().database.pool.query('select 1 from read.due where case_id = $1', [caseId])).rowCount).toBe(
      0,
    );
  });
});
