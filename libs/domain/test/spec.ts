import { createHash } from 'node:crypto';
import type { NewEvent, RecordedEvent } from '@garda/contracts';
import type { Fold, Given } from '../src/shared/fold';
import { catalogue } from './catalogue';

/** A UUID that is the same in every run. */
export function id(purpose: string): string {
  const hex = createHash('sha256').update(purpose).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A Monday morning in the office: 08:00 in Jakarta. */
export const monday = '2026-02-02T01:00:00.000Z';

export type Fact = NewEvent & { readonly at?: string; readonly eventId?: string };

/** A fact with a time and an id of its own. */
export const at = (time: string, fact: NewEvent, eventId?: string): Fact =>
  eventId === undefined ? { ...fact, at: time } : { ...fact, at: time, eventId };

/** Facts as a log holds them: version and id by their place, the time of the last stated one. */
export function recorded(facts: readonly Fact[], stream = 'case'): RecordedEvent[] {
  let now = monday;
  return facts.map(({ type, schemaVersion, data, at: time, eventId }, index) => {
    now = time ?? now;
    return {
      type,
      schemaVersion,
      data,
      eventId: eventId ?? id(`${stream} ${index + 1}`),
      meta: { commandId: id('command'), correlationId: id('correlation'), actor: { kind: 'system', id: 'spec' } },
      occurredAt: now,
      recordedAt: now,
      position: BigInt(index + 1),
      version: index + 1,
      streamId: stream,
      keyHash: 0,
    };
  });
}

export function givenAt(now = monday): Given {
  let next = 0;
  return { now, nextId: () => id(`next ${(next += 1)}`), catalogue };
}

type Outcome = { readonly facts: readonly NewEvent[] } | { readonly error: unknown };

const plain = ({ type, data }: NewEvent) => ({ type, data });

/** Exact facts in exact order, or a refusal by its code. An outcome nobody judged fails its spec. */
export function specFor<S>(fold: Fold<S>) {
  return (...facts: readonly Fact[]) => {
    const state = recorded(facts).reduce((before, event) => fold.evolve(before, event), fold.initial);
    return {
      state,
      when(rule: (state: S, given: Given) => readonly NewEvent[], now?: string) {
        const outcome = outcomeOf(() => rule(state, givenAt(now)));
        return {
          then: (...expected: readonly NewEvent[]) => expect(factsOf(outcome).map(plain)).toEqual(expected.map(plain)),
          thenNothing: () => expect(factsOf(outcome)).toEqual([]),
          thenRefused: (code: string) => expect(codeOf(outcome)).toBe(code),
        };
      },
    };
  };
}

function outcomeOf(run: () => readonly NewEvent[]): Outcome {
  try {
    return { facts: run() };
  } catch (error) {
    return { error };
  }
}

function factsOf(outcome: Outcome): readonly NewEvent[] {
  if ('error' in outcome) throw outcome.error;
  return outcome.facts;
}

function codeOf(outcome: Outcome): unknown {
  if (!('error' in outcome)) return `not refused: ${outcome.facts.map((fact) => fact.type).join()}`;
  const { error } = outcome;
  if (error instanceof Error && 'code' in error) return error.code;
  throw error;
}
