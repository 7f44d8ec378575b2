import { z } from 'zod';
import { tripData } from '../events/trips';

/** `POST /trips` with the verb `trip.record`: an errand of one's own unit. */
export const tripRecord = z.object(tripData);
export type TripRecord = z.infer<typeof tripRecord>;
