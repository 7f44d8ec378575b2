import { Refusal, type Actor, type ResolutionFact, type TripRecord } from '@garda/contracts';
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
  const today = given.catalogue.dayOf(given.now);
  if (body.date > today) throw new Refusal('TRIP_IN_FUTURE', `${body.date} is after ${today}`);
  const { unit, id: recordedBy } = actor;
  return [resolutionFact('TripRecorded', { tripId, unit, recordedBy, ...body })];
}

/** The head of the unit, or of the district above it, approves; never an errand that he ran or recorded himself. */
export function approveTrip(state: Trip, { actor, tripId }: TripAsk<unknown>, given: Given): readonly ResolutionFact[] {
  if (state.status === 'none') throw new Refusal('TRIP_NOT_FOUND', 'no such trip');
  const { catalogue } = given;
  if (actor.kind !== 'staff' || !catalogue.isBelowOrSame(catalogue.present(state.unit), actor.unit))
    throw new Refusal('NOT_RESPONSIBLE', `the trip is charged to ${state.unit}`);
  if (actor.id === state.carrier || actor.id === state.recordedBy)
    throw new Refusal('OWN_TRIP', 'nobody approves his own trip');
  if (state.status === 'approved') throw new Refusal('TRIP_APPROVED', 'the trip is approved');
  return [resolutionFact('TripApproved', { tripId, unit: actor.unit, approvedBy: actor.id })];
}
