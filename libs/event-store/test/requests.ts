import type { EventToAppend } from '@garda/contracts';
import { randomUUID } from 'node:crypto';
import { newEventId } from '../src/ids';
import type { AppendRequest } from '../src/types';

export function anEvent(data: unknown = { note: 'seen' }, type = 'NoteAdded'): EventToAppend {
  return {
    type,
    schemaVersion: 1,
    data,
    eventId: newEventId(),
    meta: { commandId: randomUUID(), correlationId: randomUUID(), actor: { kind: 'system', id: 'test' } },
    occurredAt: '2026-03-02T01:02:03.123456Z',
  };
}

/** A request for one event on a stream, whatever its version; `part` changes what matters to the test. */
export function aRequest(streamId: string, part: Partial<AppendRequest> = {}): AppendRequest {
  return {
    streamId,
    key: streamId,
    expected: -1,
    commandId: randomUUID(),
    requestHash: 'hash',
    result: { caseId: streamId },
    events: [anEvent()],
    ...part,
  };
}

/** Lets the event loop turn once, so that what was asked is under way. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
