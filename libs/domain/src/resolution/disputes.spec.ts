import type { Actor, ResolutionFact, StaffCommandBody } from '@garda/contracts';
import {
  accepted,
  assigned,
  caseId,
  desk,
  familyCard,
  heard,
  importer,
  known,
  noWork,
  resolved,
  routed,
  staff,
  words,
  work,
} from '../../test/facts';
import { catalogue } from '../../test/catalogue';
import { at, givenAt, id, monday, specFor, type Fact } from '../../test/spec';
import { intakeFact, resolutionFact, routingFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { ResolutionCase } from './case';
import { resolutionCommands } from './commands';
import { fireResolution, resolutionDue } from './due';
import { resolutionFold } from './evolve';
import { resolutionReaction } from './reactions';

const given = specFor(resolutionFold);
const end = (day: string) => `2026-02-${day}T09:00:00.000Z`;
const quality = staff('quality', 'upkp2');
const closed = (reason: 'silence' | 'withdrawn' = 'silence') => resolutionFact('CaseClosed', { caseId, reason });
const told = resolutionFact('CitizenTold', { caseId, about: id('d'), at: monday });
const working = [known(), work(), assigned(), accepted()];
const decided: readonly Fact[] = [...working, at(monday, resolved(), id('d')), told];

const receivedAs = (result: 'stands' | 'moot', more: { decidedBy?: string; at?: string; decision?: string } = {}) =>
  resolutionFact('DisputeReceived', {
    ...{ caseId, dispute: id('dispute'), decision: more.decision ?? id('d'), result },
    ...{ decidedBy: more.decidedBy, disputedAt: more.at ?? monday },
  });
const stands = receivedAs('stands', { decidedBy: 'dpupr' });
const named = (unit = 'upkp2') =>
  resolutionFact('WorkReceived', { caseId, kind: 'dispute', unit, dispute: id('dispute') });
const verdict = (result: 'upheld' | 'dismissed', unit = 'upkp2', remedies = ['x-ombudsman']) =>
  resolutionFact('DisputeDecided', {
    ...{ caseId, dispute: id('dispute'), unit, result, remedies: result === 'upheld' ? [] : remedies },
    ...(unit === 'upkp2' ? { words } : {}),
  });
const reopened = resolutionFact('CaseReopened', { caseId, reason: 'upheld' });
const dispute =
  (when = monday, decision = id('d')) =>
  (state: ResolutionCase) =>
    resolutionReaction(
      state,
      heard(intakeFact('ResolutionDisputed', { caseId, decision, sealed: [] }), id('dispute'), when),
      givenAt(),
    );

describe('a dispute', () => {
  it('of the present decision stands, closed or not', () => {
    given(...decided)
      .when(dispute())
      .then(stands);
    given(...decided, closed())
      .when(dispute())
      .then(stands);
    expect(given(...decided, closed(), stands).state).toMatchObject({
      status: 'disputed',
      decision: { ref: id('d') },
      disputes: [{ ref: id('dispute'), state: 'open', to: null }],
    });
  });
  it('wins over the silence while it was recorded within the window, and comes too late after it', () => {
    given(...decided, closed())
      .when(dispute(end('16')))
      .then(receivedAs('stands', { decidedBy: 'dpupr', at: end('16') }));
    const late = '2026-02-16T09:00:00.001Z';
    given(...decided, closed())
      .when(dispute(late))
      .then(receivedAs('moot', { at: late }));
  });
  it('of what no unit had is about the quality unit’s decision', () =>
    given(known(), noWork, at(monday, resolutionFact('CaseResolved', { caseId, outcome: 'no_answer' }), id('d')))
      .when(dispute())
      .then(receivedAs('stands', { decidedBy: 'upkp2' })));
  it('of another decision, or of a case that is worked on or withdrawn, is moot', () => {
    given(...decided)
      .when(dispute(monday, id('other')))
      .then(receivedAs('moot', { decision: id('other') }));
    given(...working)
      .when(dispute())
      .then(receivedAs('moot'));
    const taken = resolutionFact('WithdrawalReceived', { caseId, withdrawal: id('w'), result: 'stands' });
    given(known(), taken, closed('withdrawn')).when(dispute()).then(receivedAs('moot'));
    expect(given(...working, receivedAs('moot')).state).toMatchObject({ status: 'working', disputes: [] });
  });
  it('of a final decision is moot, and so is a third one', () => {
    const final = [...decided, stands, named(), verdict('dismissed')];
    given(...final)
      .when(dispute())
      .then(receivedAs('moot'));
    given(...final, resolutionFact('CaseClosed', { caseId, reason: 'dismissed' }))
      .when(dispute())
      .then(receivedAs('moot'));
    const twice = [stands, named(), verdict('upheld'), reopened, at(monday, resolved(), id('d'))];
    given(...decided, ...twice, ...twice)
      .when(dispute())
      .then(receivedAs('moot'));
  });
  it('holds the closing back', () => {
    expect(resolutionDue(given(...decided, stands).state, catalogue)).toEqual([]);
  });
});

describe('whom routing names', () => {
  const route = (to?: string, ref = id('dispute')) =>
    routingFact('DisputeRouted', { caseId, dispute: ref, to, by: 'policy', disputedAt: monday });
  const hear = (fact: ReturnType<typeof route>) => (state: ResolutionCase, all: Given) =>
    resolutionReaction(state, heard(fact), all);
  it('decides the dispute; the work stays where it was', () => {
    given(...decided, stands)
      .when(hear(route('upkp2')))
      .then(named());
    expect(given(...decided, stands, named()).state).toMatchObject({
      status: 'disputed',
      work: { unit: 'dpupr' },
      disputes: [{ to: 'upkp2' }],
    });
  });
  it('outside makes the decision final, and is itself the remedy', () => {
    given(...decided, stands)
      .when(hear(route('x-ombudsman')))
      .then(named('x-ombudsman'), verdict('dismissed', 'x-ombudsman'));
    expect(given(...decided, stands, named('x-ombudsman'), verdict('dismissed', 'x-ombudsman')).state.status).toBe(
      'final',
    );
  });
  it('waits for a unit that is not seen yet', () =>
    given(...decided, stands)
      .when(hear(route('nowhere')))
      .thenRefused('REFERENCE_NOT_SEEN'));
  it('is nothing while nobody is named, or where no such dispute is open', () => {
    given(...decided, stands)
      .when(hear(route()))
      .thenNothing();
    given(...decided, stands)
      .when(hear(route('upkp2', id('other'))))
      .thenNothing();
    given(...decided)
      .when(hear(route('upkp2')))
      .thenNothing();
  });
});

describe('deciding a dispute', () => {
  type Body = StaffCommandBody<'decide-dispute'>;
  const decide =
    (body: Partial<Body> = {}, actor: Actor = quality) =>
    (state: ResolutionCase): readonly ResolutionFact[] =>
      resolutionCommands['decide-dispute'](
        state,
        { caseId, actor, body: { result: 'upheld', words: 'x', ...body }, sealedWords: words },
        givenAt(),
      );
  const open = [...decided, stands, named()];

  it('upheld: worked on again, by another officer', () => {
    given(...open)
      .when(decide())
      .then(verdict('upheld'), reopened);
    const again = [...open, verdict('upheld'), reopened];
    expect(given(...again).state).toMatchObject({ status: 'pending', officer: null, barred: ['officer'] });
    const take = (officer: string) => (state: ResolutionCase, all: Given) =>
      resolutionCommands.take(state, { caseId, actor: staff(officer, 'dpupr'), body: {} }, all);
    const assign = (officer: string) => (state: ResolutionCase, all: Given) =>
      resolutionCommands.assign(state, { caseId, actor: staff('head', 'dpupr'), body: { officer } }, all);
    given(...again)
      .when(take('officer'))
      .thenRefused('OFFICER_DECIDED_BEFORE');
    given(...again)
      .when(assign('officer'))
      .thenRefused('OFFICER_DECIDED_BEFORE');
    given(...again)
      .when(take('another'))
      .then(assigned('another'));
  });
  it('upheld where no unit has it: known', () => {
    const nobody = at(monday, resolutionFact('CaseResolved', { caseId, outcome: 'no_answer' }), id('d'));
    expect(given(known(), noWork, nobody, stands, named(), verdict('upheld'), reopened).state.status).toBe('known');
  });
  it('upheld, the desk that filed it does not get it back by itself', () => {
    const filed = { ...familyCard, filedBy: desk };
    const before = [known(filed), work('desa-a', 0, filed), assigned('village-officer', 'desa-a', 'filed_here')];
    const facts = [...before, at(monday, resolved('remedied', 'desa-a'), id('d')), stands, verdict('upheld'), reopened];
    given(...facts)
      .when((state, all) => resolutionReaction(state, heard(routed('desa-a', filed)), all))
      .then(work('desa-a', 0, filed));
  });
  it('dismissed: final, and closed by the clock', () => {
    given(...open)
      .when(decide({ result: 'dismissed', remedies: ['x-ombudsman'] }))
      .then(verdict('dismissed'));
    const final = given(...open, verdict('dismissed'));
    expect(final.state).toMatchObject({ status: 'final', disputes: [{ remedies: ['x-ombudsman'] }] });
    const [row] = resolutionDue(final.state, catalogue);
    expect(row).toMatchObject({ clock: 'close', dueAt: monday });
    final
      .when((state, all) => (row === undefined ? [] : fireResolution(state, row, all)))
      .then(resolutionFact('CaseClosed', { caseId, reason: 'dismissed' }));
  });
  it('names where else the citizen may turn', () =>
    given(...open)
      .when(decide({ result: 'dismissed' }))
      .thenRefused('REMEDIES_MISSING'));
  it('is for the unit that routing named, and for nobody else', () => {
    for (const actor of [staff('head', 'dpupr'), staff('i', 'inspektorat'), importer])
      given(...open)
        .when(decide({}, actor))
        .thenRefused('NOT_RESPONSIBLE');
    given(...decided, stands)
      .when(decide())
      .thenRefused('NOT_RESPONSIBLE');
  });
  it('needs a dispute, now', () => {
    given(...decided)
      .when(decide())
      .thenRefused('NOT_DISPUTED');
    given(...open, verdict('dismissed'))
      .when(decide())
      .thenRefused('NOT_DISPUTED');
    given().when(decide()).thenRefused('CASE_NOT_FOUND');
    given(...open)
      .when(decide({ occurredAt: monday }))
      .thenRefused('OCCURRED_AT_NOT_ALLOWED');
  });
});

describe('reopening ex officio', () => {
  const reopen =
    (actor: Actor = quality, occurredAt?: string) =>
    (state: ResolutionCase, all: Given): readonly ResolutionFact[] =>
      resolutionCommands.reopen(state, { caseId, actor, body: { cause: 'new_facts', occurredAt } }, all);
  const opened = (unit: string) =>
    resolutionFact('CaseReopened', { caseId, reason: 'ex_officio', unit, cause: 'new_facts' });

  it('of a decided or closed case, by whoever watches over the units', () => {
    for (const unit of ['upkp2', 'inspektorat', 'setda'])
      given(...decided)
        .when(reopen(staff('x', unit)))
        .then(opened(unit));
    given(...decided, closed())
      .when(reopen())
      .then(opened('upkp2'));
    expect(given(...decided, closed(), opened('upkp2')).state).toMatchObject({ status: 'pending', officer: 'officer' });
  });
  it('by nobody else, and not by who is reported', () => {
    given(...decided)
      .when(reopen(staff('head', 'dpupr')))
      .thenRefused('NOT_RESPONSIBLE');
    given(...decided)
      .when(reopen(importer))
      .thenRefused('NOT_RESPONSIBLE');
    given(known({ reportedUnit: 'kel-b' }), work(), resolved())
      .when(reopen(staff('secretary', 'setda')))
      .thenRefused('UNIT_JUDGES_ITSELF');
  });
  it('not while it is worked on, disputed, final, withdrawn, or not there', () => {
    given(...working)
      .when(reopen())
      .thenRefused('NOT_DECIDED');
    given(...decided, stands)
      .when(reopen())
      .thenRefused('DISPUTE_PENDING');
    given(...decided, stands, named(), verdict('dismissed'))
      .when(reopen())
      .thenRefused('NOT_DECIDED');
    const taken = resolutionFact('WithdrawalReceived', { caseId, withdrawal: id('w'), result: 'stands' });
    given(known(), taken, closed('withdrawn')).when(reopen()).thenRefused('NOT_DECIDED');
    given().when(reopen()).thenRefused('CASE_NOT_FOUND');
    given(...decided)
      .when(reopen(quality, monday))
      .thenRefused('OCCURRED_AT_NOT_ALLOWED');
  });
});
