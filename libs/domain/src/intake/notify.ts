import type { IntakeData, IntakeFact } from '@garda/contracts';
import { intakeFact } from '../shared/facts';
import type { IntakeCase } from './case';
import { submittedCase } from './submitted';

export type NoteNotification = Omit<IntakeData<'CitizenNotified'>, 'caseId'>;

/** Rule 12: that the citizen was told, or that telling him failed. Nothing where it is known already. */
export function noteNotification(state: IntakeCase, command: NoteNotification): readonly IntakeFact[] {
  const known = submittedCase(state);
  const { about, channel, ok } = command;
  const item = known.news.find((one) => one.ref === about);
  if (item === undefined || item.told !== null || (!ok && item.failed.includes(channel))) return [];
  return [intakeFact('CitizenNotified', { caseId: known.file.caseId, about, channel, ok })];
}

/** What the citizen has not been told yet, oldest first. */
export function untold(state: IntakeCase): readonly string[] {
  if (state.status === 'none') return [];
  return state.news.filter((item) => item.told === null).map((item) => item.ref);
}
