import { z } from 'zod';
import { extensionReason } from '../events/course';
import { command, occurredAt } from './define';

const words = z.string().trim().min(1).max(4000);

/** Commands about the course of the work: who is a party, what was done first, and how long it may take. */
export const courseCommands = {
  'declare-party': command(
    'resolution',
    'party.declare',
    'Say that one is a party oneself: one loses the case and does not get it again',
    z.object({ occurredAt }),
  ),
  'take-first-step': command(
    'resolution',
    'case.progress',
    'Say that the first step or visit was made, where the standard promises one',
    z.object({ words: words.optional(), occurredAt }),
  ),
  'extend-time': command(
    'resolution',
    'time.extend',
    'Take the longer time that the standard allows, once, and tell the citizen why',
    z.object({ reason: extensionReason, words, occurredAt }),
  ),
  'find-supervision': command(
    'resolution',
    'supervision.find',
    'Find that a complaint needs supervision: the standard’s longer time counts',
    z.object({ words: words.optional(), occurredAt }),
  ),
  'hear-unit': command(
    'resolution',
    'unit.hear',
    'Put on record what the reported unit says, sealed to the person it is about',
    z.object({
      about: z.uuid().optional().meta({ description: 'The subject it is sealed to; left out: the applicant' }),
      words,
      occurredAt,
    }),
  ),
} as const;
