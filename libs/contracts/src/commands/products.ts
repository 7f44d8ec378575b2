import { z } from 'zod';
import { staffId, unitCode } from '../values';
import { command, occurredAt } from './define';

const product = z.uuid().meta({ description: 'As the case file names it: the id of the fact that issued it' });

/** Commands about a product that is issued: by whoever has it, once the case is decided. */
export const productCommands = {
  'send-product': command(
    'resolution',
    'product.send',
    'Send a product to a desk nearer to the citizen',
    z.object({ product, to: unitCode, carrier: staffId, occurredAt }),
  ),
  'deliver-product': command(
    'resolution',
    'product.deliver',
    'Hand a product over to the citizen, or to his confirmed proxy, against a signature',
    z.object({
      product,
      to: z.enum(['applicant', 'proxy']).default('applicant'),
      receipt: z.string().trim().min(1).max(80),
      occurredAt,
    }),
  ),
} as const;
