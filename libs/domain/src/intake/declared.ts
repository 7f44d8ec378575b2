import {
  Refusal,
  upcast,
  type DeclaredMoney,
  type IntakeFact,
  type RecordedIntakeFact,
  type Sealed,
} from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import { ms } from '../shared/deadline';
import { intakeFact } from '../shared/facts';
import { UnknownFactError, type Fold, type Given } from '../shared/fold';
import { localDate } from '../shared/zone';
import type { IntakeCase, SubmittedCase } from './case';
import { submittedCase } from './submitted';

/** What was declared about one case: a stream of its own in the restricted log. */
export interface Declared {
  readonly payments: number;
}

export const declaredFold: Fold<Declared> = {
  initial: { payments: 0 },
  evolve(state, event) {
    const fact = upcast(event) as RecordedIntakeFact;
    if (fact.type !== 'PaymentDeclared') throw new UnknownFactError(event.type);
    return { payments: state.payments + 1 };
  },
};

/** Domain B.1: any time up to two years from the day of receipt (A). */
const years = 2;
/** Beyond this it is a slip of the finger, or a crime to be reported as one. */
const highest = 1_000_000_000;
const mostPayments = 50;

/**
 * The code holder declares what he paid. Decided on the stream of declared payments; `about` is the case as its open
 * stream says, which is read and never written.
 */
export function declarePayment(
  state: Declared,
  command: DeclaredMoney & { readonly sealed: readonly Sealed[] },
  { about, now, catalogue }: Pick<Given, 'now' | 'catalogue'> & { readonly about: IntakeCase },
): readonly IntakeFact[] {
  const known = submittedCase(about);
  const { caseId, terms } = known.file;
  const today = localDate(catalogue.calendar(terms.calendar).zone, ms(now));
  if (today > lastDayToDeclare(known, catalogue)) throw new Refusal('DECLARED_TOO_LATE', `${years} years are over`);
  const { sealed, ...money } = command;
  if (money.amount < 1 || money.amount > highest)
    throw new Refusal('DECLARED_AMOUNT_WRONG', `an amount is between 1 and ${highest} rupiah`);
  if (money.paidOn > today) throw new Refusal('PAID_IN_FUTURE', 'the day lies in the future');
  if (money.line !== undefined && terms.tariff?.some(({ line }) => line === money.line) !== true)
    throw new Refusal('TARIFF_LINE_UNKNOWN', 'the pinned terms have no such line');
  if (state.payments >= mostPayments) throw new Refusal('TOO_MANY_DECLARED', `${mostPayments} payments are declared`);
  return [intakeFact('PaymentDeclared', { caseId, ...money, sealed: [...sealed] })];
}

/** The same day of the month two years after receipt, by the office's calendar. */
function lastDayToDeclare({ file }: SubmittedCase, catalogue: Catalogue): string {
  const received = localDate(catalogue.calendar(file.terms.calendar).zone, ms(file.receivedAt));
  return `${Number(received.slice(0, 4)) + years}${received.slice(4)}`;
}
