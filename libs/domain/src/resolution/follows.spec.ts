import type { RoutingData } from '@garda/contracts';
import { accepted, assigned, caseId, heard, known, otherCase, resolved, routed, work } from '../../test/facts';
import { hears } from '../../test/asked';
import { id, monday, specFor } from '../../test/spec';
import { resolutionFact, routingFact } from '../shared/facts';
import { resolutionFold } from './evolve';
import { followersOf } from './follows';
import { resolutionReaction } from './reactions';

const given = specFor(resolutionFold);
const hear = hears(resolutionReaction);

const thirdCase = id('a third case');
const link = (number = 1, more: Partial<RoutingData<'DuplicateLinked'>> = {}) =>
  routingFact('DuplicateLinked', { caseId, leader: otherCase, follower: caseId, link: number, ...more });
const unlink = (number = 1, more: Partial<RoutingData<'DuplicateUnlinked'>> = {}) =>
  routingFact('DuplicateUnlinked', { caseId, leader: otherCase, follower: caseId, link: number, ...more });
const settled = (more: Partial<RoutingData<'WorkSettled'>> = {}) =>
  routingFact('WorkSettled', {
    ...{ caseId: otherCase, how: 'decided', outcome: 'remedied', unit: 'dishub', at: monday },
    ...{ followers: [{ caseId, link: 1 }], ...more },
  });

const follows = (leader: string | null = otherCase, number = 1) =>
  resolutionFact('FollowsNoted', { caseId, leader, link: number });
const asLeader = resolutionFact('CaseResolved', { caseId, unit: 'dpupr', outcome: 'as_leader', by: 'dishub' });
const reopened = resolutionFact('CaseReopened', { caseId, reason: 'unlinked' });
const working = [known(), work(), assigned(), accepted()];

it('the end of a leader concerns all who follow it; no other fact concerns another case', () => {
  const followers = [otherCase, thirdCase].map((one) => ({ caseId: one, link: 1 }));
  expect(followersOf(heard(settled({ followers })))).toEqual([otherCase, thirdCase]);
  expect(followersOf(heard(settled({ followers: undefined })))).toHaveLength(0);
  for (const fact of [routed(), link(), unlink()]) expect(followersOf(heard(fact))).toEqual([]);
});

describe('a link', () => {
  const late = { settled: { outcome: 'remedied', unit: 'dishub' } };
  it('to a leader that was decided before decides the case with it', () =>
    given(...working)
      .when(hear(link(1, late)))
      .then(follows(), asLeader));
  it('to such a leader leaves a case that was decided itself as it was', () =>
    given(...working, resolved())
      .when(hear(link(1, late)))
      .then(follows()));
  it('counts once, and a later one after an earlier one, but never the other way round', () => {
    given(...working, follows())
      .when(hear(link(1, late)))
      .thenNothing();
    given(...working, follows(thirdCase, 2))
      .when(hear(link(1)))
      .thenNothing();
    given(...working, follows())
      .when(hear(link(2, { leader: thirdCase })))
      .then(follows(thirdCase, 2));
  });
  it('that is over counts no more when it is heard again', () =>
    given(...working, follows(), follows(null))
      .when(hear(link()))
      .thenNothing());
});

describe('an unlink', () => {
  it('heard twice is one', () =>
    given(...working, follows(), follows(null))
      .when(hear(unlink()))
      .thenNothing());
  it('of an earlier link says nothing about the present one', () =>
    given(...working, follows(), follows(thirdCase, 2))
      .when(hear(unlink(1)))
      .thenNothing());
  it('leaves what was decided by itself as it was', () =>
    given(...working, follows(), resolved())
      .when(hear(unlink()))
      .then(follows(null)));
  it('is nothing to the leader, though it follows another itself', () =>
    given(...working, follows(thirdCase))
      .when(hear(unlink(1, { leader: caseId, follower: otherCase })))
      .thenNothing());
});

describe('the end of the leader', () => {
  it('decides the case that follows it, by the unit that decided the leader', () =>
    given(...working, follows())
      .when(hear(settled()))
      .then(asLeader));
  it('heard before the link tells of it, and the link means nothing when it comes', () => {
    given(...working)
      .when(hear(settled()))
      .then(follows(), asLeader);
    given(...working, follows(), asLeader)
      .when(hear(link()))
      .thenNothing();
  });
  it('is heard by each of two by the number of its own link', () => {
    const followers = [
      { caseId: thirdCase, link: 5 },
      { caseId, link: 1 },
    ];
    given(...working, follows())
      .when(hear(settled({ followers })))
      .then(asLeader);
  });
  it('leaves a case that was decided itself as it was', () =>
    given(...working, follows(), resolved())
      .when(hear(settled()))
      .thenNothing());
  it('is nothing to whom has left it, or follows another by now', () => {
    for (const since of [follows(null), follows(thirdCase, 2)])
      given(...working, follows(), since)
        .when(hear(settled()))
        .thenNothing();
  });
  it('is nothing new to the leader itself, whether it ever followed another or not', () => {
    const own = settled({ caseId, followers: [{ caseId: otherCase, link: 1 }] });
    for (const facts of [working, [...working, follows(), follows(null)]])
      given(...facts)
        .when(hear(own))
        .thenNothing();
  });
  it('that says nothing about the thing lets the case stand for itself, also one whose link is heard later', () => {
    const withdrawn = settled({ how: 'withdrawn', outcome: 'withdrawn' });
    given(...working, follows())
      .when(hear(withdrawn))
      .then(follows(null));
    given(...working)
      .when(hear(withdrawn))
      .then(follows(), follows(null));
    given(...working, follows(), asLeader)
      .when(hear(settled({ outcome: 'rejected' })))
      .then(follows(null), reopened);
  });
});
