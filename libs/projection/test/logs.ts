import type { EventToAppend, RecordedEvent } from '@garda/contracts';
import {
  eventLogMigrations,
  migrate,
  newEventId,
  type AppendRequest,
  type Evolve,
  type LogSchema,
} from '@garda/event-store';
import { withDatabase, type Database } from '@garda/testing';
import { randomUUID } from 'node:crypto';

/** A database of this spec file alone, with logs and cursors. */
export const withLogs = (): (() => Database) =>
  withDatabase({
    template: 'projection',
    setUp: ({ ownerUrl, appRole }) => migrate(ownerUrl, eventLogMigrations({ appRole })),
  });

export function anEvent(data: unknown, type = 'Noted'): EventToAppend {
  return {
    type,
    schemaVersion: 1,
    data,
    eventId: newEventId(),
    meta: { commandId: randomUUID(), correlationId: randomUUID(), actor: { kind: 'system', id: 'test' } },
    occurredAt: '2026-03-02T01:02:03.000000Z',
  };
}

/** A request for notes on a case: each is `{ caseId, n }`. */
export function notes(caseId: string, numbers: readonly number[]): AppendRequest {
  return {
    streamId: `case-${caseId}`,
    key: caseId,
    expected: -1,
    commandId: randomUUID(),
    requestHash: null,
    result: null,
    events: numbers.map((n) => anEvent({ caseId, n })),
  };
}

/** What the log would hold of these notes, without a log: `[case, number]` in order of position. */
export function recordedNotes(all: readonly (readonly [string, number])[]): RecordedEvent[] {
  const versions = new Map<string, number>();
  return all.map(([caseId, n], i) => {
    const version = (versions.get(caseId) ?? 0) + 1;
    versions.set(caseId, version);
    const streamId = `case-${caseId}`;
    return { ...anEvent({ caseId, n }), position: BigInt(i + 1), streamId, version, keyHash: 0, recordedAt: `t${i}` };
  });
}

export const caseIdOf = (event: RecordedEvent): string | undefined => (event.data as { caseId?: string }).caseId;

export interface Notes {
  readonly numbers: readonly number[];
  readonly last?: { readonly n: number; readonly version: number };
}
/** Depends on the order, on every event, and on nothing else. */
export const notesFold: Evolve<Notes> = {
  initial: { numbers: [] },
  evolve: (state, event) => {
    const { n } = event.data as { n: number };
    return { numbers: [...state.numbers, n], last: { n, version: event.version } };
  },
};

export const logs: LogSchema[] = ['log', 'log_restricted'];
