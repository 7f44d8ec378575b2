import type { RecordedEvent, ResolutionData, ResolutionFact, RoutingData } from '@garda/contracts';
import { resolutionFact } from '../shared/facts';
import { endsAlone } from '../shared/leading';
import { isOpenWork, type KnownResolutionCase } from './case';

/** Other cases than its own that a fact moves: those that follow the one it is about. */
export function followersOf(event: RecordedEvent): readonly string[] {
  if (event.type !== 'WorkSettled') return [];
  return ((event.data as RoutingData<'WorkSettled'>).followers ?? []).map(({ caseId }) => caseId);
}

/** Whom the case follows after one note. */
export function followed(
  state: KnownResolutionCase,
  { leader, link }: ResolutionData<'FollowsNoted'>,
): KnownResolutionCase {
  return { ...state, leader, link };
}

/** Linked; where the leader was decided before, this case is decided with it. */
export function linked(
  state: KnownResolutionCase,
  { leader, link, settled }: RoutingData<'DuplicateLinked'>,
): readonly ResolutionFact[] {
  if (link <= state.link) return []; // the leader's outcome told of it first, or of a later one
  const { caseId } = state.file;
  const noted = resolutionFact('FollowsNoted', { caseId, leader, link });
  return settled === undefined ? [noted] : [noted, ...asLeader(state, settled.unit)];
}

/** What was only decided as its leader stands for itself again once it follows nobody. */
export function unlinked(state: KnownResolutionCase, link: number): readonly ResolutionFact[] {
  if (state.leader === null || state.link !== link) return [];
  const { caseId } = state.file;
  const noted = resolutionFact('FollowsNoted', { caseId, leader: null, link });
  const wasDecided = state.status === 'decided' && state.decision.outcome === 'as_leader';
  return wasDecided ? [noted, resolutionFact('CaseReopened', { caseId, reason: 'unlinked' })] : [noted];
}

/**
 * The leader came to an end: so does this case, or it stands for itself. The link itself may be heard later than this,
 * for the two cases come by different partitions: then it is noted here, and means nothing when it comes.
 */
export function leaderSettled(state: KnownResolutionCase, data: RoutingData<'WorkSettled'>): readonly ResolutionFact[] {
  const { caseId } = state.file;
  const { caseId: leader, followers = [], unit } = data;
  const link = followers.find((one) => one.caseId === caseId)?.link ?? 0;
  if (link < state.link || (link === state.link && state.leader === null)) return []; // the leader itself, or over
  const isNew = link > state.link;
  const noted = isNew ? [resolutionFact('FollowsNoted', { caseId, leader, link })] : [];
  return [...noted, ...(endsAlone(data) ? unlinked({ ...state, leader, link }, link) : asLeader(state, unit))];
}

/** By the unit that decided the leader: it is no judge of an objection to this either. */
function asLeader(state: KnownResolutionCase, by: string | undefined): readonly ResolutionFact[] {
  if (!isOpenWork(state)) return [];
  const { caseId } = state.file;
  return [resolutionFact('CaseResolved', { caseId, unit: state.work?.unit, outcome: 'as_leader', by })];
}
