import { z } from 'zod';
import { fileSize, mediaType, sha256 } from '../events/evidence';
import { correctionReason } from '../events/records';
import { command, occurredAt } from './define';

const words = z.string().trim().min(1).max(4000);

/** Commands about what is on record: what corrects it, and what shows it. */
export const recordCommands = {
  'correct-record': command(
    'resolution',
    'record.correct',
    'Say what is right where a record says the wrong thing; the record stays',
    z.object({
      record: z.uuid().meta({ description: 'As the case file names it' }),
      reason: correctionReason,
      number: z.string().trim().min(1).max(80).optional().meta({ description: 'The right number of a product' }),
      about: z.uuid().optional().meta({ description: 'The subject it is sealed to; left out: the applicant' }),
      words,
      occurredAt,
    }),
  ),
  'attach-evidence': command(
    'intake',
    'evidence.attach',
    'Attach what the citizen can show, kept elsewhere, for one whose confirmed mandate the unit has',
    z.object({
      request: z.uuid().optional(),
      sha256,
      mediaType,
      size: fileSize.optional(),
      reference: z.string().trim().min(1).max(500),
      words,
    }),
  ),
} as const;
