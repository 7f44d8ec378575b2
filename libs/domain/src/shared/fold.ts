import type { RecordedEvent } from '@garda/contracts';
import type { Catalogue } from './catalogue';

/** State is what the facts of one stream add up to: a plain JSON value, never a Map, Set, Date or undefined. */
export interface Fold<S> {
  readonly initial: S;
  /** Throws `UnknownFactError` on a type it does not know: whoever decides must not guess. */
  evolve(state: S, event: RecordedEvent): S;
}

/** What a rule is told besides the state: the case clock, the ids of the facts to come, the reference data. */
export interface Given {
  /** ISO 8601 in UTC, from the case clock. */
  readonly now: string;
  /** Ids in the order of the returned facts; a sealed object is bound to the id of its fact. */
  readonly nextId: () => string;
  readonly catalogue: Catalogue;
}

/** A stream holds a fact that this code does not know: deciding on it stops. */
export class UnknownFactError extends Error {
  override readonly name = 'UnknownFactError';
  readonly code = 'UNKNOWN_FACT';
  constructor(readonly factType: string) {
    super(`no rule knows the fact ${factType}`);
  }
}

/** The stream must first hear of the case from another topic; the foreign fact is held until then. */
export class NotKnownYet extends Error {
  override readonly name = 'NotKnownYet';
  readonly code = 'CASE_NOT_KNOWN_YET';
  constructor() {
    super('the stream does not know the case yet');
  }
}

/** The last line of an exhaustive switch: a new fact breaks the build, an unknown one stops the decision. */
export function unknownFact(fact: never): never {
  throw new UnknownFactError((fact as { type: string }).type);
}

/** The state after some facts of one stream, in order. */
export function foldAll<S>(fold: Fold<S>, events: readonly RecordedEvent[], from: S = fold.initial): S {
  return events.reduce((state, event) => fold.evolve(state, event), from);
}
