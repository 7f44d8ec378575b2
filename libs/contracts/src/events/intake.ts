import { z } from 'zod';
import { routingPolicy, serviceStandard, standIn, unit, unitEnding, workCalendar } from '../catalogue';
import {
  areaCode,
  attributeValues,
  channel,
  contentFlag,
  entry,
  filedBy,
  identityFlag,
  instant,
  objectPlace,
  pinnedTerms,
  publicNumber,
  sealedSchema,
  sealTo,
  staffId,
  stageIndex,
  standardCode,
  term,
  unitCode,
} from '../values';
import { declaredEvents } from './declared';
import { erasureEvents } from './erasure';
import { evidenceEvents } from './evidence';
import { mandateEvents } from './mandates';
import { slipEvents } from './slips';
import { event, type DataOf, type FactOf, type PastContracts, type RecordedFactOf } from './define';
import { intakeDisputeEvents, reopeningReason } from './disputes';
import { referral } from './outside';

/** How the citizen can be told. `page`: by the page that the tracking code opens. */
export const tellBy = z.enum(['file', 'http', 'page']);
/** How he was told; `desk`: by somebody of the office, to his face or by telephone. */
export const toldBy = z.enum([...tellBy.options, 'desk']);

export const progressState = z.enum([
  'received',
  'working',
  'waiting',
  'decided',
  'disputed',
  'final',
  'closed',
  'reopened',
  'withdrawn',
  'goes_on',
  'too_late',
  'dispute_moot',
  'extended',
  'news',
]);
export type ProgressState = z.infer<typeof progressState>;

const caseSubmitted = z.object({
  caseId: z.uuid(),
  number: publicNumber,
  terms: pinnedTerms,
  channel,
  filedBy,
  /** From when the deadlines run (rule 5). */
  receivedAt: instant,
  entry,
  /** The area whose office serves the case: not where a person lives. */
  area: areaCode.optional(),
  objectPlace,
  identity: identityFlag,
  content: contentFlag,
  subjects: z.array(z.object({ subject: z.uuid(), role: z.enum(['applicant', 'family', 'proxy', 'reported']) })).min(1),
  sealTo: z.array(sealTo).min(1),
  /** Not personal; the policy may read them. Personal ones are in `sealed`. */
  attributes: attributeValues,
  /** Every word a citizen wrote, one object a subject. */
  sealed: z.array(sealedSchema).max(20),
  /** SHA-256(128-bit salt ‖ canonical content), hex: what was handed in can be proven later (rule 11). */
  contentCommitment: z.string().regex(/^[0-9a-f]{64}$/),
  /** Keyed hash of the tracking code; absent where nobody was given one. */
  codeHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  tellBy,
  papers: z.array(z.string().max(120)).max(40),
  reportedUnit: unitCode.optional(),
  /** The slip that the desk gave for it. One slip may list several errands of a household: a line each. */
  slip: z
    .object({
      number: publicNumber,
      line: z.number().int().min(1).max(20),
      /** Typed more than three working days after its date. */
      late: z.boolean(),
    })
    .optional(),
});

/** Facts of intake: the case as the citizen sees it, and the catalogue; of the restricted log what is in `declaredEvents`. */
export const intakeEvents = {
  CaseSubmitted: event('CaseSubmitted', 1, caseSubmitted),
  InformationProvided: event(
    'InformationProvided',
    1,
    z.object({
      caseId: z.uuid(),
      /** Event id of resolution's InformationRequested; absent when the citizen adds unasked. */
      request: z.uuid().optional(),
      items: z.array(z.string().max(120)).max(40),
      sealed: z.array(sealedSchema).min(1).max(4),
    }),
  ),
  CaseWithdrawn: event('CaseWithdrawn', 1, z.object({ caseId: z.uuid(), sealed: z.array(sealedSchema).max(1) })),
  ServiceRated: event(
    'ServiceRated',
    1,
    z.object({
      caseId: z.uuid(),
      /** Event id of resolution's decision. */
      decision: z.uuid(),
      stars: z.number().int().min(1).max(5),
      satisfied: z.boolean(),
      sealed: z.array(sealedSchema).max(1),
    }),
  ),
  CitizenNotified: event(
    'CitizenNotified',
    1,
    z.object({
      caseId: z.uuid(),
      /** Event id of the resolution event (`CaseProgressNoted.ref`) that was told. */
      about: z.uuid(),
      channel: toldBy,
      ok: z.boolean(),
    }),
  ),
  PublicSummaryPublished: event(
    'PublicSummaryPublished',
    1,
    z.object({
      caseId: z.uuid(),
      unit: unitCode,
      text: z.string().min(1).max(2000),
      /** Public words for the place; absent leaves the last ones. */
      place: z.string().max(200).optional(),
    }),
  ),
  PersonalDataDisclosed: event(
    'PersonalDataDisclosed',
    1,
    z.object({
      caseId: z.uuid(),
      to: staffId,
      unit: unitCode,
      purpose: z.enum(['verify', 'contact', 'decide', 'deliver', 'supervise']),
      /** Day in the office's zone: one event a staff member, case and day. */
      day: z.iso.date(),
    }),
  ),
  CaseProgressNoted: event(
    'CaseProgressNoted',
    1,
    z.object({
      caseId: z.uuid(),
      state: progressState,
      /** Event id of resolution's fact. */
      ref: z.uuid(),
      fact: z.string().max(60),
      unit: unitCode.optional(),
      officer: staffId.optional(),
      /** The stage that the unit has from here. Absent in notes of before, and where the news is no such one. */
      stage: stageIndex.optional(),
      outcome: z.string().max(40).optional(),
      /** What is asked for, or which papers it is about. */
      items: z.array(z.string().max(120)).max(40).optional(),
      /** Papers that did not come with the others: they stay with whoever sent them. */
      missing: z.array(z.string().max(120)).max(40).optional(),
      /** Who has got his papers, where it is not himself. Absent in notes of before. */
      to: z.enum(['proxy']).optional(),
      /** Words to the citizen, sealed by resolution under the case, the subject and `ref`. */
      words: sealedSchema.optional(),
      /** Who has it now, where it was referred outside. */
      referral: referral.optional(),
      /** How much longer a stage may take: by `time` more, or `time` instead of its own. */
      longer: z.object({ kind: z.enum(['extension', 'supervision']), stage: stageIndex, time: term }).optional(),
      /** Why it is worked on again: the time that is promised from here hangs on it. Absent in notes of before. */
      reopened: reopeningReason.optional(),
      /** The news that this one corrects, by its `ref`. */
      supersedes: z.uuid().optional(),
      at: instant,
    }),
  ),
  ...evidenceEvents,
  ...mandateEvents,
  ...slipEvents,
  TrackingCodeReissued: event(
    'TrackingCodeReissued',
    1,
    z.object({
      caseId: z.uuid(),
      /** The desk that saw who asked. */
      unit: unitCode,
      /** The slip whose folded code opens the case from now on. */
      slip: publicNumber,
      codeHash: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  RefundClaimed: event('RefundClaimed', 1, z.object({ caseId: z.uuid(), sealed: z.array(sealedSchema).max(1) })),
  FeeNoted: event(
    'FeeNoted',
    1,
    z.object({
      caseId: z.uuid(),
      state: z.enum(['assessed', 'received', 'cancelled', 'refunded']),
      /** Event id of resolution's FeeAssessed. */
      fee: z.uuid(),
      /** Event id of the fact that was taken over. */
      ref: z.uuid(),
      /** Whole rupiah; the line, the code to pay by and the time to pay are told with the assessment. */
      amount: z.number().int().optional(),
      line: z.string().max(60).optional(),
      billingCode: z.string().max(60).optional(),
      payBefore: term.optional(),
      at: instant,
    }),
  ),
  StandardPublished: event('StandardPublished', 1, z.object({ standard: serviceStandard })),
  StandardSuperseded: event(
    'StandardSuperseded',
    1,
    z.object({ code: standardCode, version: z.number().int(), by: z.number().int() }),
  ),
  UnitPublished: event('UnitPublished', 1, z.object({ unit })),
  UnitEnded: event('UnitEnded', 1, unitEnding),
  StandInNamed: event('StandInNamed', 1, standIn),
  CalendarPublished: event('CalendarPublished', 1, z.object({ calendar: workCalendar })),
  PolicyPublished: event('PolicyPublished', 1, z.object({ policy: routingPolicy })),

  ...intakeDisputeEvents,
  ...erasureEvents,
  ...declaredEvents,
} as const;

/** Versions that the log may hold from before; `upcast` tells them in the present shape. */
export const pastIntakeEvents: PastContracts = [];

export type IntakeFact = FactOf<typeof intakeEvents>;
export type RecordedIntakeFact = RecordedFactOf<typeof intakeEvents>;
export type IntakeData<T extends keyof typeof intakeEvents> = DataOf<typeof intakeEvents, T>;

/** Names agreed before the first of them is stored (domain, B.0). */
export const reservedIntakeNames = [] as const satisfies readonly string[];
