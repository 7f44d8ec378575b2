import { randomUUID } from 'node:crypto';
import type { EventToAppend } from '@garda/contracts';
import { commandId, expected, newEventId, type AppendRequest } from '@garda/event-store';

/** A case id that reads well in a failure: `caseId(7)` ends in 7. */
export const caseId = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export function aFact(type = 'NoteAdded', data: unknown = { note: 'seen' }): EventToAppend {
  return {
    type,
    schemaVersion: 1,
    data,
    eventId: newEventId(),
    meta: { commandId: randomUUID(), correlationId: randomUUID(), actor: { kind: 'system', id: 'spec' } },
    occurredAt: '2026-03-02T01:02:03.123456Z',
  };
}

/** One fact of one case, whatever its version. */
export function aboutCase(n: number, fact: EventToAppend = aFact()): AppendRequest {
  return {
    streamId: `case-${caseId(n)}`,
    key: caseId(n),
    expected: expected.any,
    commandId: randomUUID(),
    requestHash: null,
    result: null,
    events: [fact],
  };
}

/** The same case in another context's log: what a reaction appends, with the exact version it was decided on. */
export function reactionTo(
  cause: { eventId: string; streamId: string },
  version: number,
  fact: EventToAppend,
): AppendRequest {
  return {
    streamId: cause.streamId,
    key: cause.streamId.slice('case-'.length),
    expected: version,
    commandId: commandId('spec', cause.eventId),
    requestHash: null,
    result: null,
    events: [fact],
  };
}
