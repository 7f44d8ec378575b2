import { accepted, asked, assigned, caseId, known, noWork, otherCase, resolved, work } from '../../test/facts';
import { hears } from '../../test/asked';
import { id, specFor } from '../../test/spec';
import { resolutionFact, routingFact } from '../shared/facts';
import { resolutionFold } from './evolve';
import { resolutionReaction } from './reactions';

const given = specFor(resolutionFold);
const hear = hears(resolutionReaction);
const referral = { body: 'x-bptd', reference: 'R-1', contact: undefined, followUpOn: '2026-02-16' };
const referred = routingFact('CaseReferredOutside', { caseId, by: 'upkp2', ...referral });
const decided = (unit?: string) =>
  resolutionFact('CaseResolved', { caseId, unit, outcome: 'referred_outside', by: 'upkp2', referral });
const working = [known(), work(), assigned(), accepted()];

describe('a case that is referred outside', () => {
  it('is decided so, by the unit that referred it, wherever the work was', () => {
    given(known(), noWork).when(hear(referred)).then(decided());
    given(...working)
      .when(hear(referred))
      .then(decided('dpupr'));
    given(...working, asked())
      .when(hear(referred))
      .then(decided('dpupr'));
    expect(given(...working, asked(), decided('dpupr')).state).toMatchObject({
      status: 'decided',
      decision: { outcome: 'referred_outside', unit: 'dpupr', by: 'upkp2' },
      questions: [{ state: 'lapsed' }],
    });
  });
  it('after another decision, stays as it was decided', () => {
    given(...working, resolved())
      .when(hear(referred))
      .thenNothing();
    const taken = resolutionFact('WithdrawalReceived', { caseId, withdrawal: id('w'), result: 'stands' });
    given(...working, taken)
      .when(hear(referred))
      .thenNothing();
  });
});

it('what is heard of the body outside is noted', () => {
  const noted = (state: 'asked' | 'answered' | 'none') =>
    resolutionFact('OutsideNoted', { caseId, body: 'x-bptd', state, ref: id('foreign') });
  const after = given(...working, decided('dpupr'));
  after.when(hear(routingFact('OutsideBodyAsked', { caseId, body: 'x-bptd', by: 'upkp2' }))).then(noted('asked'));
  for (const how of ['answered', 'none'] as const)
    after.when(hear(routingFact('OutsideBodyAnswered', { caseId, body: 'x-bptd', how }))).then(noted(how));
  expect(given(...working, decided('dpupr'), noted('asked')).state.status).toBe('decided');
});

it('what was decided as its leader is opened again once it follows nobody', () => {
  const asLeader = resolutionFact('CaseResolved', { caseId, outcome: 'as_leader' });
  const link = 1;
  const follows = (leader: string | null) => resolutionFact('FollowsNoted', { caseId, leader, link });
  const unlink = routingFact('DuplicateUnlinked', { caseId, leader: otherCase, follower: caseId, link });
  const reopened = resolutionFact('CaseReopened', { caseId, reason: 'unlinked' });
  given(known(), work(), follows(otherCase), asLeader).when(hear(unlink)).then(follows(null), reopened);
  given(...working, follows(otherCase))
    .when(hear(unlink))
    .then(follows(null));
  expect(given(known(), work(), follows(otherCase), asLeader, follows(null), reopened).state).toMatchObject({
    status: 'pending',
    leader: null,
  });
});
