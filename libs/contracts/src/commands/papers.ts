import { z } from 'zod';
import { staffId, unitCode } from '../values';
import { command, occurredAt } from './define';

/** Papers by the ids that are printed on the slip, each once. */
const eachOnce = (items: readonly string[]): boolean => new Set(items).size === items.length;
const paper = z.string().trim().min(1).max(120);
export const papers = z.array(paper).max(40).refine(eachOnce, 'each paper once');
const somePapers = z.array(paper).min(1).max(40).refine(eachOnce, 'each paper once');

/** Commands about papers: by the unit at whose desk they are, whoever answers for the case. */
export const paperCommands = {
  'receive-papers': command(
    'resolution',
    'papers.receive',
    'Take papers from the citizen at the desk',
    z.object({ items: somePapers, occurredAt }),
  ),
  'hand-over-papers': command(
    'resolution',
    'papers.hand_over',
    'Send papers to another unit by a carrier',
    z.object({ items: somePapers, to: unitCode, carrier: staffId, trip: z.uuid().optional(), occurredAt }),
  ),
  'acknowledge-papers': command(
    'resolution',
    'papers.ack',
    'Acknowledge papers that were sent here, and say what is missing',
    z
      .object({ items: papers, missing: papers.default([]), occurredAt })
      .refine(
        ({ items, missing }) => items.length + missing.length > 0 && eachOnce([...items, ...missing]),
        'each paper once, as come or as missing',
      ),
  ),
  'lose-papers': command(
    'resolution',
    'papers.lost',
    'Say that papers which the unit has or sent are lost',
    z.object({ items: somePapers, occurredAt }),
  ),
  'return-papers': command(
    'resolution',
    'papers.return',
    'Give papers back to the citizen, who signs for them',
    z.object({
      items: somePapers,
      to: z.enum(['applicant', 'proxy']).default('applicant'),
      receipt: z.string().trim().min(1).max(80),
      occurredAt,
    }),
  ),
} as const;
