import { z } from 'zod';
import { erasureBar } from '../events/erasure';
import { publicNumber } from '../values';
import { command } from './define';

/** What the office does for a citizen or about what he asked, apart from the work itself. */
export const citizenCommands = {
  'tell-citizen': command(
    'intake',
    'citizen.tell',
    'Record that a desk told the citizen what is new, to his face or by telephone; what waits for that starts to run',
    z.object({
      about: z.uuid().optional().describe('One piece of news; left out: everything that he was not told yet'),
    }),
  ),
  'reissue-code': command(
    'intake',
    'code.reissue',
    'Replace the lost code of a named person who showed who he is, by the code folded into an unused slip',
    z.object({ slip: publicNumber }),
  ),
  'decide-erasure': command(
    'intake',
    'erasure.decide',
    'Erase the personal data of a case as its citizen asked, for ever; or refuse it for a reason that holds. Where the time of keeping ends: keep them on for an inquiry, a year more',
    z.object({ result: z.enum(['erased', 'refused']), code: erasureBar.optional() }),
  ),
} as const;
