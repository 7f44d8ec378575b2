import type { ResolutionData, RoutingData, RoutingFact } from '@garda/contracts';
import { routingFact } from '../shared/facts';
import { endsAlone } from '../shared/leading';
import type { KnownRoutingCase, RoutingCase } from './case';

type Settling = Omit<RoutingData<'WorkSettled'>, 'caseId' | 'followers'>;

export function linked(state: KnownRoutingCase, data: RoutingData<'DuplicateLinked'>): RoutingCase {
  const { leader, follower, link } = data;
  if (state.file.caseId === follower) return { ...state, leader, link };
  return { ...state, followers: [...state.followers, { caseId: follower, link }] };
}

export function unlinked(state: KnownRoutingCase, { follower }: RoutingData<'DuplicateUnlinked'>): RoutingCase {
  return state.file.caseId === follower
    ? { ...state, leader: null }
    : { ...state, followers: state.followers.filter((one) => one.caseId !== follower) };
}

/**
 * The work is settled, and those who follow are named with it. From a leader that was taken back or rejected they are
 * untied: here on its own side in the same breath, on theirs once resolution has taken it over.
 */
export function settle(state: KnownRoutingCase, data: Settling): readonly RoutingFact[] {
  const { caseId } = state.file;
  const followers = state.followers.map((one) => ({ ...one }));
  const named = followers.length === 0 ? {} : { followers };
  const settled = routingFact('WorkSettled', { caseId, ...data, ...named });
  if (!endsAlone(data)) return [settled];
  const untied = followers.map(({ caseId: follower, link }) =>
    routingFact('DuplicateUnlinked', { caseId, leader: caseId, follower, link }),
  );
  return [settled, ...untied];
}

/** The follower's side of it. Nothing where a person has untied the two, or tied them anew, meanwhile. */
export function followsNobody(
  { file: { caseId }, leader, link }: KnownRoutingCase,
  data: ResolutionData<'FollowsNoted'>,
): readonly RoutingFact[] {
  if (data.leader !== null || leader === null || link !== data.link) return [];
  return [routingFact('DuplicateUnlinked', { caseId, leader, follower: caseId, link })];
}
