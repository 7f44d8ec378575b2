import type { IntakeFact } from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import { dueNow, type Due, type DueKey } from '../shared/due';
import type { Given } from '../shared/fold';
import type { IntakeCase } from './case';
import { erasureDue, fireErasure, isErasureClock } from './erasure';
import { fireMandate, mandateDue } from './mandates';

/** The clocks of intake (domain, B.6). */
export function intakeDue(state: IntakeCase, catalogue: Catalogue): readonly Due[] {
  return state.status === 'none' ? [] : [...mandateDue(state, catalogue), ...erasureDue(state, catalogue)];
}

/** What a timer does; nothing where its time has not come or its clock is no more. */
export function fireIntake(state: IntakeCase, key: DueKey, given: Given): readonly IntakeFact[] {
  if (state.status === 'none' || dueNow(intakeDue(state, given.catalogue), key, given.now) === undefined) return [];
  return isErasureClock(key) ? fireErasure(state, key, given.catalogue) : fireMandate(state, key);
}
