import { z } from 'zod';
import { staffId, term, unitCode } from '../values';
import { event } from './define';

const caseId = z.uuid();
/** Event id of MandateRecorded. */
const mandate = z.uuid();

export const mandateEnd = z.enum(['fulfilled', 'expired', 'revoked', 'replaced']);

/** Facts of intake's open log: who may act for a citizen, in what, until when (domain, B.5). */
export const mandateEvents = {
  MandateRecorded: event(
    'MandateRecorded',
    1,
    z.object({
      caseId,
      unit: unitCode,
      /** Who carries it: the citizen is told a person, not an office. */
      carrier: staffId,
      /** From the recording on; then it has expired. */
      term,
    }),
  ),
  MandateConfirmed: event('MandateConfirmed', 1, z.object({ caseId, mandate })),
  MandateCarrierChanged: event('MandateCarrierChanged', 1, z.object({ caseId, mandate, carrier: staffId })),
  MandateEnded: event('MandateEnded', 1, z.object({ caseId, mandate, reason: mandateEnd })),
  DutyDue: event(
    'DutyDue',
    1,
    z.object({
      caseId,
      duty: z.enum(['mandate_ends', 'erasure_undecided', 'retention_ends']),
      rung: z.number().int().min(1),
      /** What it is about: the mandate, the request to erase, or the case whose data were kept for their time. */
      ref: z.uuid(),
      /** Whose duty it is. */
      unit: unitCode,
    }),
  ),
} as const;
