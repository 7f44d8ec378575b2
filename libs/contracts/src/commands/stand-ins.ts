import { z } from 'zod';
import { standIn } from '../catalogue';
import { staffId, unitCode } from '../values';

/** `POST /officers/{officer}/stand-in` with the verb `standin.name`: who does his work in the caller's unit, and when. */
export const standInNaming = standIn
  .pick({ standIn: true, from: true, until: true })
  // Left out: the caller's own unit. The regional secretary may name one for any.
  .extend({ unit: unitCode.optional() });
export type StandInNaming = z.infer<typeof standInNaming>;

/** `POST /officers/{officer}/reassign` with the verb `case.assign`: all that he has in the caller's unit, to another. */
export const reassignment = z.object({ to: staffId });
export type Reassignment = z.infer<typeof reassignment>;
