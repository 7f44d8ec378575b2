import type { IntakeData, RecordedIntakeFact } from '@garda/contracts';
import type { Refunds, SubmittedCase } from './case';

export type ErasureFact = Extract<
  RecordedIntakeFact,
  { type: 'ErasureRequested' | 'ErasureRefused' | 'PersonalDataErased' }
>;

export function isErasureFact(fact: RecordedIntakeFact): fact is ErasureFact {
  return ['ErasureRequested', 'ErasureRefused', 'PersonalDataErased'].includes(fact.type);
}

/** What was decided about it is news to him. */
export function erasureAfter(state: SubmittedCase, fact: ErasureFact): SubmittedCase {
  if (fact.type === 'ErasureRequested') {
    const { eventId: ref, recordedAt: at, version } = fact;
    return { ...state, erasure: { ref, at, version, state: 'asked', code: null, told: [] } };
  }
  const news = [...state.news, { ref: fact.eventId, at: fact.recordedAt, told: null, toldAt: null, failed: [] }];
  const answer =
    fact.type === 'ErasureRefused'
      ? { state: 'refused' as const, code: fact.data.code }
      : { state: 'erased' as const, code: null };
  return { ...state, news, erasure: state.erasure && { ...state.erasure, ...answer } };
}

export function silenceTold(state: SubmittedCase, { rung }: IntakeData<'DutyDue'>): SubmittedCase {
  const { erasure } = state;
  return { ...state, erasure: erasure && { ...erasure, told: [...erasure.told, rung] } };
}

/** A refund ends by being paid out, or by not being granted. */
export function refundsAfter(refunds: Refunds, { fact, outcome }: IntakeData<'CaseProgressNoted'>): Refunds {
  const begun = fact === 'RefundRequested' ? 1 : 0;
  const ended = fact === 'FeeRefunded' || (fact === 'RefundDecided' && outcome === 'refused') ? 1 : 0;
  return { begun: refunds.begun + begun, ended: refunds.ended + ended };
}
