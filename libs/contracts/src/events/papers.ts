import { z } from 'zod';
import { staffId, unitCode } from '../values';
import { event } from './define';

const caseId = z.uuid();
/** A paper by the id that is printed on the slip: once a case, never a word about a person. */
export const paperItem = z.string().max(120);
const items = z.array(paperItem).min(1).max(40);

/** Where a citizen's papers are, fact by fact: whoever has them answers for them. */
export const paperEvents = {
  DocumentsReceived: event('DocumentsReceived', 1, z.object({ caseId, unit: unitCode, items })),
  DocumentsHandedOver: event(
    'DocumentsHandedOver',
    1,
    z.object({
      caseId,
      unit: unitCode,
      items,
      to: unitCode,
      /** Who carries them, by name at the identity provider. */
      carrier: staffId,
      /** The errand they travel with. */
      trip: z.uuid().optional(),
    }),
  ),
  /** `unit` has `items` now; the missing ones stay with the unit that sent them. */
  DocumentsAcknowledged: event(
    'DocumentsAcknowledged',
    1,
    z.object({ caseId, unit: unitCode, items: z.array(paperItem).max(40), missing: z.array(paperItem).max(40) }),
  ),
  DocumentsLost: event('DocumentsLost', 1, z.object({ caseId, unit: unitCode, items })),
  DocumentsReturned: event(
    'DocumentsReturned',
    1,
    z.object({
      caseId,
      unit: unitCode,
      items,
      to: z.enum(['applicant', 'proxy']),
      /** Number of the receipt that he signed. */
      receipt: z.string().max(80),
    }),
  ),
  DocumentsArchived: event('DocumentsArchived', 1, z.object({ caseId, unit: unitCode, items })),
} as const;
