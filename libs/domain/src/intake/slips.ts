import {
  Refusal,
  upcast,
  type Actor,
  type IntakeFact,
  type RecordedIntakeFact,
  type SlipRevoking,
} from '@garda/contracts';
import type { Catalogue } from '../shared/catalogue';
import { ms } from '../shared/deadline';
import { intakeFact } from '../shared/facts';
import { UnknownFactError, type Fold, type Given } from '../shared/fold';

/** A book of numbered slips: a stream of its own. */
export type SlipBook =
  | { readonly status: 'none' }
  | {
      readonly status: 'issued';
      readonly book: string;
      readonly unit: string;
      readonly numbers: readonly string[];
      readonly revoked: readonly string[];
      readonly issuedAt: string;
    };

export const slipBookFold: Fold<SlipBook> = {
  initial: { status: 'none' },
  evolve(state, event) {
    const fact = upcast(event) as RecordedIntakeFact;
    if (fact.type === 'SlipBookIssued') {
      const { book, unit, numbers } = fact.data;
      return { status: 'issued', book, unit, numbers: [...numbers], revoked: [], issuedAt: fact.recordedAt };
    }
    if (fact.type === 'SlipRevoked' && state.status === 'issued')
      return { ...state, revoked: [...state.revoked, fact.data.number] };
    throw new UnknownFactError(event.type);
  },
};

/** A district gives slips to its villages and to itself, the quality unit to anybody. */
export function issueSlips(
  state: SlipBook,
  command: { readonly actor: Actor; readonly book: string; readonly unit: string; readonly numbers: readonly string[] },
  { catalogue }: Pick<Given, 'catalogue'>,
): readonly IntakeFact[] {
  if (state.status !== 'none') throw new Refusal('CASE_EXISTS', 'the book is issued');
  const { actor, book, unit, numbers } = command;
  if (catalogue.unit(unit) === undefined || catalogue.isEnded(unit))
    throw new Refusal('UNIT_UNKNOWN', `no unit ${unit}`);
  mayManage(actor, unit, catalogue);
  return [intakeFact('SlipBookIssued', { book, unit, numbers: [...numbers] })];
}

/** A slip that was lost before it was used, or spoiled, opens nothing and is taken for nothing. Twice changes nothing. */
export function revokeSlip(
  state: SlipBook,
  { actor, number, reason }: SlipRevoking & { readonly actor: Actor },
  { catalogue }: Pick<Given, 'catalogue'>,
): readonly IntakeFact[] {
  if (state.status === 'none' || !state.numbers.includes(number))
    throw new Refusal('SLIP_UNKNOWN', 'the book has no such slip');
  mayManage(actor, state.unit, catalogue);
  if (state.revoked.includes(number)) return [];
  return [intakeFact('SlipRevoked', { book: state.book, unit: state.unit, number, reason })];
}

function mayManage(actor: Actor, unit: string, catalogue: Catalogue): void {
  const may =
    actor.kind === 'staff' && (catalogue.isOfKind(actor, 'quality') || catalogue.isBelowOrSame(unit, actor.unit));
  if (!may) throw new Refusal('NOT_RESPONSIBLE', `${unit} is not below the unit of who asks`);
}

/** Whether this desk may use the slip for something it received at this time; slips of a desk that ended are its successor's. */
export function checkSlip(
  state: SlipBook,
  use: { readonly actor: Actor; readonly number: string; readonly receivedAt?: string | undefined },
  { catalogue }: Pick<Given, 'catalogue'>,
): void {
  const { actor, number, receivedAt } = use;
  if (actor.kind !== 'staff') throw new Refusal('SLIP_NEEDS_DESK', `a ${actor.kind} gives no slips out`);
  if (state.status === 'none' || !state.numbers.includes(number) || !catalogue.actsFor(actor, state.unit))
    throw new Refusal('SLIP_UNKNOWN', 'the unit holds no such slip');
  if (state.revoked.includes(number)) throw new Refusal('SLIP_REVOKED', 'the slip was revoked');
  if (receivedAt !== undefined && ms(receivedAt) < ms(state.issuedAt))
    throw new Refusal('SLIP_TOO_EARLY', 'the slip was not given out yet');
}
