import { z } from 'zod';
import {
  areaCode,
  attributeValues,
  contentFlag,
  entry,
  filedBy,
  identityFlag,
  instant,
  objectPlace,
  pinnedTerms,
  sealTo,
  staffId,
  stageIndex,
  stageTerms,
  unitCode,
} from '../values';
import { event, type DataOf, type FactOf, type PastContracts, type RecordedFactOf } from './define';
import { routingDisputeEvents } from './disputes';
import { routingCourseEvents } from './course';
import { followers, routingDuplicateEvents } from './duplicates';
import { moveEvents } from './moves';
import { routingOutsideEvents } from './outside';
import { paperItem } from './papers';

const caseId = z.uuid();
/** Every offer of a case has a number; an acknowledgement counts only for the present offer. */
const offer = z.number().int().min(1);

/** Facts of routing's open log: who answers for a case, and whether it is late. */
export const routingEvents = {
  CaseEntered: event(
    'CaseEntered',
    1,
    z.object({
      caseId,
      terms: pinnedTerms,
      filedBy,
      sealTo: z.array(sealTo).min(1),
      papers: z.array(z.string().max(120)).max(40),
      receivedAt: instant,
      entry,
      area: areaCode.optional(),
      objectPlace,
      attributes: attributeValues,
      identity: identityFlag,
      content: contentFlag,
      reportedUnit: unitCode.optional(),
    }),
  ),
  CaseRouted: event(
    'CaseRouted',
    1,
    z.object({
      caseId,
      unit: unitCode,
      offer,
      stage: stageIndex,
      terms: stageTerms,
      /** True after triage: the unit may then only do it, or have it referred. */
      binding: z.boolean(),
      by: z.enum(['policy', 'triage']),
    }),
  ),
  CaseSentToTriage: event(
    'CaseSentToTriage',
    1,
    z.object({
      caseId,
      reason: z.enum([
        'no_rule',
        'no_area',
        'no_unit',
        'suggests_outside',
        'reported_unit',
        /** It was moved for the third time, or returned and nobody had it before. */
        'third_move',
        'returned',
        /** Its unit ended, and the successor may not have it. */
        'unit_ended',
      ]),
      suggestion: z.object({ refer: unitCode }).optional(),
      /** The stage that needs a unit, where it is not the first. */
      stage: stageIndex.optional(),
    }),
  ),
  HandOverAcknowledged: event(
    'HandOverAcknowledged',
    1,
    z.object({
      caseId,
      unit: unitCode,
      offer,
      how: z.enum(['receiver', 'officer_assigned', 'filed_here', 'deemed', 'papers']),
    }),
  ),
  StageHandedOver: event(
    'StageHandedOver',
    1,
    z.object({ caseId, from: unitCode, unit: unitCode, offer, stage: stageIndex, terms: stageTerms }),
  ),
  DeadlineMissed: event(
    'DeadlineMissed',
    1,
    z.object({ caseId, clock: z.enum(['stage', 'total']), dueAt: instant, unit: unitCode.optional() }),
  ),
  CaseEscalated: event(
    'CaseEscalated',
    1,
    z.object({
      caseId,
      clock: z.enum(['unassigned', 'triage', 'stage', 'total', 'disputed', 'outside', 'first_step', 'levy']),
      rung: z.number().int().min(1).max(8),
      /** The unit whose head is told now. */
      to: unitCode,
      dueAt: instant,
    }),
  ),
  OfficerNoted: event('OfficerNoted', 1, z.object({ caseId, offer, unit: unitCode, officer: staffId.optional() })),
  WaitBegan: event('WaitBegan', 1, z.object({ caseId, for: z.enum(['question', 'fee']), ref: z.uuid(), at: instant })),
  WaitEnded: event('WaitEnded', 1, z.object({ caseId, for: z.enum(['question', 'fee']), ref: z.uuid(), at: instant })),
  WorkSettled: event(
    'WorkSettled',
    1,
    z.object({
      caseId,
      how: z.enum(['decided', 'withdrawn', 'final']),
      outcome: z.string().max(40),
      unit: unitCode.optional(),
      at: instant,
      /** Who follows this case: what it came to, they come to. */
      followers: followers.optional(),
    }),
  ),
  CaseResumed: event(
    'CaseResumed',
    1,
    z.object({
      caseId,
      unit: unitCode.optional(),
      offer,
      stage: stageIndex,
      time: z.string().max(10),
      /** After an upheld dispute the officer who decided has it no more. */
      anotherOfficer: z.boolean().optional(),
      /** The whole promise counts from here again, and not `time` from now: a duplicate that stands for itself again. */
      from: instant.optional(),
    }),
  ),
  CaseReleased: event('CaseReleased', 1, z.object({ caseId, reason: z.string().max(40) })),

  ...moveEvents,
  ...routingCourseEvents,
  ...routingDuplicateEvents,
  ...routingDisputeEvents,
  ...routingOutsideEvents,
  /** Where these papers are now: at a unit, on their way to one, missing there, lost, or with nobody any more. */
  PapersNoted: event(
    'PapersNoted',
    1,
    z.object({
      caseId,
      items: z.array(paperItem).min(1).max(40),
      where: z.enum(['at', 'on_the_way', 'missing', 'lost', 'none']),
      /** Where they are, or who sent them. */
      unit: unitCode.optional(),
      to: unitCode.optional(),
    }),
  ),
} as const;

/** Versions that the log may hold from before; `upcast` tells them in the present shape. */
export const pastRoutingEvents: PastContracts = [];

export type RoutingFact = FactOf<typeof routingEvents>;
export type RecordedRoutingFact = RecordedFactOf<typeof routingEvents>;
export type RoutingData<T extends keyof typeof routingEvents> = DataOf<typeof routingEvents, T>;

/** Names agreed before the first of them is stored (domain, B.0). */
export const reservedRoutingNames = [] as const satisfies readonly string[];
