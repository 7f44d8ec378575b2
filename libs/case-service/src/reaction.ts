import {
  assertEvent,
  caseIdOf,
  streamOf,
  type Context,
  type EventToAppend,
  type LineName,
  type NewEvent,
  type RecordedEvent,
} from '@garda/contracts';
import { commandId, newEventId, type AppendRequest } from '@garda/event-store';
import { NotYet, type Reaction } from '@garda/messaging';
import { codeOf, referenceNotSeen, type CatalogueView } from './catalogue-view';
import type { CaseRules } from './rules';

/** Code of the rules' error when the stream must hear of the case from another topic first. */
const caseNotKnown = 'CASE_NOT_KNOWN_YET';

/** By these names the cursors are kept. */
const consumerNames = { open: 'reactions@1', restricted: 'levy-reactions@1' } as const satisfies Record<
  LineName,
  string
>;

/**
 * Takes foreign facts over (rule 16 of the domain): one append of the own stream for each foreign fact that means
 * something here, its command id derived from the fact, so that a redelivery is a repetition.
 */
export function reactionOf<S, C>(
  rules: CaseRules<S, C>,
  catalogue: CatalogueView<C>,
  { line, topics }: { line: LineName; topics: Readonly<Record<Context, string>> },
): Reaction {
  return {
    name: consumerNames[line],
    topics: rules.listensTo.map((context) => topics[context]),
    streamsOf: (event) => {
      const caseId = caseIdOf(line, event);
      const cases = caseId === undefined ? [] : [caseId, ...(rules.othersOf?.(event) ?? [])];
      return cases.map((one) => streamOf(line, one));
    },
    react: (own, foreign, now, stream) => {
      const state = own.reduce((s, event) => rules.fold.evolve(s, event), rules.fold.initial);
      const ids: string[] = [];
      const nextId = (): string => {
        const id = newEventId();
        ids.push(id);
        return id;
      };
      const facts = held(catalogue, () => rules.react(state, foreign, { now, nextId, catalogue: catalogue.current }));
      if (facts.length === 0) return undefined;
      const id = reactionId(rules.context, foreign, stream);
      const events = takeOver(rules.context, facts, { ids, id, foreign, now });
      return requestOf(own, events, { line, stream, id });
    },
  };
}

/** "Not yet" of the rules is "not yet" of the consumer: the key is held and drained unasked. */
function held<T>(catalogue: { refreshSoon(): void }, rule: () => T): T {
  try {
    return rule();
  } catch (error) {
    const code = codeOf(error);
    if (code === referenceNotSeen) catalogue.refreshSoon();
    if (code === referenceNotSeen || code === caseNotKnown) throw new NotYet(code);
    throw error;
  }
}

/** One command a fact and stream: a command of a log has one stream. */
function reactionId(context: Context, foreign: RecordedEvent, stream: string): string {
  const others = stream === foreign.streamId ? [] : [stream];
  return commandId(context, 'reaction', foreign.eventId, ...others);
}

interface Heard {
  readonly ids: readonly string[];
  readonly id: string;
  readonly foreign: RecordedEvent;
  readonly now: string;
}

function takeOver(context: Context, facts: readonly NewEvent[], { ids, id, foreign, now }: Heard): EventToAppend[] {
  const { correlationId, traceparent } = foreign.meta;
  const meta = {
    commandId: id,
    causationId: foreign.eventId,
    correlationId,
    ...(traceparent === undefined ? {} : { traceparent }),
    actor: { kind: 'system' as const, id: `${context}-reactions` },
  };
  return facts.map((fact, i) => {
    assertEvent(context, fact);
    const { type, schemaVersion, data } = fact;
    return { type, schemaVersion, data, eventId: ids[i] ?? newEventId(), meta, occurredAt: now };
  });
}

function requestOf(
  own: readonly RecordedEvent[],
  events: readonly EventToAppend[],
  { line, stream, id }: { line: LineName; stream: string; id: string },
): AppendRequest {
  const caseId = caseIdOf(line, { streamId: stream }) as string;
  return {
    streamId: stream,
    key: caseId,
    expected: own.at(-1)?.version ?? 0,
    commandId: id,
    requestHash: null,
    result: { caseId },
    events,
  };
}
