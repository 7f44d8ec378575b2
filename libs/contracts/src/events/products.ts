import { z } from 'zod';
import { staffId, unitCode } from '../values';
import { event } from './define';

const caseId = z.uuid();
/** Event id of ProductIssued. */
const issued = z.uuid();
/** Its name in the terms, for whoever hears of it elsewhere. */
const product = z.string().max(120);

/** Where a product goes once the case is decided. */
export const productEvents = {
  /** By the unit that issued it, to a desk nearer to the citizen. */
  ProductSent: event(
    'ProductSent',
    1,
    z.object({ caseId, unit: unitCode, issued, product, to: unitCode, carrier: staffId }),
  ),
  ProductDelivered: event(
    'ProductDelivered',
    1,
    z.object({
      caseId,
      unit: unitCode,
      issued,
      product,
      to: z.enum(['applicant', 'proxy']),
      /** Number of the receipt that he signed. */
      receipt: z.string().max(80),
    }),
  ),
  /** Nobody fetched it: it is back with the unit that issued it. */
  ProductTakenBack: event('ProductTakenBack', 1, z.object({ caseId, unit: unitCode, issued, product, from: unitCode })),
} as const;
