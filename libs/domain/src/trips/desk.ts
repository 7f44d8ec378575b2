import { Refusal, type Actor, type ResolutionFact, type TripRecord } from '@garda/contracts';
import { officeCalendar } from '../shared/calendar';
import type { Catalogue } from '../shared/catalogue';
import { ms } from '../shared/deadline';
import { resolutionFact } from '../shared/facts';
import type { Given } from '../shared/fold';
import type { Trip } from './trip';

interface TripAsk<B> {
  readonly tripId: string;
  readonly actor: Actor;
  readonly body: B;
}

/** A desk puts an errand of its own unit on record, on the day or later; the citizen pays nothing for it. */
export function recordTrip(state: Trip, ask: TripAsk<TripRecord>, given: Given): readonly ResolutionFact[] {
  const { actor, body, tripId } = ask;
  if (actor.kind !== 'staff') throw new Refusal('NOT_RESPONSIBLE', `a ${actor.kind} runs no errands`);
  if (state.status !== 'none') throw new Refusal('TRIP_EXISTS', 'the trip is on record');
  const receiver = given.catalogue.unit(body.to);
  if (receiver === undefined || receiver.tier === 'external') throw new Refusal('UNIT_UNKNOWN', `no unit ${body.to}`);
  if (body.to === actor.unit) throw new Refusal('RECEIVER_IS_SENDER', 'an errand goes to another unit');
  const today = officeCalendar(given.catalogue.latestCalendar()).dateOf(ms(given.now));
  if (body.date > today) throw new Refusal('TRIP_IN_FUTURE', `${body.date} is after ${today}`);
  const { unit, id: recordedBy } = actor;
  return [resolutionFact('TripRecorded', { tripId, unit, recordedBy, ...body })];
}

/** The head of the unit, or of the district above it, approves; never an errand that he ran or recorded himself. */
export function approveTrip(state: Trip, { actor, tripId }: TripAsk<unknown>, given: Given): readonly ResolutionFact[] {
  if (state.status === 'none') throw new Refusal('TRIP_NOT_FOUND', 'no such trip');
  if (actor.kind !== 'staff' || !isAtOrAbove(actor.unit, state.unit, given.catalogue))
    throw new Refusal('NOT_RESPONSIBLE', `the trip is charged to ${state.unit}`);
  if (actor.id === state.carrier || actor.id === state.recordedBy)
    throw new Refusal('OWN_TRIP', 'nobody approves his own trip');
  if (state.status === 'approved') throw new Refusal('TRIP_APPROVED', 'the trip is approved');
  return [resolutionFact('TripApproved', { tripId, unit: actor.unit, approvedBy: actor.id })];
}

/** The unit itself, or one that its chain of parents reaches: who guides a village reads its errands too. */
function isAtOrAbove(above: string, unit: string, catalogue: Catalogue): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = unit; at !== undefined && !seen.has(at); at = catalogue.unit(at)?.parent) {
    if (at === above) return true;
    seen.add(at);
  }
  return false;
}
