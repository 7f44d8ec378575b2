import type { Actor, ResolutionFact } from '@garda/contracts';
import { accepted, assigned, caseId, known, resolved, staff, words, work } from '../../test/facts';
import { afterReform, whileStandingIn } from '../../test/reform';
import { id, monday, specFor } from '../../test/spec';
import type { Catalogue } from '../shared/catalogue';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { ResolutionCase } from './case';
import { resolutionCommands } from './commands';
import { resolutionDue } from './due';
import { resolutionFold } from './evolve';

const given = specFor(resolutionFold);
type Name = 'accept' | 'resolve' | 'hand-over-papers' | 'return-papers' | 'take' | 'deliver-product' | 'correct-record';
const by =
  (catalogue: Catalogue, name: Name, actor: Actor, body: object = {}) =>
  (state: ResolutionCase, all: Given) => {
    const rule = resolutionCommands[name] as (s: ResolutionCase, a: unknown, g: Given) => readonly ResolutionFact[];
    return rule(state, { caseId, actor, body, sealedWords: words }, { ...all, catalogue });
  };
const leave = { for: 'officer', standIn: 'second', unit: 'dpupr', from: '2026-02-03', until: '2026-02-04' };
const away = whileStandingIn(leave);
const second = staff('second', 'dpupr');
const tuesday = '2026-02-03T02:00:00.000Z';

describe('a stand-in', () => {
  const mine = [known(), work(), assigned()];
  it('does what the officer may, between the first day and the last, in the office’s days', () => {
    const accepts = by(away, 'accept', second);
    given(...mine)
      .when(accepts, tuesday)
      .then(accepted('second'));
    given(...mine)
      .when(accepts, '2026-02-04T16:59:00.000Z')
      .then(accepted('second'));
    // One minute before, and from, midnight in Jakarta.
    given(...mine)
      .when(accepts, '2026-02-02T16:59:00.000Z')
      .thenRefused('NOT_ASSIGNED');
    given(...mine)
      .when(accepts, '2026-02-04T17:00:00.000Z')
      .thenRefused('NOT_ASSIGNED');
  });
  it('does it for that officer, in that unit, and nobody else does; the officer himself still may', () => {
    given(known(), work(), assigned('third'))
      .when(by(away, 'accept', second), tuesday)
      .thenRefused('NOT_ASSIGNED');
    given(...mine)
      .when(by(away, 'accept', staff('third', 'dpupr')), tuesday)
      .thenRefused('NOT_ASSIGNED');
    given(known(), work('dishub'), assigned('officer', 'dishub'))
      .when(by(away, 'accept', staff('second', 'dishub')), tuesday)
      .thenRefused('NOT_ASSIGNED');
    given(...mine)
      .when(by(away, 'accept', staff('officer', 'dpupr')), tuesday)
      .then(accepted());
  });
  it('of a stand-in there is none, and the last one named counts', () => {
    const chain = whileStandingIn(leave, { ...leave, for: 'second', standIn: 'third' });
    given(...mine)
      .when(by(chain, 'accept', staff('third', 'dpupr')), tuesday)
      .thenRefused('NOT_ASSIGNED');
    const replaced = whileStandingIn(leave, { ...leave, standIn: 'third' });
    given(...mine)
      .when(by(replaced, 'accept', second), tuesday)
      .thenRefused('NOT_ASSIGNED');
  });
  it('is not there for what he decided before, and a dispute overturned', () => {
    const before = given(known(), work(), assigned('second'), accepted('second'), resolved());
    const decision = 'decision' in before.state ? (before.state.decision?.ref ?? '') : '';
    const dispute = id('dispute');
    const upheld = [
      resolutionFact('DisputeReceived', {
        ...{ caseId, dispute, decision, result: 'stands', decidedBy: 'dpupr', disputedAt: monday },
      }),
      resolutionFact('WorkReceived', { caseId, kind: 'dispute', unit: 'upkp2', dispute }),
      resolutionFact('DisputeDecided', { caseId, dispute, unit: 'upkp2', result: 'upheld', remedies: [], words }),
      resolutionFact('CaseReopened', { caseId, reason: 'upheld' }),
      work('dpupr', 0, {}, 2),
      assigned('officer', 'dpupr', 'taken', 2),
    ];
    const facts = [known(), work(), assigned('second'), accepted('second'), resolved(), ...upheld];
    given(...facts)
      .when(by(away, 'accept', second), tuesday)
      .thenRefused('OFFICER_DECIDED_BEFORE');
    given(...facts)
      .when(by(away, 'accept', staff('officer', 'dpupr')), tuesday)
      .then(accepted());
  });
  it('is not there for what he is a party to', () => {
    const party = resolutionFact('PartyDeclared', { caseId, unit: 'dpupr', officer: 'second' });
    given(...mine, party)
      .when(by(away, 'accept', second), tuesday)
      .thenRefused('OFFICER_IS_PARTY');
  });
});

describe('a unit that has ended', () => {
  const reform = afterReform(['dpupr', 'dinas-baru'], ['desa-a', 'desa-c']);
  it('does no work, nor does its successor before routing has passed the case', () => {
    for (const unit of ['dpupr', 'dinas-baru'])
      given(known(), work())
        .when(by(reform, 'take', staff('x', unit)))
        .thenRefused('NOT_RESPONSIBLE');
    given(known(), work(), work('dinas-baru', 0, {}, 2))
      .when(by(reform, 'take', staff('x', 'dinas-baru')))
      .then(assigned('x', 'dinas-baru', 'taken', 2));
  });
  it('has its papers with its successor, which sends and returns them, and is not reminded to send them on', () => {
    const papers = resolutionFact('DocumentsReceived', { caseId, unit: 'dpupr', items: ['KK'] });
    const facts = [known(), work(), papers, work('dinas-baru', 0, {}, 2)];
    const sent = { items: ['KK'], to: 'kec-01', carrier: 'x' };
    given(...facts)
      .when(by(reform, 'hand-over-papers', staff('x', 'dinas-baru'), sent))
      .then(resolutionFact('DocumentsHandedOver', { caseId, unit: 'dinas-baru', ...sent, trip: undefined }));
    given(...facts)
      .when(by(reform, 'hand-over-papers', staff('x', 'dpupr'), sent))
      .thenRefused('PAPERS_NOT_HELD');
    const clocks = resolutionDue(given(...facts).state, reform).map(({ clock }) => clock);
    expect(clocks).not.toContain('papers_not_sent_on');
  });
  it('made records that its successor corrects', () => {
    const first = given(known(), work(), assigned(), accepted(), resolved());
    const [record] = 'records' in first.state ? first.state.records : [];
    const corrects = (unit: string) =>
      by(reform, 'correct-record', staff('x', unit), { record: record?.ref, reason: 'typing_error', words: 'x' });
    first.when(corrects('dpupr')).thenRefused('NOT_RESPONSIBLE');
    first.when(corrects('dinas-baru')).then(
      resolutionFact('RecordCorrected', {
        ...{ caseId, unit: 'dinas-baru', supersedes: record?.ref ?? '', type: 'CaseResolved', reason: 'typing_error' },
        ...{ number: undefined, words },
      }),
    );
  });
});
