import {
  Refusal,
  upcast,
  type Actor,
  type IntakeFact,
  type RecordedIntakeFact,
  type StandIn,
  type StandInNaming,
} from '@garda/contracts';
import { intakeFact } from '../shared/facts';
import { UnknownFactError, type Fold, type Given } from '../shared/fold';

/** Who stands in for one officer of one unit: the last one named; a stream of its own. */
export type NamedStandIn = { readonly status: 'none' } | { readonly status: 'named'; readonly last: StandIn };

export const standInFold: Fold<NamedStandIn> = {
  initial: { status: 'none' },
  evolve(_, event) {
    const fact = upcast(event) as RecordedIntakeFact;
    if (fact.type !== 'StandInNamed') throw new UnknownFactError(event.type);
    return { status: 'named', last: fact.data };
  },
};

/** Whose unit it is about: the caller's own where he names none. */
export function unitOfNaming(actor: Actor, { unit }: StandInNaming): string {
  if (actor.kind !== 'staff') throw new Refusal('NOT_RESPONSIBLE', `a ${actor.kind} names nobody`);
  return unit ?? actor.unit;
}

/**
 * A head says who does the work of an officer of his unit, from one day to another. Named again, with other days or
 * another person, the last word counts; nothing where it was the last word already.
 */
export function nameStandIn(
  state: NamedStandIn,
  { actor, officer, body }: { readonly actor: Actor; readonly officer: string; readonly body: StandInNaming },
  { catalogue, now }: Pick<Given, 'catalogue' | 'now'>,
): readonly IntakeFact[] {
  const unit = unitOfNaming(actor, body);
  if (catalogue.unit(unit) === undefined || catalogue.isEnded(unit))
    throw new Refusal('UNIT_UNKNOWN', `no unit ${unit}`);
  if (!catalogue.actsFor(actor, unit) && !catalogue.isOfKind(actor, 'secretariat'))
    throw new Refusal('NOT_RESPONSIBLE', `the head of ${unit}, or the secretary, names who stands in there`);
  const { standIn, from, until } = body;
  if (standIn === officer) throw new Refusal('STAND_IN_SELF', 'another officer stands in');
  const today = catalogue.dayOf(now);
  if (until < from || until < today) throw new Refusal('PERIOD_WRONG', `${from} to ${until}, and it is ${today}`);
  const named: StandIn = { for: officer, standIn, unit, from, until };
  const same = state.status === 'named' && JSON.stringify(state.last) === JSON.stringify(named);
  return same ? [] : [intakeFact('StandInNamed', named)];
}
