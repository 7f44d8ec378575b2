import type { Expected } from './expectation';
import { list, noted } from './fact-list';

/** Cases that do not end with the unit that had them first. The calendar is that of `table.ts`. */
export const disputedAndReferred = {
  coastLamp: {
    title: 'HB-01 lamps of the nation: referred outside from triage, asked about, closed, answered after that',
    // Told of: triage, referred, asked, closed, answered.
    intake: list('CaseSubmitted', noted(5)),
    routing: list(
      ...['CaseEntered', 'CaseSentToTriage', 'CaseReferredOutside', 'WorkSettled', 'OutsideBodyAsked'],
      ...['CaseReleased', 'OutsideBodyAnswered'],
    ),
    resolution: list('CaseKnown', 'WorkReceived', 'CaseResolved', 'OutsideNoted', 'CaseClosed', 'OutsideNoted'),
    told: '5',
    status: 'closed',
    unit: '',
    due: '2026-03-09 16:00',
  },
  objection: {
    title: 'PU-01 unfounded, disputed, upheld by another unit, remedied by another officer; closed by silence',
    // Told of: unit, officer, accepted, decided; that it stands, who decides, upheld, reopened, and all of it anew.
    intake: list('CaseSubmitted', noted(4), 'ResolutionDisputed', noted(9)),
    routing: list(
      ...['CaseEntered', 'CaseRouted', 'OfficerNoted', 'HandOverAcknowledged', 'WorkSettled'],
      ...['DisputeRouted', 'CaseResumed', 'OfficerNoted', 'WorkSettled', 'CaseReleased'],
    ),
    resolution: list(
      ...['CaseKnown', 'WorkReceived', 'OfficerAssigned', 'CaseAccepted', 'CaseResolved', 'DisputeReceived'],
      ...['WorkReceived', 'DisputeDecided', 'CaseReopened', 'WorkReceived', 'OfficerAssigned', 'CaseAccepted'],
      ...['CaseResolved', 'CaseClosed'],
    ),
    told: '13',
    status: 'closed',
    unit: 'dpupr',
    due: '2026-03-27 14:30',
    // Half of fourteen working days from 4 March: 13.3., a Friday.
    dueAfterStop: '2026-03-13 14:30',
  },
} as const satisfies Record<string, Expected>;
