import { assertEvent, caseIdOf, type LineName, type RecordedEvent } from '@garda/contracts';
import { foldAll, intakeFold, intakeReaction, NotKnownYet } from '@garda/domain';
import { commandId, newEventId } from '@garda/event-store';
import { NotYet, type Reaction } from '@garda/messaging';

/** By these names the cursors are kept. */
const consumerNames = { open: 'progress@1', restricted: 'levy-progress@1' } as const satisfies Record<LineName, string>;

/**
 * What resolution did and the citizen is told of becomes a fact of his own case (rule 16). One note a fact: the command
 * id follows from the foreign event, so that a record that comes again appends nothing.
 */
export function progressReaction(topic: string, line: LineName): Reaction {
  return {
    name: consumerNames[line],
    topics: [topic],
    streamsOf: (event) => (caseIdOf(line, event) === undefined ? [] : [event.streamId]),
    react: (own, foreign) => {
      const caseId = caseIdOf(line, foreign);
      const events = caseId === undefined ? [] : notesOn(own, foreign);
      if (caseId === undefined || events.length === 0) return undefined;
      const id = commandId('progress', foreign.eventId);
      const { correlationId, traceparent } = foreign.meta;
      const meta = {
        commandId: id,
        causationId: foreign.eventId,
        correlationId,
        ...(traceparent === undefined ? {} : { traceparent }),
        actor: { kind: 'system', id: 'progress' } as const,
      };
      return {
        ...{ streamId: foreign.streamId, key: caseId, commandId: id, requestHash: null, result: null },
        expected: own.at(-1)?.version ?? 0,
        events: events.map((event) => ({ ...event, meta, eventId: newEventId(), occurredAt: foreign.occurredAt })),
      };
    },
  };
}

function notesOn(own: readonly RecordedEvent[], foreign: RecordedEvent) {
  try {
    const facts = intakeReaction(foldAll(intakeFold, own), foreign);
    for (const fact of facts) assertEvent('intake', fact);
    return facts;
  } catch (error) {
    if (error instanceof NotKnownYet) throw new NotYet(error.code);
    throw error;
  }
}
