import { z } from 'zod';
import { day, staffId, unitCode } from '../values';
import { event } from './define';

const tripId = z.uuid();

/** What an errand is: one carrier, one day, one way, many cases; never at the citizen's cost. */
export const tripData = {
  /** Who went, by name at the identity provider. */
  carrier: staffId,
  date: day,
  to: unitCode,
  cases: z.array(z.uuid()).max(200),
  /** There and back, in whole kilometres. */
  kilometres: z.number().int().min(0).max(5000),
  /** The line of the unit's own budget that pays, and what it pays in whole rupiah. */
  costLine: z.string().trim().min(1).max(120),
  cost: z.number().int().min(0).max(1_000_000_000),
} as const;

/** Facts of a stream of its own, `trip-…`. */
export const tripEvents = {
  TripRecorded: event('TripRecorded', 1, z.object({ tripId, unit: unitCode, recordedBy: staffId, ...tripData })),
  TripApproved: event('TripApproved', 1, z.object({ tripId, unit: unitCode, approvedBy: staffId })),
} as const;
