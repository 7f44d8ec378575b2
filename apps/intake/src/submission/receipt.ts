import type { IntakeData } from '@garda/contracts';
import type { Catalogue } from '@garda/domain';
import type { Language } from '@garda/service';
import { z } from 'zod';
import { dueMarked } from '../citizen/due';

const words = z.string();

/** What the citizen takes home. */
export const receiptSchema = z.object({
  caseId: z.uuid(),
  number: z.string().meta({ description: 'For the telephone: any case, hyphens and blanks are understood' }),
  trackingCode: z
    .string()
    .optional()
    .meta({ description: 'Shown once, and to a repetition of the same request within 24 hours' }),
  receivedAt: z.iso.datetime(),
  dueAt: z.iso.datetime().optional(),
  provisional: z
    .literal(true)
    .optional()
    .meta({ description: 'The due date lies beyond the calendar: days off there are not known yet, and may move it' }),
  cost: z.object({ amount: z.literal(0), currency: z.literal('IDR'), words }),
  standard: z.object({ code: z.string(), version: z.number().int(), name: words }),
  receipt: z.object({
    commitment: z
      .string()
      .meta({ description: 'SHA-256 (hex) over the salt and the canonical JSON of what was handed in' }),
    salt: z.string().optional().meta({ description: '16 bytes, base64url; with it anybody can check the commitment' }),
  }),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** Written from the fact itself, so that a repetition shows the same as the first answer did. */
export function receiptOf(
  data: IntakeData<'CaseSubmitted'>,
  more: {
    catalogue: Catalogue;
    language: Language;
    salt?: string | undefined;
    trackingCode?: string | undefined;
    dueAt?: string | undefined;
  },
): Receipt {
  const { standard, standardVersion: version } = data.terms;
  const name = more.catalogue.standard(standard)?.words[more.language] ?? standard;
  return {
    caseId: data.caseId,
    number: data.number,
    ...(more.trackingCode === undefined ? {} : { trackingCode: more.trackingCode }),
    receivedAt: data.receivedAt,
    ...dueMarked(more.dueAt, data.terms.calendar, more.catalogue),
    cost: { amount: 0, currency: 'IDR', words: 'Rp 0' },
    standard: { code: standard, version, name },
    receipt: { commitment: data.contentCommitment, ...(more.salt === undefined ? {} : { salt: more.salt }) },
  };
}
