import { z } from 'zod';
import { unitCode } from '../values';
import { event } from './define';

const caseId = z.uuid();
/** What it answers: event id of ErasureRequested; or of the DutyDue that said that the time of keeping ends. */
const request = z.uuid();

/** Why personal data cannot be erased yet. */
export const erasureBar = z.enum(['case_open', 'money_unsettled', 'inquiry_runs']);
export type ErasureBar = z.infer<typeof erasureBar>;

/** Facts of intake's open log: that a person wants to be forgotten, or is to be after the time of keeping, and what became of it (domain, A.11). */
export const erasureEvents = {
  ErasureRequested: event('ErasureRequested', 1, z.object({ caseId })),
  ErasureRefused: event('ErasureRefused', 1, z.object({ caseId, request, unit: unitCode, code: erasureBar })),
  PersonalDataErased: event(
    'PersonalDataErased',
    1,
    z.object({
      caseId,
      request,
      unit: unitCode,
      /** Whose key pairs are destroyed: what was sealed to them can be read by nobody, in any copy of the log. */
      subjects: z.array(z.uuid()).min(1).max(50),
    }),
  ),
} as const;
