import type { RoutingData } from '@garda/contracts';
import { caseId, entered, heard, otherCase, routed } from '../../test/facts';
import { id, monday, specFor, type Fact } from '../../test/spec';
import { resolutionFact, routingFact } from '../shared/facts';
import { routingFold } from './evolve';
import { settle } from './followers';
import { routingReaction } from './reactions';

const given = specFor(routingFold);
const third = id('a third case');
const leads = (follower: string, link = 1) => ({ caseId, leader: caseId, follower, link });
const follows = (link = 1) => ({ caseId, leader: otherCase, follower: caseId, link });
const linked = (pair: RoutingData<'DuplicateUnlinked'>) => routingFact('DuplicateLinked', pair);
const unlinked = (pair: RoutingData<'DuplicateUnlinked'>) => routingFact('DuplicateUnlinked', pair);

describe('a leader', () => {
  const two: readonly Fact[] = [entered(), routed(), linked(leads(otherCase)), linked(leads(third, 2))];
  const settling = (how: 'decided' | 'withdrawn', outcome: string) => ({ how, outcome, unit: 'dpupr', at: monday });
  const settled = (how: 'decided' | 'withdrawn', outcome: string, more: object = {}) =>
    routingFact('WorkSettled', { caseId, ...settling(how, outcome), ...more });
  const followers = [
    { caseId: otherCase, link: 1 },
    { caseId: third, link: 2 },
  ];

  it('knows each that follows, until it is untied', () => {
    expect(given(...two).state).toMatchObject({ followers });
    expect(given(...two, unlinked(leads(otherCase))).state).toMatchObject({ followers: followers.slice(1) });
  });
  it('names them with what it came to', () =>
    given(...two)
      .when((state) => (state.status === 'none' ? [] : settle(state, settling('decided', 'remedied'))))
      .then(settled('decided', 'remedied', { followers })));
  it.each([
    ['withdrawn', 'withdrawn'],
    ['decided', 'rejected'],
    ['decided', 'no_answer'],
  ] as const)('that ends for itself unties all of them: %s, %s', (how, outcome) =>
    given(...two)
      .when((state) => (state.status === 'none' ? [] : settle(state, settling(how, outcome))))
      .then(settled(how, outcome, { followers }), unlinked(leads(otherCase)), unlinked(leads(third, 2))),
  );
  it('of nobody names nobody', () =>
    given(entered(), routed())
      .when((state) => (state.status === 'none' ? [] : settle(state, settling('withdrawn', 'withdrawn'))))
      .then(settled('withdrawn', 'withdrawn')));
});

describe('a follower', () => {
  const file = [entered(), routed()];
  const note = (leader: string | null, link = 1) => heard(resolutionFact('FollowsNoted', { caseId, leader, link }));
  const hears = (event: ReturnType<typeof note>, ...facts: readonly Fact[]) =>
    given(...file, ...facts).when((state, all) => routingReaction(state, event, all));

  it('is untied once the work follows nobody any more', () =>
    hears(note(null), linked(follows())).then(unlinked(follows())));
  it('is not where a person has untied it before, or tied it anew', () => {
    hears(note(null), linked(follows()), unlinked(follows())).thenNothing();
    hears(note(null), linked(follows()), unlinked(follows()), linked(follows(2))).thenNothing();
  });
  it('goes on following while the work says so', () => hears(note(otherCase), linked(follows())).thenNothing());
});
