import { Refusal, type Actor, type RoutingData, type RoutingFact } from '@garda/contracts';
import { checkOccurredAt, filingUnit, isImport } from '../shared/actor';
import type { Catalogue } from '../shared/catalogue';
import { routingFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { KnownRoutingCase, RoutingCase } from './case';
import { endsAlone } from '../shared/leading';
import { entered, openCase } from './hand-over';

export interface PairAsk {
  readonly actor: Actor;
  readonly body: { readonly occurredAt?: string | undefined };
}

/** One fact for each of the two streams: appended together or not at all. */
export interface PairFacts {
  readonly leader: readonly RoutingFact[];
  readonly follower: readonly RoutingFact[];
}

/** Marks `follower` as a duplicate of `leader`. */
export function linkDuplicate(leader: RoutingCase, follower: RoutingCase, ask: PairAsk, given: Given): PairFacts {
  checkOccurredAt(ask.actor, ask.body.occurredAt);
  const follows = openCase(follower);
  const leads = entered(leader);
  if (leads.file.caseId === follows.file.caseId) throw new Refusal('SAME_CASE', 'a case is no duplicate of itself');
  checkActor(follows, ask.actor, given.catalogue);
  if (follows.leader !== null) throw new Refusal('ALREADY_LINKED', 'the case follows another already');
  if (leads.leader !== null) throw new Refusal('LEADER_IS_FOLLOWER', 'the leader follows another case');
  if (follows.followers.length > 0) throw new Refusal('FOLLOWER_HAS_FOLLOWERS', 'the case leads others');
  const { settled } = leads;
  if (settled !== null && endsAlone(settled)) throw new Refusal('LEADER_SETTLED', `the leader is ${settled.outcome}`);
  for (const one of [leads, follows]) checkPublicPlace(one);
  const pair = { leads, follows, link: follows.link + 1 };
  if (settled === null) return both('DuplicateLinked', pair);
  const { outcome, unit } = settled;
  return both('DuplicateLinked', pair, { settled: { outcome, unit: unit ?? undefined } });
}

/** Clears the mark; `leader` is the case that the follower names. */
export function unlinkDuplicate(leader: RoutingCase, follower: RoutingCase, ask: PairAsk, given: Given): PairFacts {
  checkOccurredAt(ask.actor, ask.body.occurredAt);
  const follows = openCase(follower);
  if (follows.leader === null) throw new Refusal('NOT_LINKED', 'the case follows no other');
  const leads = entered(leader);
  if (leads.file.caseId !== follows.leader) throw new Refusal('NOT_LINKED', 'the case follows another one');
  checkActor(follows, ask.actor, given.catalogue);
  return both('DuplicateUnlinked', { leads, follows, link: follows.link });
}

/** Only what lies open at a place is compared: nothing private, nothing about a person, never a levy. */
function checkPublicPlace({ file }: KnownRoutingCase): void {
  if (file.terms.kind !== 'complaint' || file.terms.publicity !== 'place')
    throw new Refusal('NOT_A_PLACE_COMPLAINT', 'only complaints about a place have duplicates');
  if (file.content !== 'public') throw new Refusal('WOULD_PUBLISH_PRIVATE', 'a private case has no duplicates');
}

/** The unit that has, had or filed the case, or the quality unit. */
function checkActor(follows: KnownRoutingCase, actor: Actor, catalogue: Catalogue): void {
  const units = [follows.place?.unit, filingUnit(follows.file.filedBy), ...follows.past];
  const allowed = units.some((unit) => unit !== undefined && catalogue.actsFor(actor, unit));
  if (!allowed && !isImport(actor) && !catalogue.isOfKind(actor, 'quality'))
    throw new Refusal('NOT_RESPONSIBLE', 'the unit has nothing to do with the case');
}

interface Pair {
  readonly leads: KnownRoutingCase;
  readonly follows: KnownRoutingCase;
  readonly link: number;
}

/** `more` is for the follower's side only. */
function both<T extends 'DuplicateLinked' | 'DuplicateUnlinked'>(
  type: T,
  { leads, follows, link }: Pair,
  more: Partial<RoutingData<T>> = {},
): PairFacts {
  const ids = { leader: leads.file.caseId, follower: follows.file.caseId, link };
  return {
    leader: [routingFact(type, { caseId: ids.leader, ...ids } as RoutingData<T>)],
    follower: [routingFact(type, { caseId: ids.follower, ...ids, ...more } as RoutingData<T>)],
  };
}
