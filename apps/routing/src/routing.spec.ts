import { randomUUID } from 'node:crypto';
import { monday, staff, withRouting } from '../test/harness';
import { submitted } from '../test/submitted';

const routing = withRouting();
const officer = staff('dpupr.officer', 'dpupr');
const quality = staff('upkp2.officer', 'upkp2');
const entered = ['CaseEntered', 'CaseRouted'];

/** A road that is damaged: the policy gives it to the owner of the regency's roads. */
async function road(more: object = {}): Promise<string> {
  const caseId = randomUUID();
  await routing().intake.write(caseId, 'CaseSubmitted', submitted('PU-01', more));
  return caseId;
}
const assigned = (caseId: string, unit = 'dpupr') =>
  routing().resolution.write(caseId, 'OfficerAssigned', { offer: 1, unit, officer: 'dpupr.officer', by: 'taken' });

describe('facts of other services', () => {
  it('bring a case in and place it, with the cause and the correlation of the fact that moved it', async () => {
    const caseId = await road();
    const [first, second] = await routing().shows(caseId, ...entered);
    expect(second?.data).toMatchObject({ unit: 'dpupr', offer: 1, stage: 0, binding: false, by: 'policy' });
    expect(second?.meta).toMatchObject({
      causationId: first?.meta.causationId,
      actor: { kind: 'system', id: 'routing-reactions' },
    });
  });

  it('acknowledge the offer when an officer takes it', async () => {
    const caseId = await road();
    await routing().shows(caseId, ...entered);
    await assigned(caseId);
    await routing().shows(caseId, ...entered, 'OfficerNoted', 'HandOverAcknowledged');
  });

  it('wait for a case that has not entered, and are drained unasked when it has', async () => {
    const caseId = randomUUID();
    await assigned(caseId);
    const other = await road();
    await routing().shows(other, ...entered); // the held key holds nobody else back
    await routing().intake.write(caseId, 'CaseSubmitted', submitted('PU-01'));
    await routing().shows(caseId, ...entered, 'OfficerNoted', 'HandOverAcknowledged');
  }, 40_000);

  it('wait for an edition of the policy that is not published yet', async () => {
    const pinned = submitted('PU-01');
    const caseId = await road({ terms: { ...pinned.terms, policy: 7 } });
    const other = await road();
    await routing().shows(other, ...entered);
    expect(await routing().events(caseId)).toEqual([]);
    const policy = { version: 7, rules: [{ when: {}, to: { function: 'waste' } }], conflict: {} };
    await routing().intake.publish([{ stream: 'policy', type: 'PolicyPublished', data: { policy } }]);
    const [, routed] = await routing().shows(caseId, ...entered);
    expect(routed?.data).toMatchObject({ unit: 'dlh' });
  }, 40_000);
});

describe('staff commands', () => {
  it('acknowledge a hand-over; the read model shows it when it is answered', async () => {
    const caseId = await road();
    await routing().shows(caseId, ...entered);
    const reply = await routing().command('acknowledge', caseId, officer);
    expect(reply).toMatchObject({ status: 200, body: { caseId, context: 'routing', version: 3 } });
    const { rows } = await routing().database.pool.query('select state from read.case_state where case_id = $1', [
      caseId,
    ]);
    expect(rows).toMatchObject([{ state: { status: 'held', place: { unit: 'dpupr' } } }]);
  });

  it('triage a case that the policy could not place', async () => {
    const caseId = await road({ terms: submitted('UM-02').terms });
    await routing().shows(caseId, 'CaseEntered', 'CaseSentToTriage');
    expect(await routing().command('triage', caseId, quality, { unit: 'nowhere' })).toMatchObject({
      body: { code: 'UNIT_UNKNOWN' },
    });
    expect(await routing().command('triage', caseId, quality, { unit: 'dpupr' })).toMatchObject({ status: 200 });
    await routing().shows(caseId, 'CaseEntered', 'CaseSentToTriage', 'CaseRouted');
  });

  it('move a case that is not ours on and back, and the third time to triage', async () => {
    const caseId = await road();
    await routing().shows(caseId, ...entered);
    const lamps = staff('dishub.officer', 'dishub');
    const transfer = (to: string, by = officer) =>
      routing().command('transfer', caseId, by, { to, reason: 'other_task' });
    expect((await transfer('dpupr')).body.code).toBe('SAME_UNIT');
    expect(await transfer('dishub')).toMatchObject({ status: 200, body: { version: 3 } });
    expect((await routing().command('return', caseId, officer, { reason: 'not_ours' })).body.code).toBe(
      'NOT_RESPONSIBLE',
    );
    expect(await routing().command('return', caseId, lamps, { reason: 'not_ours' })).toMatchObject({ status: 200 });
    expect(await transfer('dlh')).toMatchObject({ status: 200 });
    const moves = ['CaseTransferred', 'CaseReturned', 'CaseTransferred', 'CaseSentToTriage'];
    await routing().shows(caseId, ...entered, ...moves);
    expect(await routing().command('triage', caseId, quality, { unit: 'dlh' })).toMatchObject({ status: 200 });
    const bound = await routing().command('return', caseId, staff('dlh.officer', 'dlh'), { reason: 'not_ours' });
    expect(bound.body.code).toBe('BOUND_BY_TRIAGE');
    await routing().shows(caseId, ...entered, ...moves, 'CaseRouted');
  });

  it('link two cases at once, and unlink them', async () => {
    const [leader, follower] = [await road(), await road()];
    for (const caseId of [leader, follower]) await routing().shows(caseId, ...entered);
    const key = { 'idempotency-key': randomUUID() };
    const link = () => routing().command('link-duplicate', follower, officer, { leader }, { headers: key });
    expect(await link()).toMatchObject({ status: 200, body: { version: 3 } });
    expect(await link()).toMatchObject({ status: 200, body: { version: 3 } });
    for (const caseId of [leader, follower]) await routing().shows(caseId, ...entered, 'DuplicateLinked');
    expect(await routing().command('link-duplicate', leader, officer, { leader: follower })).toMatchObject({
      body: { code: 'LEADER_IS_FOLLOWER' },
    });
    expect(await routing().command('unlink-duplicate', follower, officer)).toMatchObject({ status: 200 });
    for (const caseId of [leader, follower])
      await routing().shows(caseId, ...entered, 'DuplicateLinked', 'DuplicateUnlinked');
  });

  it('let those go who follow a case that was withdrawn', async () => {
    const [leader, follower] = [await road(), await road()];
    for (const caseId of [leader, follower]) await routing().shows(caseId, ...entered);
    expect(await routing().command('link-duplicate', follower, officer, { leader })).toMatchObject({ status: 200 });
    const stands = { withdrawal: randomUUID(), result: 'stands' };
    await routing().resolution.write(leader, 'WithdrawalReceived', stands);
    const ended = await routing().shows(leader, ...entered, 'DuplicateLinked', 'WorkSettled', 'DuplicateUnlinked');
    expect(ended[3]?.data).toMatchObject({ how: 'withdrawn', followers: [{ caseId: follower, link: 1 }] });
    await routing().resolution.write(follower, 'FollowsNoted', { leader: null, link: 1 });
    await routing().shows(follower, ...entered, 'DuplicateLinked', 'DuplicateUnlinked');
  });

  it('link neither of two cases after the repetition was refused', async () => {
    const [leader, follower] = [await road(), await road()];
    for (const caseId of [leader, follower]) await routing().shows(caseId, ...entered);
    const key = { headers: { 'idempotency-key': randomUUID() } };
    const link = (bent: object) => routing().command('link-duplicate', follower, officer, { leader }, bent);
    const barred = { status: 403, body: { code: 'COMMAND_BARRED' } };
    expect(await link({ ...key, repeatOnly: true })).toMatchObject(barred);
    expect(await link(key)).toMatchObject(barred);
    for (const caseId of [leader, follower]) await routing().shows(caseId, ...entered);
    expect(await link({})).toMatchObject({ status: 200 });
  });

  it('are refused with a code, and leave nothing behind', async () => {
    const caseId = await road();
    await routing().shows(caseId, ...entered);
    const acknowledge = (actor = officer, bent = {}, body = {}) =>
      routing().command('acknowledge', caseId, actor, body, bent);
    const stranger = staff('x', 'dishub');
    expect((await acknowledge(stranger)).body.code).toBe('NOT_RESPONSIBLE');
    expect((await acknowledge(officer, {}, { occurredAt: monday })).body.code).toBe('OCCURRED_AT_NOT_ALLOWED');
    expect(await acknowledge(officer, { headers: { 'if-match': '"1"' } })).toMatchObject({
      status: 412,
      body: { code: 'STALE_VERSION' },
    });
    for (const bent of [{ verb: 'case.triage' }, { tokenCase: randomUUID() }, { audience: 'resolution' }])
      expect([401, 403]).toContain((await acknowledge(officer, bent)).status);
    expect((await routing().command('acknowledge', randomUUID(), officer)).body.code).toBe('CASE_NOT_FOUND');
    await routing().shows(caseId, ...entered);
  });

  it('answer a repetition from the first time, and refuse the same key for something else', async () => {
    const caseId = await road({ terms: submitted('UM-02').terms });
    await routing().shows(caseId, 'CaseEntered', 'CaseSentToTriage');
    const headers = { 'idempotency-key': randomUUID() };
    const triage = (unit: string) => routing().command('triage', caseId, quality, { unit }, { headers });
    const first = await triage('dpupr');
    expect(first).toMatchObject({ status: 200, body: { version: 3 } });
    expect(await triage('dpupr')).toEqual(first);
    expect(await triage('dishub')).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });
});

describe('a dispute', () => {
  const disputed = async (decidedBy: string) => {
    const caseId = await road();
    await routing().resolution.write(caseId, 'CaseResolved', { unit: 'dpupr', outcome: 'remedied' });
    await routing().shows(caseId, ...entered, 'WorkSettled');
    const dispute = randomUUID();
    const about = { dispute, decision: randomUUID(), decidedBy, disputedAt: monday };
    await routing().resolution.write(caseId, 'DisputeReceived', { ...about, result: 'stands' });
    const found = await routing().shows(caseId, ...entered, 'WorkSettled', 'DisputeRouted');
    return { caseId, dispute, routed: found.at(-1)?.data };
  };

  it('goes to the first unit of the policy that did not decide; upheld, the case is resumed in half of its time', async () => {
    expect((await disputed('upkp2')).routed).toMatchObject({ to: 'inspektorat', by: 'policy' });
    const { caseId, routed } = await disputed('dpupr');
    expect(routed).toMatchObject({ to: 'upkp2', decidedBy: 'dpupr' });
    const route = () => routing().command('route-dispute', caseId, staff('s', 'setda'), { to: 'inspektorat' });
    expect((await route()).body.code).toBe('DISPUTE_ROUTED');
    await routing().resolution.write(caseId, 'CaseReopened', { reason: 'upheld' });
    const found = await routing().shows(caseId, ...entered, 'WorkSettled', 'DisputeRouted', 'CaseResumed');
    expect(found.at(-1)?.data).toMatchObject({ unit: 'dpupr', offer: 2, time: '7wd', anotherOfficer: true });
  });

  it('is routed by a person where the policy names nobody', async () => {
    const { caseId, routed } = await disputed('x-bptd');
    expect(routed).not.toHaveProperty('to');
    const route = (to: string, actor = quality) => routing().command('route-dispute', caseId, actor, { to });
    expect((await route('inspektorat', officer)).body.code).toBe('NOT_RESPONSIBLE');
    expect((await route('x-bptd')).body.code).toBe('UNIT_DECIDED_BEFORE');
    expect(await route('inspektorat')).toMatchObject({ status: 200 });
    await routing().shows(caseId, ...entered, 'WorkSettled', 'DisputeRouted', 'DisputeRouted');
  });
});

describe('a body outside', () => {
  it('is referred to, asked, and silent until nobody waits any more', async () => {
    const caseId = await road({ terms: submitted('UM-02').terms });
    await routing().shows(caseId, 'CaseEntered', 'CaseSentToTriage');
    const refer = (more: object = {}) => {
      const body = { body: 'x-bptd', reference: 'BPTD/2026/118', followUpOn: '2026-12-01', ...more };
      return routing().command('refer', caseId, quality, body);
    };
    expect((await refer({ reference: undefined })).body.code).toBe('REFERENCE_MISSING');
    expect((await refer({ followUpOn: '2026-01-01' })).body.code).toBe('FOLLOW_UP_PAST');
    expect((await refer({ body: 'dlh' })).body.code).toBe('UNIT_UNKNOWN');
    expect(await refer()).toMatchObject({ status: 200 });
    await routing().resolution.write(caseId, 'CaseResolved', { outcome: 'referred_outside', by: 'upkp2' });
    const lies = ['CaseEntered', 'CaseSentToTriage', 'CaseReferredOutside', 'WorkSettled'];
    await routing().shows(caseId, ...lies);
    expect(await routing().command('ask-outside', caseId, quality)).toMatchObject({ status: 200 });
    expect(await routing().command('outside-answered', caseId, quality)).toMatchObject({ status: 200 });
    expect((await routing().command('ask-outside', caseId, quality)).body.code).toBe('NOT_REFERRED');
    await routing().shows(caseId, ...lies, 'OutsideBodyAsked', 'OutsideBodyAnswered');
  });
});

describe('the clock', () => {
  it('deems a hand-over acknowledged and climbs each rung once', async () => {
    const caseId = await road();
    await routing().shows(caseId, ...entered);
    await routing().operate('POST', 'clock', 'clock.move', { to: '2026-03-03T10:00:00.000Z' });
    const found = await routing().shows(caseId, ...entered, 'HandOverAcknowledged', 'CaseEscalated');
    expect(found.at(-1)?.data).toMatchObject({
      clock: 'unassigned',
      rung: 1,
      to: 'dpupr',
      dueAt: '2026-03-03T09:00:00.000Z',
    });
    expect(found.at(-2)?.data).toMatchObject({ how: 'deemed' });
    await routing().operate('POST', 'clock', 'clock.move', { to: '2026-03-05T10:00:00.000Z' });
    const later = await routing().shows(caseId, ...entered, 'HandOverAcknowledged', ...Array(3).fill('CaseEscalated'));
    expect(later.slice(-2).map(({ data }) => (data as { to: string }).to)).toEqual(['upkp2', 'setda']);
  }, 40_000);

  it('records that a case is late, and tells nobody twice', async () => {
    const caseId = await road();
    await assigned(caseId);
    const held = [...entered, 'OfficerNoted', 'HandOverAcknowledged'];
    await routing().shows(caseId, ...held);
    await routing().operate('POST', 'clock', 'clock.move', { to: '2026-04-20T02:00:00.000Z' });
    const found = await routing().shows(caseId, ...held, 'DeadlineMissed', 'CaseEscalated');
    expect(found.at(-2)?.data).toMatchObject({ clock: 'total', unit: 'dpupr' });
  }, 40_000);
});
