import { z } from 'zod';
import {
  contentFlag,
  filedBy,
  identityFlag,
  instant,
  pinnedTerms,
  sealedSchema,
  sealTo,
  staffId,
  stageIndex,
  stageTerms,
  unitCode,
} from '../values';
import { event, type DataOf, type FactOf, type PastContracts, type RecordedFactOf } from './define';
import { courseEvents } from './course';
import { referral, resolutionOutsideEvents } from './outside';
import { reopeningCause, reopeningReason, resolutionDisputeEvents } from './disputes';
import { resolutionDuplicateEvents } from './duplicates';
import { moneyEvents } from './money';
import { paperEvents } from './papers';
import { productEvents } from './products';
import { recordEvents } from './records';
import { reminderEvents } from './reminders';
import { tripEvents } from './trips';

const caseId = z.uuid();
const offer = z.number().int().min(1);
/** Words to the citizen or about him, sealed to the applicant. */
const words = sealedSchema.optional();

export const outcome = z.enum([
  'granted',
  'partly',
  'refused',
  'remedied',
  'unfounded',
  'information_given',
  'referred_outside',
  'no_answer',
  'as_leader',
]);
export type Outcome = z.infer<typeof outcome>;

/** Closed list: a wrong door is a transfer, not a rejection. */
export const rejectionReason = z.enum(['not_a_public_service', 'decided_before', 'no_substance', 'abusive']);
export type RejectionReason = z.infer<typeof rejectionReason>;

/** What was offered to an officer and is no fee: money in whole rupiah, or a thing. What thing, and by whom, is sealed. */
export const gift = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('money'), amount: z.number().int().min(1).max(1_000_000_000_000) }),
  z.object({ kind: z.literal('thing') }),
]);

/** Facts of resolution's open log: the work on a case. */
export const resolutionEvents = {
  CaseKnown: event(
    'CaseKnown',
    1,
    z.object({
      caseId,
      terms: pinnedTerms,
      filedBy,
      sealTo: z.array(sealTo).min(1),
      identity: identityFlag,
      content: contentFlag,
      papers: z.array(z.string().max(120)).max(40),
      reportedUnit: unitCode.optional(),
    }),
  ),
  WorkReceived: event(
    'WorkReceived',
    1,
    z.discriminatedUnion('kind', [
      z.object({
        caseId,
        kind: z.literal('stage'),
        unit: unitCode,
        offer,
        stage: stageIndex,
        terms: stageTerms,
        binding: z.boolean(),
      }),
      z.object({ caseId, kind: z.literal('none') }),
      /** The unit is to decide a dispute; whose the work is does not change. */
      z.object({ caseId, kind: z.literal('dispute'), unit: unitCode, dispute: z.uuid() }),
    ]),
  ),
  AnswerReceived: event(
    'AnswerReceived',
    1,
    z.object({
      caseId,
      answer: z.uuid(),
      request: z.uuid().optional(),
      items: z.array(z.string().max(120)).max(40),
      answeredAt: instant,
    }),
  ),
  CitizenTold: event(
    'CitizenTold',
    1,
    z.object({
      caseId,
      about: z.uuid(),
      at: instant,
      /** What the citizen is now waited for: set where `about` is a question still open here, so that routing may stop its clock. */
      wait: z.enum(['question', 'fee']).optional(),
    }),
  ),
  WithdrawalReceived: event(
    'WithdrawalReceived',
    1,
    z.object({ caseId, withdrawal: z.uuid(), result: z.enum(['stands', 'too_late', 'goes_on']) }),
  ),
  SatisfactionReceived: event(
    'SatisfactionReceived',
    1,
    z.object({ caseId, decision: z.uuid(), satisfied: z.boolean() }),
  ),
  MandateNoted: event(
    'MandateNoted',
    1,
    z.object({
      caseId,
      /** Event id of intake's MandateRecorded. */
      mandate: z.uuid(),
      state: z.enum(['recorded', 'confirmed', 'ended']),
      unit: unitCode,
      carrier: staffId,
    }),
  ),
  OfficerAssigned: event(
    'OfficerAssigned',
    1,
    z.object({ caseId, offer, unit: unitCode, officer: staffId, by: z.enum(['taken', 'head', 'filed_here']) }),
  ),
  CaseAccepted: event('CaseAccepted', 1, z.object({ caseId, unit: unitCode, officer: staffId })),
  CaseRejected: event(
    'CaseRejected',
    1,
    z.object({ caseId, unit: unitCode.optional(), reason: rejectionReason, words }),
  ),
  InformationRequested: event(
    'InformationRequested',
    1,
    z.object({
      caseId,
      unit: unitCode,
      items: z.array(z.string().max(120)).min(1).max(20),
      offList: z.array(z.string().max(120)).max(20),
      words,
    }),
  ),
  InformationRequestWithdrawn: event('InformationRequestWithdrawn', 1, z.object({ caseId, request: z.uuid() })),
  ProgressReported: event('ProgressReported', 1, z.object({ caseId, unit: unitCode, code: z.string().max(60), words })),
  ProductIssued: event(
    'ProductIssued',
    1,
    z.object({
      caseId,
      unit: unitCode,
      stage: stageIndex,
      product: z.string().max(120),
      partial: z.boolean(),
      /** The document's own number in the unit's register. */
      number: z.string().max(80),
      signatory: staffId,
    }),
  ),
  StageCompleted: event('StageCompleted', 1, z.object({ caseId, unit: unitCode, stage: stageIndex })),
  CaseResolved: event(
    'CaseResolved',
    1,
    z.object({
      caseId,
      unit: unitCode.optional(),
      outcome,
      words,
      /** Whose decision it is, where another than the responsible unit referred the case. */
      by: unitCode.optional(),
      referral: referral.optional(),
    }),
  ),
  CaseReopened: event(
    'CaseReopened',
    1,
    z.object({
      caseId,
      reason: reopeningReason,
      /** Ex officio: by which unit, and why. */
      unit: unitCode.optional(),
      cause: reopeningCause.optional(),
      words,
    }),
  ),
  CaseClosed: event(
    'CaseClosed',
    1,
    z.object({ caseId, reason: z.enum(['silence', 'satisfied', 'dismissed', 'withdrawn']) }),
  ),

  GiftDeclined: event('GiftDeclined', 1, z.object({ caseId, unit: unitCode, officer: staffId, gift, words })),

  ...resolutionDisputeEvents,
  ...resolutionDuplicateEvents,
  ...resolutionOutsideEvents,
  ...courseEvents,
  ...moneyEvents,
  ...paperEvents,
  ...productEvents,
  ...recordEvents,
  ...reminderEvents,
  ...tripEvents,
} as const;

/** Versions that the log may hold from before; `upcast` tells them in the present shape. */
export const pastResolutionEvents: PastContracts = [];

export type ResolutionFact = FactOf<typeof resolutionEvents>;
export type RecordedResolutionFact = RecordedFactOf<typeof resolutionEvents>;
export type ResolutionData<T extends keyof typeof resolutionEvents> = DataOf<typeof resolutionEvents, T>;

/** Names agreed before the first of them is stored (domain, B.0). */
export const reservedResolutionNames = [] as const satisfies readonly string[];
