import { z } from 'zod';
import { publicNumber, unitCode } from '../values';
import { event } from './define';

/** Slips given out on paper are of no use any more: lost before they were used, or spoiled. */
export const slipRevocation = z.enum(['lost', 'spoiled']);

/** Facts of intake's open log: numbered slips with a folded code, for desks that may be without a network (rule 14). */
export const slipEvents = {
  SlipBookIssued: event(
    'SlipBookIssued',
    1,
    z.object({
      book: z.uuid(),
      /** Whose desk gives them out. */
      unit: unitCode,
      /** The public number on each slip, in the order of the book. Their codes are on paper only. */
      numbers: z.array(publicNumber).min(1).max(200),
    }),
  ),
  SlipRevoked: event(
    'SlipRevoked',
    1,
    z.object({ book: z.uuid(), unit: unitCode, number: publicNumber, reason: slipRevocation }),
  ),
} as const;
