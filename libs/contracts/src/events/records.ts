import { z } from 'zod';
import { sealedSchema, unitCode } from '../values';
import { event } from './define';

/** Why a record says the wrong thing (A). */
export const correctionReason = z.enum(['typing_error', 'wrong_case', 'wrong_person', 'wrong_fact']);

/** A record is never edited: another one says what is right, and which one it supersedes. */
export const recordEvents = {
  RecordCorrected: event(
    'RecordCorrected',
    1,
    z.object({
      caseId: z.uuid(),
      unit: unitCode,
      /** Event id and type of the fact that says the wrong thing. */
      supersedes: z.uuid(),
      type: z.string().max(60),
      reason: correctionReason,
      /** The right number of a product, where that was wrong. */
      number: z.string().max(80).optional(),
      words: sealedSchema.optional(),
    }),
  ),
} as const;
