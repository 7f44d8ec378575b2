import { randomUUID } from 'node:crypto';
import type { ResolutionData } from '@garda/contracts';
import { open } from '@garda/personal-data';
import { monday, staff, withResolution } from '../test/harness';
import { caseOf, type KnownCase } from '../test/known-case';

const resolution = withResolution();
const officer = staff('dpupr.officer', 'dpupr');
const entered = ['CaseKnown', 'WorkReceived'];
const working = [...entered, 'OfficerAssigned', 'CaseAccepted'];
const secret = 'Ask Siti at the blue house.';

async function pending(): Promise<KnownCase> {
  const made = await caseOf(resolution(), 'PU-01', 'dpupr');
  await made.enter();
  await resolution().shows(made.caseId, ...entered);
  return made;
}
async function accepted(): Promise<KnownCase> {
  const made = await pending();
  for (const name of ['take', 'accept'] as const)
    expect(await resolution().command(name, made.caseId, officer)).toMatchObject({ status: 200 });
  return made;
}
const ask = (caseId: string, headers = {}) =>
  resolution().command('ask', caseId, officer, { items: ['photo'], words: secret }, { headers });
const tell = (caseId: string, about: string, at: string) =>
  resolution().intake.write(caseId, 'CitizenNotified', { about, channel: 'page', ok: true }, { at });

describe('facts of other services', () => {
  it('bring the work, and give it to the officer who filed it at his own desk', async () => {
    const unit = 'desa-33.25.10.2004';
    const filedBy = { by: 'desk' as const, unit, officer: 'kaliboyo.officer' };
    const { caseId, enter } = await caseOf(resolution(), 'DS-02', unit, { filedBy, entry: 'village' });
    await enter();
    const found = await resolution().shows(caseId, ...entered, 'OfficerAssigned');
    expect(found.at(-1)?.data).toMatchObject({ officer: 'kaliboyo.officer', by: 'filed_here', offer: 1 });
  });

  it('of a leading case decide those that follow it, each in its own stream', async () => {
    const [leader, first, second] = [await pending(), await pending(), await pending()];
    const link = { leader: leader.caseId, link: 1 };
    await resolution().routing.write(first.caseId, 'DuplicateLinked', { ...link, follower: first.caseId });
    await resolution().shows(first.caseId, ...entered, 'FollowsNoted');
    const followers = [first, second].map(({ caseId }) => ({ caseId, link: 1 }));
    const settled = { how: 'decided', outcome: 'remedied', unit: 'dpupr', at: monday, followers };
    await resolution().routing.write(leader.caseId, 'WorkSettled', settled);
    for (const { caseId } of [first, second]) {
      const found = await resolution().shows(caseId, ...entered, 'FollowsNoted', 'CaseResolved');
      expect(found.at(-1)?.data).toEqual({ caseId, unit: 'dpupr', outcome: 'as_leader', by: 'dpupr' });
    }
    // The link of the second one comes late and says nothing new.
    await resolution().routing.write(second.caseId, 'DuplicateLinked', { ...link, follower: second.caseId });
    await resolution().routing.write(second.caseId, 'DuplicateUnlinked', { ...link, follower: second.caseId });
    const untied = ['FollowsNoted', 'CaseResolved', 'FollowsNoted', 'CaseReopened'];
    await resolution().shows(second.caseId, ...entered, ...untied);
    await resolution().shows(leader.caseId, ...entered);
  });

  it('of the citizen wait until routing has made the case known, in their order', async () => {
    const { caseId, enter } = await caseOf(resolution(), 'PU-01', 'dpupr');
    await resolution().intake.write(caseId, 'InformationProvided', { items: [], sealed: [] });
    await resolution().intake.write(caseId, 'CaseWithdrawn', { sealed: [] });
    await (
      await pending()
    ).enter; // others are not held back
    await enter();
    for (const end = Date.now() + 15_000; Date.now() < end;) {
      const types = (await resolution().events(caseId)).map((event) => event.type);
      if (types.includes('CaseClosed') && types.includes('WorkReceived')) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const types = (await resolution().events(caseId)).map((event) => event.type);
    // Routing's fact may come before, between or after them: the case is withdrawn all the same.
    expect(types.filter((type) => type !== 'WorkReceived')).toEqual([
      'CaseKnown',
      'AnswerReceived',
      'WithdrawalReceived',
      'CaseClosed',
    ]);
    expect(types.filter((type) => type === 'WorkReceived')).toHaveLength(1);
  }, 40_000);
});

describe('a question', () => {
  it('reaches the log sealed to the applicant, and only he can be shown it', async () => {
    const { caseId, keys } = await accepted();
    expect(await ask(caseId)).toMatchObject({ status: 200, body: { version: 5, context: 'resolution' } });
    const asked = (await resolution().shows(caseId, ...working, 'InformationRequested')).at(-1);
    const { words, offList } = asked?.data as ResolutionData<'InformationRequested'>;
    expect(offList).toEqual(['photo']);
    if (asked === undefined || words === undefined) throw new Error('asked without words');
    expect(await open({ caseId, eventId: asked.eventId }, words, keys.privateKey)).toEqual({ words: secret });
    const { rows } = await resolution().database.pool.query(
      `select 1 from log.events where data::text like $1 or meta::text like $1
       union all select 1 from log.commands where result::text like $1
       union all select 1 from read.case_state where state::text like $1`,
      ['%blue house%'],
    );
    expect(rows).toEqual([]);
  });

  it('is asked once when it is sent twice, though sealing differs each time', async () => {
    const { caseId } = await accepted();
    const headers = { 'idempotency-key': randomUUID() };
    const [first, second] = await Promise.all([ask(caseId, headers), ask(caseId, headers)]);
    expect(first).toMatchObject({ status: 200, body: { version: 5 } });
    expect(second).toEqual(first);
    expect(await ask(caseId, headers)).toEqual(first);
    const other = await resolution().command('ask', caseId, officer, { items: ['x'], words: 'x' }, { headers });
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    await resolution().shows(caseId, ...working, 'InformationRequested');
  });

  it('stops the clock when the citizen is told, and his answer goes on with the work', async () => {
    const { caseId } = await accepted();
    await ask(caseId);
    const about = (await resolution().events(caseId)).at(-1)?.eventId ?? '';
    await tell(caseId, about, monday);
    const told = await resolution().shows(caseId, ...working, 'InformationRequested', 'CitizenTold');
    expect(told.at(-1)?.data).toMatchObject({ about, wait: 'question' });
    await resolution().intake.write(caseId, 'InformationProvided', { request: about, items: ['photo'], sealed: [] });
    const answered = await resolution().shows(caseId, ...told.map((event) => event.type), 'AnswerReceived');
    expect(answered.at(-1)?.data).toMatchObject({ request: about });
    expect(await resolution().command('resolve', caseId, officer, { outcome: 'remedied' })).toMatchObject({
      status: 200,
    });
  });
});

describe('a dispute', () => {
  const resolved = async () => {
    const made = await accepted();
    const reply = await resolution().command('resolve', made.caseId, officer, { outcome: 'remedied' });
    expect(reply).toMatchObject({ status: 200 });
    const decision = (await resolution().events(made.caseId)).at(-1)?.eventId ?? '';
    const dispute = await resolution().intake.write(made.caseId, 'ResolutionDisputed', { decision, sealed: [] });
    await resolution().shows(made.caseId, ...working, 'CaseResolved', 'DisputeReceived');
    return { ...made, dispute };
  };
  const route = (caseId: string, dispute: string, to: string) =>
    resolution().routing.write(caseId, 'DisputeRouted', { dispute, to, by: 'policy', disputedAt: monday });
  const disputed = [...working, 'CaseResolved', 'DisputeReceived', 'WorkReceived'];

  it('is decided by the unit that routing names; upheld, another officer takes the case', async () => {
    const { caseId, keys, dispute } = await resolved();
    await route(caseId, dispute, 'upkp2');
    await resolution().shows(caseId, ...disputed);
    const decide = (actor = staff('upkp2.officer', 'upkp2'), body: object = { result: 'upheld', words: secret }) =>
      resolution().command('decide-dispute', caseId, actor, body);
    expect((await decide(officer)).body['code']).toBe('NOT_RESPONSIBLE');
    expect((await decide(undefined, { result: 'dismissed', words: 'no' })).body['code']).toBe('REMEDIES_MISSING');
    expect(await decide()).toMatchObject({ status: 200 });
    const found = await resolution().shows(caseId, ...disputed, 'DisputeDecided', 'CaseReopened');
    const fact = found.at(-2);
    const { words } = fact?.data as ResolutionData<'DisputeDecided'>;
    if (fact === undefined || words === undefined) throw new Error('decided without words');
    expect(await open({ caseId, eventId: fact.eventId }, words, keys.privateKey)).toEqual({ words: secret });
    expect((await resolution().command('take', caseId, officer)).body['code']).toBe('OFFICER_DECIDED_BEFORE');
    expect(await resolution().command('take', caseId, staff('another', 'dpupr'))).toMatchObject({ status: 200 });
  });

  it('that goes outside the house makes the decision final, and the clock closes the case', async () => {
    const { caseId, dispute } = await resolved();
    await route(caseId, dispute, 'x-ombudsman');
    const found = await resolution().shows(caseId, ...disputed, 'DisputeDecided', 'CaseClosed');
    expect(found.at(-2)?.data).toMatchObject({ result: 'dismissed', remedies: ['x-ombudsman'] });
    expect(found.at(-1)?.data).toMatchObject({ reason: 'dismissed' });
    const reopen = (actor = staff('i', 'inspektorat')) =>
      resolution().command('reopen', caseId, actor, { cause: 'new_facts', words: 'x' });
    expect((await reopen(officer)).body['code']).toBe('NOT_RESPONSIBLE');
    expect(await reopen()).toMatchObject({ status: 200 });
    await resolution().shows(caseId, ...disputed, 'DisputeDecided', 'CaseClosed', 'CaseReopened');
  }, 40_000);
});

describe('a declined gift', () => {
  it('is on record with its amount; who offered what is sealed to the applicant', async () => {
    const { caseId, keys } = await accepted();
    const body = { gift: { kind: 'money', amount: 50_000 }, words: secret };
    expect(await resolution().command('decline-gift', caseId, officer, body)).toMatchObject({ status: 200 });
    const declined = (await resolution().shows(caseId, ...working, 'GiftDeclined')).at(-1);
    const { words, ...rest } = declined?.data as ResolutionData<'GiftDeclined'>;
    expect(rest).toMatchObject({ caseId, officer: 'dpupr.officer', gift: body.gift });
    if (declined === undefined || words === undefined) throw new Error('recorded without words');
    expect(await open({ caseId, eventId: declined.eventId }, words, keys.privateKey)).toEqual({ words: secret });
    const free = await resolution().command('decline-gift', caseId, officer, { gift: { kind: 'money', amount: 0 } });
    expect(free.body['code']).toBe('BAD_REQUEST');
  });
});

describe('staff commands', () => {
  it('are refused with a code, and leave nothing behind', async () => {
    const { caseId } = await pending();
    const refused = async (...args: Parameters<ReturnType<typeof resolution>['command']>) =>
      (await resolution().command(...args)).body['code'];
    expect(await refused('take', caseId, staff('x', 'dishub'))).toBe('NOT_RESPONSIBLE');
    expect(await refused('accept', caseId, officer)).toBe('NOT_ASSIGNED');
    expect(await refused('progress', caseId, officer, { code: 'visited' })).toBe('NOT_WORKING');
    expect(await refused('progress', caseId, officer, { code: '' })).toBe('BAD_REQUEST');
    expect(await refused('take', caseId, officer, { occurredAt: monday })).toBe('OCCURRED_AT_NOT_ALLOWED');
    expect(await refused('take', randomUUID(), officer)).toBe('CASE_NOT_FOUND');
    const stale = { headers: { 'if-match': '"1"' } };
    expect(await refused('take', caseId, officer, {}, stale)).toBe('STALE_VERSION');
    for (const bent of [{ verb: 'case.accept' }, { tokenCase: randomUUID() }, { audience: 'routing' }])
      expect([401, 403]).toContain((await resolution().command('take', caseId, officer, {}, bent)).status);
    await resolution().shows(caseId, ...entered);
  });

  it('show their effect in the read model when they are answered', async () => {
    const { caseId } = await accepted();
    const { rows } = await resolution().database.pool.query(
      'select version, state from read.case_state where case_id = $1',
      [caseId],
    );
    expect(rows).toMatchObject([{ state: { status: 'working', officer: 'dpupr.officer' } }]);
    expect(await resolution().command('take', caseId, officer)).toMatchObject({ status: 200, body: { version: 4 } });
  });

  it('of somebody who lost the right answer what his earlier request became', async () => {
    const { caseId } = await pending();
    const headers = { 'idempotency-key': randomUUID() };
    const first = await resolution().command('take', caseId, officer, {}, { headers });
    expect(await resolution().command('take', caseId, officer, {}, { headers, repeatOnly: true })).toEqual(first);
    await resolution().shows(caseId, ...entered, 'OfficerAssigned');
  });

  it('that come after their repetition was refused are refused too', async () => {
    const { caseId } = await pending();
    const headers = { 'idempotency-key': randomUUID() };
    const refused = await resolution().command('take', caseId, officer, {}, { headers, repeatOnly: true });
    expect(refused).toMatchObject({ status: 403, body: { code: 'COMMAND_BARRED' } });
    const late = await resolution().command('take', caseId, officer, {}, { headers });
    expect(late).toMatchObject({ status: 403, body: { code: 'COMMAND_BARRED' } });
    await resolution().shows(caseId, ...entered);
    expect(await resolution().command('take', caseId, officer)).toMatchObject({ status: 200 });
  });

  it('of two officers at once only one takes the case', async () => {
    const { caseId } = await pending();
    const replies = await Promise.all(
      ['one', 'two', 'three'].map((id) => resolution().command('take', caseId, staff(id, 'dpupr'))),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.map(({ body }) => body['code']).filter(Boolean)).toEqual(['ALREADY_ASSIGNED', 'ALREADY_ASSIGNED']);
    await resolution().shows(caseId, ...entered, 'OfficerAssigned');
  });
});

describe('the clock', () => {
  const move = (to: string) => resolution().operate('POST', 'clock', 'clock.move', { to });

  it('closes a decided case ten working days after the citizen was told, at once when he is satisfied', async () => {
    const [silent, content] = [await accepted(), await accepted()];
    for (const { caseId } of [silent, content])
      await resolution().command('resolve', caseId, officer, { outcome: 'remedied' });
    const decision = (await resolution().events(content.caseId)).at(-1)?.eventId ?? '';
    await resolution().intake.write(content.caseId, 'ServiceRated', {
      decision,
      stars: 5,
      satisfied: true,
      sealed: [],
    });
    const closed = await resolution().shows(
      content.caseId,
      ...working,
      'CaseResolved',
      'SatisfactionReceived',
      'CaseClosed',
    );
    expect(closed.at(-1)).toMatchObject({ data: { reason: 'satisfied' }, meta: { actor: { id: 'resolution-clock' } } });

    const about = (await resolution().events(silent.caseId)).at(-1)?.eventId ?? '';
    await tell(silent.caseId, about, '2026-03-02T03:00:00.000000Z');
    await resolution().shows(silent.caseId, ...working, 'CaseResolved', 'CitizenTold');
    await move('2026-03-16T08:59:00.000Z'); // the tenth working day, before the office closes
    await new Promise((resolve) => setTimeout(resolve, 2500)); // a sweep and more
    await resolution().shows(silent.caseId, ...working, 'CaseResolved', 'CitizenTold');
    await move('2026-03-16T09:00:00.000Z');
    await resolution().shows(silent.caseId, ...working, 'CaseResolved', 'CitizenTold', 'CaseClosed');
  }, 40_000);

  it('decides by silence; an answer that was in time and is heard later opens the case again', async () => {
    const { caseId } = await accepted();
    await ask(caseId);
    const asked = (await resolution().events(caseId)).at(-1);
    const about = asked?.eventId ?? '';
    await tell(caseId, about, asked?.recordedAt ?? '');
    const told = [...working, 'InformationRequested', 'CitizenTold'];
    await resolution().shows(caseId, ...told);
    await move('2026-04-17T09:00:00.000Z');
    await resolution().shows(caseId, ...told, 'CaseResolved');
    const inTime = { at: '2026-04-01T03:00:00.000000Z' };
    await resolution().intake.write(caseId, 'InformationProvided', { request: about, items: [], sealed: [] }, inTime);
    await resolution().shows(caseId, ...told, 'CaseResolved', 'AnswerReceived', 'CaseReopened');
  }, 40_000);
});
