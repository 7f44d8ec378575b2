import { z } from 'zod';
import { day, unitCode } from '../values';
import { event } from './define';

const caseId = z.uuid();
/** A body outside the regency, by its code in the catalogue. */
const body = unitCode;

/** To whom a case was referred, and how to ask there: what the citizen is told. */
export const referral = z.object({
  body,
  /** Its number there, where one was given. */
  reference: z.string().trim().min(1).max(120).optional(),
  /** The office's own door there: never a person's. */
  contact: z.string().trim().min(1).max(200).optional(),
  /** The day on which the referring unit looks after it. */
  followUpOn: day,
});

/** Routing's facts about a case that is not the regency's (domain, rule 7). */
export const routingOutsideEvents = {
  CaseReferredOutside: event('CaseReferredOutside', 1, z.object({ caseId, by: unitCode, ...referral.shape })),
  OutsideBodyAsked: event('OutsideBodyAsked', 1, z.object({ caseId, body, by: unitCode })),
  OutsideBodyAnswered: event(
    'OutsideBodyAnswered',
    1,
    /** `none`: after sixty working days nobody waits for it any more; by the clock, so by no unit. */
    z.object({ caseId, body, how: z.enum(['answered', 'none']), by: unitCode.optional() }),
  ),
} as const;

/** What resolution takes over of it, for the citizen to hear. */
export const resolutionOutsideEvents = {
  OutsideNoted: event(
    'OutsideNoted',
    1,
    z.object({ caseId, body, state: z.enum(['asked', 'answered', 'none']), ref: z.uuid() }),
  ),
} as const;
