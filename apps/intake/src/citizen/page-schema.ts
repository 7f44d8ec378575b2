import { z } from 'zod';
import { timeSchema } from './shares';
import { actionWords, type Action } from './words';

const actions = Object.keys(actionWords) as [Action, ...Action[]];
const coded = z.object({ code: z.string(), words: z.string() });
const unit = z.object({ code: z.string(), name: z.string() });

/** The citizen's page, as JSON. */
export const pageSchema = z.object({
  number: z.string(),
  version: z.number().int(),
  standard: z.object({ code: z.string(), name: z.string() }),
  state: coded,
  unit: unit.optional(),
  receivedAt: z.iso.datetime(),
  dueAt: z.iso.datetime().optional(),
  provisional: z
    .literal(true)
    .optional()
    .meta({ description: 'The due date lies beyond the calendar: days off there are not known yet, and may move it' }),
  /** What the bills that stand add up to, in whole rupiah. */
  cost: z.object({ amount: z.number().int(), currency: z.literal('IDR'), words: z.string() }),
  bills: z.array(
    z.object({
      line: z.string(),
      amount: z.number().int(),
      billingCode: z.string(),
      /** How long he has from when he is told. */
      payBefore: z.string().optional(),
      is: coded,
    }),
  ),
  question: z
    .object({ request: z.uuid(), items: z.array(z.string()), text: z.string().nullable(), askedAt: z.iso.datetime() })
    .optional(),
  decision: z
    .object({
      outcome: coded,
      text: z.string().nullable(),
      at: z.iso.datetime(),
      corrected: z
        .literal(true)
        .optional()
        .meta({ description: 'The timeline says what is right; the decision stays' }),
      rated: z.boolean(),
      referral: z
        .object({
          body: unit,
          reference: z.string().optional(),
          contact: z.string().optional(),
          followUpOn: z.iso.date(),
        })
        .optional()
        .meta({ description: 'The body outside that has it now, and when the office looks after it' }),
      disputableUntil: z.iso
        .datetime()
        .optional()
        .meta({ description: 'Until when the citizen may object, if he may' }),
    })
    .optional(),
  erasure: z
    .object({ state: z.enum(['asked', 'refused', 'erased']), why: coded.optional() })
    .optional()
    .meta({ description: 'His last request that his personal data be erased' }),
  /** Who acts for him, and until when. */
  mandate: z
    .object({
      mandate: z.uuid(),
      unit,
      carrier: z.string(),
      confirmed: z.boolean(),
      until: z.iso.datetime().optional(),
    })
    .optional(),
  /** Papers handed in, and where they are now. */
  papers: z.array(z.object({ item: z.string(), is: coded, unit: unit.optional() })),
  /** Documents that were issued for him, and where they are now. */
  products: z.array(z.object({ product: z.string(), is: coded, unit: unit.optional() })),
  time: timeSchema,
  /** What the citizen may do next. */
  next: z.array(z.object({ action: z.enum(actions), words: z.string() })),
  timeline: z.array(
    z.object({
      at: z.iso.datetime(),
      what: z.string(),
      words: z.string(),
      unit: unit.optional(),
      /** Words of the office or the citizen's own; null when they were erased. */
      text: z.string().nullable().optional(),
      /** What it says was wrong; a later entry says what is right. */
      corrected: z.literal(true).optional(),
    }),
  ),
  commitment: z.string(),
});
export type CitizenPage = z.infer<typeof pageSchema>;
