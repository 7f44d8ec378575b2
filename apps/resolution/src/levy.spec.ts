import type { ResolutionData } from '@garda/contracts';
import { open } from '@garda/personal-data';
import { monday, staff, withResolution } from '../test/harness';
import { caseOf, type KnownCase } from '../test/known-case';

const resolution = withResolution();
const inspector = staff('inspektorat.officer', 'inspektorat');
const onLevy = { line: 'restricted' as const };
const entered = ['CaseKnown', 'WorkReceived'];
const secret = 'Who was at the counter?';

async function report(): Promise<KnownCase> {
  const made = await caseOf(resolution(), 'LV-01', 'inspektorat', undefined, 'restricted');
  await made.enter({ identity: 'none', content: 'private' });
  await resolution().showsLevy(made.caseId, ...entered);
  return made;
}
const work = (name: Parameters<ReturnType<typeof resolution>['command']>[0], caseId: string, body = {}) =>
  resolution().command(name, caseId, inspector, body, onLevy);
const openLine = async () => {
  const { rows } = await resolution().database.pool.query<{ held: string }>(
    `select (select json_agg(e order by position) from log.events e)::text || (select json_agg(c order by case_id) from read.case_state c)::text
       || coalesce((select json_agg(d order by case_id, clock, rung) from read.due d)::text, '') as held`,
  );
  return rows[0]?.held;
};

describe('the work on a levy report', () => {
  it('is done on the restricted line, from taking to deciding, and moves nothing on the open one', async () => {
    const road = await caseOf(resolution(), 'PU-01', 'dpupr');
    await road.enter();
    await resolution().shows(road.caseId, ...entered);
    await resolution().command('take', road.caseId, staff('dpupr.officer', 'dpupr'));
    const before = await openLine();
    const { caseId, keys } = await report();
    for (const name of ['take', 'accept'] as const) expect(await work(name, caseId)).toMatchObject({ status: 200 });
    const asked = await work('ask', caseId, { items: ['Whom did you pay?'], words: secret });
    expect(asked).toMatchObject({ status: 200, body: { context: 'resolution', version: 5 } });
    const question = (await resolution().events(caseId, 'restricted')).at(-1);
    const { words } = question?.data as ResolutionData<'InformationRequested'>;
    if (question === undefined || words === undefined) throw new Error('asked without words');
    expect(await open({ caseId, eventId: question.eventId }, words, keys.privateKey)).toEqual({ words: secret });
    await work('withdraw-question', caseId);
    expect(await work('resolve', caseId, { outcome: 'unfounded' })).toMatchObject({ status: 200 });
    expect(await resolution().events(caseId)).toEqual([]);
    expect(await openLine()).toBe(before);
    expect(before).toContain('OfficerAssigned');
  });

  it('goes on when the citizen takes the report back', async () => {
    const { caseId } = await report();
    await resolution().restricted.intake.write(caseId, 'CaseWithdrawn', {}, onLevy);
    const found = await resolution().showsLevy(caseId, ...entered, 'WithdrawalReceived');
    expect(found.at(-1)?.data).toMatchObject({ result: 'goes_on' });
  });

  it('is known to no command of the open line', async () => {
    const { caseId } = await report();
    expect(await resolution().command('take', caseId, inspector)).toMatchObject({ body: { code: 'CASE_NOT_FOUND' } });
    expect(await work('assess-fee', caseId)).toMatchObject({ status: 404 });
    expect(await resolution().command('take', caseId, inspector, {}, { ...onLevy, verb: 'case.take' })).toMatchObject({
      body: { code: 'TOKEN_NOT_FOR_THIS' },
    });
  });
});

// Last: it moves the clock of the whole service.
it('a decision that the citizen was told of is closed by silence, on its own line', async () => {
  const { caseId } = await report();
  for (const name of ['take', 'accept'] as const) await work(name, caseId);
  await work('resolve', caseId, { outcome: 'remedied' });
  const worked = [...entered, 'OfficerAssigned', 'CaseAccepted', 'CaseResolved'];
  const decided = (await resolution().showsLevy(caseId, ...worked)).at(-1);
  const told = { about: decided?.eventId, channel: 'page', ok: true };
  await resolution().restricted.intake.write(caseId, 'CitizenNotified', told, { ...onLevy, at: monday });
  await resolution().showsLevy(caseId, ...worked, 'CitizenTold');
  await resolution().operate('POST', 'clock', 'clock.move', { to: '2026-04-20T02:00:00.000Z' });
  await resolution().showsLevy(caseId, ...worked, 'CitizenTold', 'CaseClosed');
});
