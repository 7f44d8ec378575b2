import type { IntakeData, RecordedIntakeFact } from '@garda/contracts';
import type { Erasure, Refunds, SubmittedCase } from './case';

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
  if (fact.type === 'PersonalDataErased') return { ...state, news, erasure: erased(state.erasure, fact) };
  if (fact.data.request === state.retention?.listed?.ref)
    return {
      ...state,
      news,
      retention: { since: fact.recordedAt, version: fact.version, keptOn: true, listed: null },
    };
  return { ...state, news, erasure: state.erasure && { ...state.erasure, state: 'refused', code: fact.data.code } };
}

/** As he asked, or by the clock, unasked. */
function erased(
  asked: Erasure | null,
  { data, recordedAt: at, version }: Extract<ErasureFact, { type: 'PersonalDataErased' }>,
): Erasure {
  return { ...(asked ?? { ref: data.request, at, version, told: [] }), state: 'erased', code: null };
}

/** A unit was told of a request that nobody answers, or that the time of keeping ends. */
export function dutyTold(
  state: SubmittedCase,
  { data, eventId: ref, recordedAt: at }: Extract<RecordedIntakeFact, { type: 'DutyDue' }>,
): SubmittedCase {
  const { erasure, retention } = state;
  if (data.duty === 'retention_ends')
    return { ...state, retention: retention && { ...retention, listed: { ref, at } } };
  return { ...state, erasure: erasure && { ...erasure, told: [...erasure.told, data.rung] } };
}

/** A refund ends by being paid out, or by not being granted. */
export function refundsAfter(refunds: Refunds, { fact, outcome }: IntakeData<'CaseProgressNoted'>): Refunds {
  const begun = fact === 'RefundRequested' ? 1 : 0;
  const ended = fact === 'FeeRefunded' || (fact === 'RefundDecided' && outcome === 'refused') ? 1 : 0;
  return { begun: refunds.begun + begun, ended: refunds.ended + ended };
}
