import type { Actor, NewEvent, RecordedEvent, Sealed, StaffCommandBody, StaffCommandOf } from '@garda/contracts';
import { resolutionCommands } from '../src/resolution/commands';
import type { ResolutionCase } from '../src/resolution/case';
import type { Given } from '../src/shared/fold';
import { caseId, heard } from './facts';
import { id, monday } from './spec';

/** A rule of the work, asked by somebody: what `when` of a spec takes. */
export const asks =
  (sealedWords?: Sealed) =>
  <N extends StaffCommandOf<'resolution'>>(name: N, actor: Actor, body: StaffCommandBody<N>) =>
  (state: ResolutionCase, given: Given): readonly NewEvent[] => {
    const rule = resolutionCommands[name] as (of: unknown, ask: unknown, given: Given) => readonly NewEvent[];
    return rule(state, { caseId, actor, body, sealedWords }, given);
  };

/** What a context says to a fact of another one. */
export const hears =
  <S>(reaction: (state: S, event: RecordedEvent, given: Given) => readonly NewEvent[]) =>
  (fact: Parameters<typeof heard>[0], when = monday, eventId = id('foreign')) =>
  (state: S, given: Given): readonly NewEvent[] =>
    reaction(state, heard(fact, eventId, when), given);
