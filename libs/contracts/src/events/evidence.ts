import { z } from 'zod';
import { sealedSchema } from '../values';
import { event } from './define';

/** SHA-256 of a file, hex. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const mediaType = z
  .string()
  .max(120)
  .regex(/^[a-z]+\/[a-z0-9.+-]+$/);
/** Bytes. */
export const fileSize = z.number().int().min(1).max(10_000_000_000);

/** What the citizen can show: kept elsewhere, and known again by its hash. */
export const evidenceEvents = {
  EvidenceAttached: event(
    'EvidenceAttached',
    1,
    z.object({
      caseId: z.uuid(),
      /** Event id of resolution's InformationRequested; absent when the citizen adds unasked. */
      request: z.uuid().optional(),
      sha256,
      mediaType,
      size: fileSize.optional(),
      /** What it shows, and where it is kept. */
      sealed: z.array(sealedSchema).min(1).max(4),
    }),
  ),
} as const;
