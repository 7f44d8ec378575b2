import type { NewEvent, RecordedEvent } from '@garda/contracts';
import { recorded } from './recorded';
import type { GivenEvent } from './recorded';

/** How a stream becomes a state: structurally what the event store folds with. */
export interface Fold<S> {
  readonly initial: S;
  evolve(state: S, event: RecordedEvent): S;
}

/** A rule as specs call it: everything else it needs is closed over. */
export type Rule<S> = (state: S) => readonly NewEvent[];

/** An event as an expectation writes it; without `schemaVersion` it is version 1. */
export type ExpectedEvent = Pick<NewEvent, 'type' | 'data'> & Partial<Pick<NewEvent, 'schemaVersion'>>;

export interface Given<S> {
  /** The state the given events fold to. */
  state(): S;
  when(rule: Rule<S>): Verdict;
}

export interface Verdict {
  /** Exactly these events, in this order. */
  then(...events: readonly ExpectedEvent[]): void;
  /** The rule refuses with this code. */
  thenRefused(code: string): void;
  /** The rule allows it and there is nothing to record. */
  thenNothing(): void;
}

type Outcome = { readonly events: readonly NewEvent[] } | { readonly error: unknown };

/** Rules that were run and not judged yet: a spec that stops at `when` would otherwise pass whatever the rule does. */
let unjudged = 0;
afterEach(() => {
  const forgotten = unjudged;
  unjudged = 0;
  if (forgotten > 0) {
    throw new Error('A `when` has no `then`, `thenRefused` or `thenNothing`: this spec says nothing.');
  }
});

/** Specs of a context's rules: `const spec = specFor(fold); spec.given(…).when(…).then(…)`. */
export function specFor<S>(fold: Fold<S>, streamId?: string): { given(...events: readonly GivenEvent[]): Given<S> } {
  return {
    given: (...events) => {
      const state = (): S => recorded(events, streamId).reduce((now, event) => fold.evolve(now, event), fold.initial);
      return { state, when: (rule) => verdictOn(outcomeOf(rule, state())) };
    },
  };
}

function outcomeOf<S>(rule: Rule<S>, state: S): Outcome {
  try {
    return { events: rule(state) };
  } catch (error) {
    return { error };
  }
}

function verdictOn(outcome: Outcome): Verdict {
  unjudged += 1;
  const judge = (check: () => void) => {
    unjudged -= 1;
    check();
  };
  return {
    then: (...events) => judge(() => expect(eventsOf(outcome)).toEqual(events.map(plain))),
    thenNothing: () => judge(() => expect(eventsOf(outcome)).toEqual([])),
    thenRefused: (code) => judge(() => expect(codeOf(outcome)).toBe(code)),
  };
}

/** A refusal where events were expected is thrown as it is: its stack says where the rule refused. */
function eventsOf(outcome: Outcome): ExpectedEvent[] {
  if ('error' in outcome) {
    throw outcome.error;
  }
  return outcome.events.map(plain);
}

function codeOf(outcome: Outcome): unknown {
  if (!('error' in outcome)) {
    return `not refused: ${outcome.events.map((event) => event.type).join(', ') || 'no events'}`;
  }
  const { error } = outcome;
  if (typeof error === 'object' && error !== null && 'code' in error) {
    return error.code;
  }
  // A fault of the rule, not a refusal.
  throw error;
}

function plain({ type, schemaVersion = 1, data }: ExpectedEvent): ExpectedEvent {
  return { type, schemaVersion, data };
}
