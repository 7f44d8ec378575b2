import type { Actor, IntakeData } from '@garda/contracts';
import { acknowledged, caseId, desk, entered, importer, otherCase, routed, staff, terms } from '../../test/facts';
import { givenAt, monday, recorded, specFor, type Fact } from '../../test/spec';
import { routingFact } from '../shared/facts';
import { foldAll } from '../shared/fold';
import { stageOf } from './case';
import { routingCommands } from './commands';
import { linkDuplicate, unlinkDuplicate } from './duplicates';
import { routingFold } from './evolve';

const given = specFor(routingFold);
const triaged = routingFact('CaseSentToTriage', { caseId, reason: 'no_rule' });
const settled = routingFact('WorkSettled', { caseId, how: 'decided', outcome: 'remedied', unit: 'dpupr', at: monday });
const quality = staff('quality', 'upkp2');
const bound = { caseId, unit: 'desa-a', offer: 1, stage: 1, binding: true, by: 'triage' as const };

describe('triage', () => {
  const triage = (unit: string, actor: Actor = quality, occurredAt?: string) =>
    ((state, all) => routingCommands.triage(state, { caseId, actor, body: { unit, occurredAt } }, all)) as Parameters<
      ReturnType<typeof given>['when']
    >[0];

  it('offers the case to the unit a person chose, and binds', () =>
    given(entered(), triaged)
      .when(triage('dpupr'))
      .then(routed('dpupr', {}, true)));
  it('is for the secretary too', () =>
    given(entered(), triaged)
      .when(triage('dpupr', staff('s', 'setda')))
      .then(routed('dpupr', {}, true)));
  it('is acknowledged at once by the unit that filed it', () => {
    const more = { terms: terms('UM-01'), filedBy: { by: 'desk' as const, unit: 'kec-01', officer: 'clerk' } };
    given(entered(more), triaged)
      .when(triage('kec-01'))
      .then(routed('kec-01', more, true), acknowledged('kec-01', 'filed_here'));
  });
  it('and a later stage is not, for its papers come from elsewhere', () => {
    const more = { terms: terms('DK-01', 'village'), filedBy: desk };
    const next = routingFact('CaseSentToTriage', { caseId, reason: 'reported_unit', stage: 1 });
    given(entered(more), triaged, next)
      .when(triage('desa-a'))
      .then(routingFact('CaseRouted', { ...bound, terms: stageOf(more, 1) }));
  });
  it('refuses a case that is not in triage, is settled, or does not exist', () => {
    given(entered(), routed()).when(triage('dpupr')).thenRefused('NOT_IN_TRIAGE');
    given(entered(), routed(), settled).when(triage('dpupr')).thenRefused('CASE_NOT_OPEN');
    given().when(triage('dpupr')).thenRefused('CASE_NOT_FOUND');
  });
  it('refuses a unit that does not exist, is outside, or is reported or above', () => {
    given(entered(), triaged).when(triage('nowhere')).thenRefused('UNIT_UNKNOWN');
    given(entered(), triaged).when(triage('x-bptd')).thenRefused('UNIT_UNKNOWN');
    given(entered({ reportedUnit: 'kel-b' }), triaged)
      .when(triage('kec-01'))
      .thenRefused('UNIT_IS_REPORTED');
  });
  it('is for the quality unit and the secretary', () => {
    given(entered(), triaged)
      .when(triage('dpupr', staff('officer', 'dpupr')))
      .thenRefused('NOT_RESPONSIBLE');
    given(entered(), triaged).when(triage('dpupr', importer)).thenRefused('NOT_RESPONSIBLE');
  });
  it('happens now, whoever says otherwise', () =>
    given(entered(), triaged)
      .when(triage('dpupr', quality, monday))
      .thenRefused('OCCURRED_AT_NOT_ALLOWED'));
});

describe('acknowledgement', () => {
  const acknowledge = (actor: Actor, occurredAt?: string) =>
    ((state, all) => routingCommands.acknowledge(state, { caseId, actor, body: { occurredAt } }, all)) as Parameters<
      ReturnType<typeof given>['when']
    >[0];
  const officer = staff('officer', 'dpupr');

  it('makes the unit answer for the case', () => {
    given(entered(), routed()).when(acknowledge(officer)).then(acknowledged());
    expect(given(entered(), routed(), acknowledged()).state.status).toBe('held');
  });
  it('may be given by the importer, with the time of the record', () =>
    given(entered(), routed()).when(acknowledge(importer, monday)).then(acknowledged()));
  it('is for the unit that was offered the case', () =>
    given(entered(), routed())
      .when(acknowledge(staff('other', 'dishub')))
      .thenRefused('NOT_RESPONSIBLE'));
  it('comes too late from a unit that has passed it on', () => {
    const [, stage] = terms('DK-01', 'village').stages;
    if (stage === undefined) throw new Error('no stage');
    const more = { terms: terms('DK-01', 'village'), area: '33.25.01.2001' };
    const handed = routingFact('StageHandedOver', {
      caseId,
      from: 'desa-a',
      unit: 'kec-01',
      offer: 2,
      stage: 1,
      terms: stage,
    });
    given(entered(more), routed('desa-a', more), handed)
      .when(acknowledge(staff('v', 'desa-a')))
      .thenRefused('OFFER_PASSED');
  });
  it('needs an offer that is open', () => {
    given(entered(), routed(), acknowledged()).when(acknowledge(officer)).thenRefused('NOT_OFFERED');
    given(entered(), triaged).when(acknowledge(officer)).thenRefused('NOT_OFFERED');
    given(entered(), routed(), settled).when(acknowledge(officer)).thenRefused('CASE_NOT_OPEN');
    given().when(acknowledge(officer)).thenRefused('CASE_NOT_FOUND');
  });
  it('happens now, whoever says otherwise', () =>
    given(entered(), routed()).when(acknowledge(officer, monday)).thenRefused('OCCURRED_AT_NOT_ALLOWED'));
  it('of an offer that has passed counts for nothing', () => {
    const old = routingFact('HandOverAcknowledged', { caseId, unit: 'dpupr', offer: 9, how: 'receiver' });
    expect(given(entered(), routed(), old).state.status).toBe('offered');
  });
});

describe('duplicates', () => {
  type More = Partial<IntakeData<'CaseSubmitted'>>;
  const fold = (...facts: readonly Fact[]) => foldAll(routingFold, recorded(facts));
  const leads = (more: More = {}, ...facts: readonly Fact[]) =>
    fold(entered({ caseId: otherCase, ...more }), routed(), ...facts);
  const follows = (more: More = {}, ...facts: readonly Fact[]) => fold(entered(more), routed(), ...facts);
  const ids = { leader: otherCase, follower: caseId, link: 1 };
  const linkedData = (own: string) => ({ caseId: own, ...ids });
  const linked = (own: string) => routingFact('DuplicateLinked', linkedData(own));
  const ask = { actor: staff('officer', 'dpupr'), body: {} };
  const refusal = (leader = leads(), follower = follows(), by = ask) => {
    try {
      return linkDuplicate(leader, follower, by, givenAt());
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };

  it('are linked in both streams at once', () => {
    expect(refusal()).toEqual({ leader: [linked(otherCase)], follower: [linked(caseId)] });
    expect(follows({}, linked(caseId))).toMatchObject({ leader: otherCase });
    expect(leads({}, linked(otherCase))).toMatchObject({ followers: [{ caseId, link: ids.link }] });
  });
  it('may be linked by the quality unit and the importer, and by no unit that has nothing to do with it', () => {
    expect(refusal(leads(), follows(), { ...ask, actor: quality })).toHaveProperty('leader');
    expect(refusal(leads(), fold(entered(), triaged), { ...ask, actor: importer })).toHaveProperty('leader');
    expect(refusal(leads(), follows(), { ...ask, actor: staff('other', 'dishub') })).toBe('NOT_RESPONSIBLE');
  });
  it.each([
    ['SAME_CASE', follows(), follows()],
    ['CASE_NOT_FOUND', fold(), follows()],
    ['CASE_NOT_FOUND', leads(), fold()],
    ['CASE_NOT_OPEN', leads(), follows({}, settled)],
    ['ALREADY_LINKED', leads(), follows({}, linked(caseId))],
    [
      'LEADER_IS_FOLLOWER',
      leads({}, routingFact('DuplicateLinked', { caseId: otherCase, leader: caseId, follower: otherCase, link: 1 })),
      follows(),
    ],
    [
      'FOLLOWER_HAS_FOLLOWERS',
      leads(),
      follows({}, routingFact('DuplicateLinked', { caseId, leader: caseId, follower: otherCase, link: 1 })),
    ],
    [
      'LEADER_SETTLED',
      leads({}, routingFact('WorkSettled', { caseId, how: 'withdrawn', outcome: 'withdrawn', at: monday })),
      follows(),
    ],
    [
      'LEADER_SETTLED',
      leads({}, routingFact('WorkSettled', { caseId, how: 'decided', outcome: 'rejected', at: monday })),
      follows(),
    ],
    [
      'LEADER_SETTLED',
      leads({}, routingFact('WorkSettled', { caseId, how: 'decided', outcome: 'no_answer', at: monday })),
      follows(),
    ],
    ['NOT_A_PLACE_COMPLAINT', leads({ terms: terms('DS-02') }), follows()],
    ['NOT_A_PLACE_COMPLAINT', leads(), follows({ terms: terms('UM-01') })],
    ['NOT_A_PLACE_COMPLAINT', leads(), follows({ terms: { ...terms('PU-01'), kind: 'request' } })],
    ['WOULD_PUBLISH_PRIVATE', leads({ content: 'private' }), follows()],
    ['WOULD_PUBLISH_PRIVATE', leads(), follows({ content: 'private' })],
  ])('%s', (code, leader, follower) => expect(refusal(leader, follower)).toBe(code));
  it('tell the follower what a leader came to that is decided already', () =>
    expect(refusal(leads({}, settled))).toEqual({
      leader: [linked(otherCase)],
      follower: [
        routingFact('DuplicateLinked', { ...linkedData(caseId), settled: { outcome: 'remedied', unit: 'dpupr' } }),
      ],
    }));
  it('happen now, whoever says otherwise', () =>
    expect(refusal(leads(), follows(), { ...ask, body: { occurredAt: monday } })).toBe('OCCURRED_AT_NOT_ALLOWED'));

  it('are unlinked in both streams at once', () => {
    const unlinked = (own: string) => routingFact('DuplicateUnlinked', { caseId: own, ...ids });
    const [leader, follower] = [leads({}, linked(otherCase)), follows({}, linked(caseId))];
    expect(unlinkDuplicate(leader, follower, ask, givenAt())).toEqual({
      leader: [unlinked(otherCase)],
      follower: [unlinked(caseId)],
    });
    expect(follows({}, linked(caseId), unlinked(caseId))).toMatchObject({ leader: null });
    expect(leads({}, linked(otherCase), unlinked(otherCase))).toMatchObject({ followers: [] });
    for (const nobody of [leads(), fold()])
      expect(() => unlinkDuplicate(nobody, follows(), ask, givenAt())).toThrow(
        expect.objectContaining({ code: 'NOT_LINKED' }),
      );
    expect(() => unlinkDuplicate(follows(), follower, ask, givenAt())).toThrow(
      expect.objectContaining({ code: 'NOT_LINKED' }),
    );
    expect(() => unlinkDuplicate(leader, follower, { ...ask, actor: staff('x', 'dishub') }, givenAt())).toThrow(
      expect.objectContaining({ code: 'NOT_RESPONSIBLE' }),
    );
  });
});
