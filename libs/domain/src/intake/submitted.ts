import { Refusal } from '@garda/contracts';
import type { IntakeCase, SubmittedCase } from './case';

/** The case, or the refusal that there is none. */
export function submittedCase(state: IntakeCase): SubmittedCase {
  if (state.status === 'none') throw new Refusal('CASE_NOT_FOUND', 'intake has no such case');
  return state;
}
