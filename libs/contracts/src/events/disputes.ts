import { z } from 'zod';
import { instant, sealedSchema, unitCode } from '../values';
import { event } from './define';

const caseId = z.uuid();
/** Event id of intake's ResolutionDisputed. */
const dispute = z.uuid();

/** How a dispute ends: the case is worked on again, or the decision is final and what is left lies outside. */
export const disputeResult = z.enum(['upheld', 'dismissed']);
/** Where else the citizen may turn: a unit's code, or the name of a way. */
export const remedies = z.array(z.string().trim().min(1).max(120)).max(10);
/** Why a decided case is opened again unasked; only ever for the citizen's benefit. */
/** Why a decided case is worked on again. */
export const reopeningReason = z.enum(['answered', 'upheld', 'ex_officio', 'unlinked']);

export const reopeningCause = z.enum(['new_facts', 'office_error', 'supervision', 'court_order']);

/** The citizen objects to a decision. */
export const intakeDisputeEvents = {
  ResolutionDisputed: event(
    'ResolutionDisputed',
    1,
    z.object({
      caseId,
      /** Event id of resolution's decision. */
      decision: z.uuid(),
      sealed: z.array(sealedSchema).max(1),
    }),
  ),
} as const;

/** Who is to decide the dispute. */
export const routingDisputeEvents = {
  DisputeRouted: event(
    'DisputeRouted',
    1,
    z.object({
      caseId,
      dispute,
      /** The unit whose decision is disputed: never the one that decides the dispute. */
      decidedBy: unitCode.optional(),
      /** Absent where the policy names nobody: a person names the unit by a second fact of this type. */
      to: unitCode.optional(),
      by: z.enum(['policy', 'person']),
      disputedAt: instant,
    }),
  ),
} as const;

/** Whether the dispute stands, and what came of it. */
export const resolutionDisputeEvents = {
  DisputeReceived: event(
    'DisputeReceived',
    1,
    z.object({
      caseId,
      dispute,
      decision: z.uuid(),
      result: z.enum(['stands', 'moot']),
      decidedBy: unitCode.optional(),
      disputedAt: instant,
    }),
  ),
  DisputeDecided: event(
    'DisputeDecided',
    1,
    z.object({ caseId, dispute, unit: unitCode, result: disputeResult, remedies, words: sealedSchema.optional() }),
  ),
} as const;
