import { z } from 'zod';
import { sealedSchema, staffId, stageIndex, term, unitCode } from '../values';
import { event } from './define';

const caseId = z.uuid();
/** Sealed to the subject they are about. */
const words = sealedSchema.optional();

/** Why a head takes the longer time that the standard allows (A). */
export const extensionReason = z.enum(['much_material', 'others_are_asked', 'search', 'outside_our_control']);

/** What happens to the work on its way, each but the party's and the hearing once a case. */
export const courseEvents = {
  /** An officer says that he is a party. He loses the case, where he had it (then `offer` is set), and never gets it again. */
  PartyDeclared: event(
    'PartyDeclared',
    1,
    z.object({ caseId, unit: unitCode, officer: staffId, offer: z.number().int().min(1).optional() }),
  ),
  /** Somebody was there: the first visit or step, where the standard promises one. */
  FirstStepTaken: event('FirstStepTaken', 1, z.object({ caseId, unit: unitCode, words })),
  /** By `time` more, in this stage. */
  TimeExtended: event(
    'TimeExtended',
    1,
    z.object({ caseId, unit: unitCode, stage: stageIndex, time: term, reason: extensionReason, words }),
  ),
  /** The quality unit or the inspectorate takes it up: `time` instead of the stage's own. `unit` is who found it. */
  SupervisionFound: event(
    'SupervisionFound',
    1,
    z.object({ caseId, unit: unitCode, stage: stageIndex, time: term, words }),
  ),
  /** What the reported unit says for itself. `unit` is the reported one, `by` who heard it. */
  ReportedUnitHeard: event('ReportedUnitHeard', 1, z.object({ caseId, unit: unitCode, by: unitCode, words })),
} as const;

/** What of it moves a clock. */
export const routingCourseEvents = {
  FirstStepNoted: event('FirstStepNoted', 1, z.object({ caseId, unit: unitCode })),
  TimeExtensionNoted: event(
    'TimeExtensionNoted',
    1,
    z.object({ caseId, kind: z.enum(['extension', 'supervision']), stage: stageIndex, time: term }),
  ),
} as const;
