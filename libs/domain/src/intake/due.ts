import type { IntakeFact } from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import { dueNow, type Due, type DueKey } from '../shared/due';
import type { Given } from '../shared/fold';
import type { IntakeCase } from './case';
import { erasureDue, fireErasure, isErasureClock } from './erasure';
import { fireMandate, mandateDue } from './mandates';
import { fireRetention, isRetentionClock, retentionDue } from './retention';

/** The clocks of intake (domain, B.6). */
export function intakeDue(state: IntakeCase, catalogue: Catalogue): readonly Due[] {
  if (state.status === 'none') return [];
  return [mandateDue, erasureDue, retentionDue].flatMap((due) => due(state, catalogue));
}

/** What a timer does; nothing where its time has not come or its clock is no more. */
export function fireIntake(state: IntakeCase, key: DueKey, given: Given): readonly IntakeFact[] {
  if (state.status === 'none' || dueNow(intakeDue(state, given.catalogue), key, given.now) === undefined) return [];
  if (isErasureClock(key)) return fireErasure(state, key, given.catalogue);
  return isRetentionClock(key) ? fireRetention(state, key, given.catalogue) : fireMandate(state, key);
}
