import type { RecordedRoutingFact } from '@garda/contracts';
import type { Holder } from '../shared/shares';
import { isOpen, type KnownRoutingCase } from './case';

/**
 * Who has the case now. While the citizen is waited for it is his time, while papers are on the way the sender's (B.4),
 * whatever unit answers; once the work is settled it is nobody's.
 */
export function holderOf(state: KnownRoutingCase): Holder | null {
  if (!isOpen(state)) return null;
  if (state.waits.some(({ until }) => until === null)) return { with: 'citizen', unit: null };
  const sent = state.papers.find(({ where }) => where === 'on_the_way');
  if (sent !== undefined) return { with: 'transit', unit: sent.unit };
  return state.place === null ? { with: 'triage', unit: null } : { with: 'unit', unit: state.place.unit };
}

/** A desk that types a slip late has had the case since the day on the slip. */
export function receiverOf(filedBy: KnownRoutingCase['file']['filedBy']): Holder {
  return filedBy.by === 'desk' ? { with: 'unit', unit: filedBy.unit } : { with: 'triage', unit: null };
}

/** When a fact made its difference: what is taken over says when that happened elsewhere. */
export function momentOf({ type, data, recordedAt }: RecordedRoutingFact): string {
  return type === 'WaitBegan' || type === 'WaitEnded' || type === 'WorkSettled' ? data.at : recordedAt;
}
