import { assertEvent, type Context, type EventToAppend, type NewEvent, type RecordedEvent } from '@garda/contracts';
import { commandId, newEventId, type AppendRequest } from '@garda/event-store';
import { NotYet, type Reaction } from '@garda/messaging';
import { codeOf, referenceNotSeen, type CatalogueView } from './catalogue-view';
import { caseIdOf, streamOf, type CaseRules } from './rules';

/** Code of the rules' error when the stream must hear of the case from another topic first. */
const caseNotKnown = 'CASE_NOT_KNOWN_YET';

/**
 * Takes foreign facts over (rule 16 of the domain): one append of the own stream for each foreign fact that means
 * something here, its command id derived from the fact, so that a redelivery is a repetition.
 */
export function reactionOf<S, C>(
  rules: CaseRules<S, C>,
  catalogue: CatalogueView<C>,
  topics: Readonly<Record<Context, string>>,
): Reaction {
  const name = 'reactions@1';
  return {
    name,
    topics: rules.listensTo.map((context) => topics[context]),
    streamOf: (event) => {
      const caseId = caseIdOf(event);
      return caseId === undefined ? undefined : streamOf(caseId);
    },
    react: (own, foreign, now) => {
      const state = own.reduce((s, event) => rules.fold.evolve(s, event), rules.fold.initial);
      const ids: string[] = [];
      const nextId = (): string => {
        const id = newEventId();
        ids.push(id);
        return id;
      };
      const facts = held(catalogue, () => rules.react(state, foreign, { now, nextId, catalogue: catalogue.current }));
      if (facts.length === 0) return undefined;
      return requestOf(rules.context, own, foreign, takeOver(rules.context, facts, ids, foreign, now));
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

function takeOver(
  context: Context,
  facts: readonly NewEvent[],
  ids: readonly string[],
  foreign: RecordedEvent,
  now: string,
): EventToAppend[] {
  const { correlationId, traceparent } = foreign.meta;
  const meta = {
    commandId: commandId(context, 'reaction', foreign.eventId),
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
  context: Context,
  own: readonly RecordedEvent[],
  foreign: RecordedEvent,
  events: readonly EventToAppend[],
): AppendRequest {
  const caseId = caseIdOf(foreign) as string;
  return {
    streamId: streamOf(caseId),
    key: caseId,
    expected: own.at(-1)?.version ?? 0,
    commandId: commandId(context, 'reaction', foreign.eventId),
    requestHash: null,
    result: { caseId },
    events,
  };
}
