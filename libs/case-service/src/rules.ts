import type { Actor, Context, NewEvent, RecordedEvent, Sealed } from '@garda/contracts';
import type { Evolve } from '@garda/event-store';
import type { DueRow } from '@garda/projection';
import type { ReferenceData } from '@garda/reference';

/** What a rule is told besides the state. `C` is the catalogue in the shape the rules read. */
export interface RuleGiven<C> {
  readonly now: string;
  readonly nextId: () => string;
  readonly catalogue: C;
}

/** A staff command as it reached this service, its words sealed already. */
export interface StaffAsk {
  readonly caseId: string;
  readonly actor: Actor;
  readonly body: unknown;
  readonly sealedWords?: Sealed | undefined;
}

/** A clock of a case: which, started by which version of the stream, which rung. */
export type ClockKey = Pick<DueRow, 'clock' | 'startedVersion' | 'rung'>;

/** The rules of one context, pure. Everything else about a service that decides on cases is the same for all of them. */
export interface CaseRules<S, C> {
  readonly context: Context;
  readonly fold: Evolve<S>;
  /** The catalogue as the rules read it; asked again only when something was published. */
  catalogue(data: ReferenceData): C;
  /** Contexts whose facts move this one. */
  readonly listensTo: readonly Context[];
  /** What follows here from a foreign fact; nothing is a good answer. */
  react(state: S, foreign: RecordedEvent, given: RuleGiven<C>): readonly NewEvent[];
  /** Other cases than its own that a foreign fact moves; none where this is left out. */
  othersOf?(foreign: RecordedEvent): readonly string[];
  /** The clocks that run for a case. */
  due(state: S, catalogue: C): readonly DueRow[];
  /** What a clock that ran out does; nothing when it is not due any more. */
  fire(state: S, key: ClockKey, given: RuleGiven<C>): readonly NewEvent[];
  /** What is to be done because of a unit that ended; left out where nothing is. */
  readonly succession?: Succession<S, C>;
}

/** How cases of a unit that ended come to its successor. */
export interface Succession<S, C> {
  /** The condition on a row of `read.case_state` whose case is with one of the units `$1::text[]`. */
  readonly where: string;
  /** The same as an index, behind `create index … on table`. */
  readonly indexes: readonly string[];
  ended(catalogue: C): readonly string[];
  /** Looks again at the folded state: nothing where the case has gone on. */
  pass(state: S, given: RuleGiven<C>): readonly NewEvent[];
}
