import { z } from 'zod';
import { stageIndex, stageTerms, unitCode } from '../values';
import { event } from './define';

/** Why a case is not ours; a wrong door is never a rejection. */
export const transferReason = z.enum(['other_task', 'other_area', 'other_stage']);

/** Why a case is at another unit: not ours, or ours no more since its unit ended. Nobody says the second by hand. */
const movedBecause = z.enum([...transferReason.options, 'unit_ended']);

/** Why a case goes back to where it came from. */
export const returnReason = z.enum(['not_ours', 'stage_incomplete', 'product_wrong']);

const offer = z.number().int().min(1);

/** Routing's facts about a case that goes another way than its stages do (domain, rule 7). */
export const moveEvents = {
  CaseTransferred: event(
    'CaseTransferred',
    1,
    z.object({
      caseId: z.uuid(),
      from: unitCode,
      unit: unitCode,
      offer,
      stage: stageIndex,
      terms: stageTerms,
      reason: movedBecause,
    }),
  ),
  CaseReturned: event(
    'CaseReturned',
    1,
    z.object({
      caseId: z.uuid(),
      from: unitCode,
      /** The unit that had it before, and the stage it had; absent where the case goes to triage. */
      to: z.object({ unit: unitCode, offer, stage: stageIndex, terms: stageTerms }).optional(),
      reason: returnReason,
    }),
  ),
} as const;
