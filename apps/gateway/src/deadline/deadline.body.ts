import { explainedDue } from '@garda/contracts';
import { z } from 'zod';

export const deadlineBody = z.object({
  calendar: z.string().describe('The edition by which it is counted, pinned when the case came in'),
  stopped: z.boolean().describe('The citizen is waited for: due dates are the latest possible ones'),
  total: explainedDue,
  stage: explainedDue.optional().describe('Of the present stage, while a unit has it'),
});
export type DeadlineBody = z.infer<typeof deadlineBody>;
