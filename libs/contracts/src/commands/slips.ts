import { z } from 'zod';
import { slipRevocation } from '../events/slips';
import { publicNumber, unitCode } from '../values';

/** `POST /slip-books` with the verb `slips.issue`: slips for the desk of a unit, printed once. */
export const slipBookOrder = z.object({ unit: unitCode, count: z.number().int().min(1).max(200) });
export type SlipBookOrder = z.infer<typeof slipBookOrder>;

/** `POST /slip-books/{book}/revocations` with the verb `slips.revoke`. */
export const slipRevoking = z.object({ number: publicNumber, reason: slipRevocation });
export type SlipRevoking = z.infer<typeof slipRevoking>;
