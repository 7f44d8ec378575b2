import { resolutionFact } from '../src/shared/facts';
import { caseId } from './facts';
import { id, monday } from './spec';

/** An objection to a decision that stands, and what the quality unit says about it. */
export const disputed = (decision: string, dispute = id('dispute')) =>
  resolutionFact('DisputeReceived', {
    ...{ caseId, dispute, decision, result: 'stands', decidedBy: 'dpupr', disputedAt: monday },
  });
export const judged = (result: 'upheld' | 'dismissed', dispute = id('dispute'), unit = 'upkp2') =>
  resolutionFact('DisputeDecided', {
    ...{ caseId, dispute, unit, result, remedies: result === 'dismissed' ? ['x-ombudsman'] : [] },
  });
export const reopened = (reason: 'upheld' | 'ex_officio' | 'answered' | 'unlinked') =>
  resolutionFact('CaseReopened', { caseId, reason });
export const withdrawn = resolutionFact('WithdrawalReceived', { caseId, withdrawal: id('w'), result: 'stands' });
export const closedBy = (reason: 'silence' | 'satisfied' | 'withdrawn' | 'dismissed') =>
  resolutionFact('CaseClosed', { caseId, reason });
