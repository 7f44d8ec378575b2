import { z } from 'zod';

const at = z.string().describe('ISO 8601, UTC');
const unit = z.string();

const holderBody = z.object({
  with: z.enum(['unit', 'transit', 'citizen', 'triage']),
  unit: unit.optional().describe('Who answers meanwhile; while papers travel, whoever sent them'),
});
const shareBody = holderBody.extend({ minutes: z.number().int() });

export const taskBody = z.object({
  what: z.string(),
  unit: unit.describe('Whose task it is'),
  since: at,
  words: z.object({ id: z.string(), en: z.string() }).describe('What is to be done'),
});

/** A case as staff reads it: terms, clocks, timeline. Nothing personal: what citizens wrote is sealed, and only counted. */
export const caseFileBody = z.object({
  caseId: z.uuid(),
  number: z.string().optional(),
  standard: z.string().optional(),
  kind: z.string().optional(),
  status: z
    .string()
    .describe('known, pending, working, waiting, handed, decided, disputed, final, withdrawn or closed'),
  citizenStatus: z.string().optional(),
  receivedAt: at.optional(),
  filedBy: z.object({ by: z.string(), unit: unit.optional() }).optional(),
  routing: z
    .object({
      status: z.string(),
      unit: unit.optional(),
      offer: z.number().optional(),
      stage: z.number().describe('Index into the stages, from 0'),
      stages: z.number(),
      binding: z.boolean().optional(),
      acknowledged: z.boolean().optional(),
      past: z.array(unit),
      triage: z.object({ reason: z.string(), suggestion: z.string().optional(), since: at }).optional(),
    })
    .optional(),
  officer: z.string().optional(),
  dueAt: at.optional().describe('When the whole is promised; stays after the decision'),
  stageDueAt: at.optional(),
  provisional: z
    .literal(true)
    .optional()
    .describe('A due date lies beyond the last day of its calendar: days off there are not known yet'),
  clockStopped: z.boolean().describe('The citizen is waited for: due dates are the latest possible ones'),
  shares: z
    .array(shareBody)
    .describe('Whose share of the time it was so far: office time, without the while that lasts'),
  since: holderBody
    .extend({ at })
    .optional()
    .describe('Who has it now, and since when: a unit, the road, the citizen, or triage'),
  escalations: z.array(z.object({ clock: z.string(), rung: z.number(), to: unit })),
  outcome: z.string().optional(),
  flags: z.object({ identity: z.string(), content: z.string() }).optional(),
  place: z
    .object({ areaCode: z.string().optional(), lat: z.number().optional(), long: z.number().optional() })
    .optional(),
  attributes: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  dispute: z
    .object({ decidedBy: unit.optional(), to: unit.optional().describe('Who decides it; absent: nobody is named'), at })
    .optional()
    .describe('An objection of the citizen that is not decided yet'),
  referral: z
    .object({ body: unit, by: unit, at, asked: z.boolean(), answer: z.string().optional() })
    .optional()
    .describe('A body outside has the case; `by` asks there until it has answered'),
  duplicates: z.object({ leader: z.uuid().optional(), followers: z.array(z.uuid()) }),
  summary: z.object({ text: z.string(), place: z.string().optional() }).optional(),
  mandate: z
    .object({ unit, carrier: z.string(), confirmed: z.boolean() })
    .optional()
    .describe('Who acts for the citizen; only a confirmed one may receive for him'),
  versions: z
    .object({ intake: z.number(), routing: z.number(), resolution: z.number() })
    .describe('`If-Match` of a command is the version of its own context'),
  questions: z.array(
    z.object({
      ref: z.uuid(),
      unit,
      items: z.array(z.string()),
      offList: z.array(z.string()),
      at,
      toldAt: at.optional(),
      state: z.string(),
    }),
  ),
  products: z.array(
    z.object({
      ref: z.uuid(),
      product: z.string(),
      partial: z.boolean(),
      number: z.string(),
      correctedNumber: z.string().optional().describe('What the number should have been'),
      unit,
      stage: z.number(),
      state: z.string().describe('issued, sent, delivered or taken_back'),
      holder: unit.describe('Who has it, or handed it over'),
      since: at,
    }),
  ),
  records: z
    .array(
      z.object({
        ref: z.uuid(),
        type: z.string(),
        unit,
        at,
        correctedBy: z.uuid().optional().describe('The record that says what is right; this one stays'),
      }),
    )
    .describe('What the office put on record, by the id that `correct-record` takes'),
  erasure: z
    .object({ state: z.string().describe('asked, refused or erased'), at, code: z.string().optional() })
    .optional()
    .describe('The citizen wants his personal data erased, and what became of it'),
  evidence: z
    .array(z.object({ ref: z.uuid(), sha256: z.string(), mediaType: z.string(), size: z.number().optional(), at }))
    .describe('Files of the citizen that are kept elsewhere; where, is sealed'),
  course: z
    .object({
      parties: z.number().describe('Members of staff who said that they are a party'),
      firstStepAt: at.optional(),
      extended: z.object({ time: z.string(), at }).optional(),
      supervision: z.object({ unit, time: z.string(), at }).optional(),
      heardAt: at.optional().describe('When the reported unit was heard'),
    })
    .describe('What happened on the way, and how much longer it may take'),
  papers: z
    .array(z.object({ item: z.string(), state: z.string(), unit, to: unit.optional(), since: at }))
    .describe('held, on_the_way, missing, lost, returned, with_proxy or archived; `unit` has them, or sent them'),
  reminders: z
    .array(z.object({ rung: z.string(), step: z.number(), to: z.array(unit), at }))
    .describe('Silences of the work that were told of, and to whose heads'),
  tasks: z.array(taskBody).describe('What units are to do now, besides the work itself'),
  money: z.object({
    fees: z.array(
      z.object({
        ref: z.uuid(),
        line: z.string(),
        amount: z.number().describe('Whole rupiah'),
        billingCode: z.string(),
        payBefore: z.string().describe('From when the citizen was told'),
        toldAt: at.optional(),
        state: z.string().describe('open, paid, cancelled or lapsed'),
      }),
    ),
    payments: z.array(z.object({ ref: z.uuid(), fee: z.uuid(), amount: z.number(), bankReference: z.string() })),
    refunds: z.array(
      z.object({ ref: z.uuid(), payment: z.uuid(), amount: z.number(), reason: z.string(), state: z.string() }),
    ),
  }),
  sealed: z.number().describe('Sealed objects of the citizen: opened only for a purpose, by `disclose`'),
  timeline: z.array(
    z.object({
      context: z.string(),
      version: z.number(),
      type: z.string(),
      at,
      occurredAt: at,
      actor: z.object({ kind: z.string(), unit: unit.optional() }),
    }),
  ),
  behindSince: at.optional().describe('Facts of this case are held back: the file may be older than it looks'),
});
export type CaseFileBody = z.infer<typeof caseFileBody>;
