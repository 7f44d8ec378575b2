import type { IntakeData } from '@garda/contracts';
import { intakeFact } from '../src/shared/facts';
import { iso, ms } from '../src/shared/deadline';
import { caseId } from './facts';
import { at, id, monday } from './spec';

type Noted = IntakeData<'CaseProgressNoted'>;

/** So many hours after Monday morning at eight: from four to five the office is at lunch, after eight it is closed. */
export const hours = (count: number) => iso(ms(monday) + count * 3_600_000);

/** What the citizen is told of a fact of resolution, under an id that is made of its name. */
export const note = (hour: number, fact: string, more: Partial<Noted> = {}) =>
  at(
    hours(hour),
    intakeFact('CaseProgressNoted', { ...{ caseId, state: 'news', ref: id(fact), fact }, ...when(hour), ...more }),
  );
export const noteOfBill = (hour: number, state: IntakeData<'FeeNoted'>['state'], fee = 'FeeAssessed') =>
  at(hours(hour), intakeFact('FeeNoted', { ...{ caseId, state, fee: id(fee), ref: id(state) }, ...when(hour) }));
const when = (hour: number) => ({ at: hours(hour) });

export const told = (hour: number, about: string, ok = true) =>
  at(hours(hour), intakeFact('CitizenNotified', { caseId, about: id(about), channel: 'page', ok }));
/** He answers the question of this name, or adds unasked. */
export const answers = (hour: number, about?: string) =>
  at(hours(hour), intakeFact('InformationProvided', { caseId, request: about && id(about), items: [], sealed: [] }));
