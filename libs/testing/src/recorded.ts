import { createHash } from 'node:crypto';
import type { RecordedEvent } from '@garda/contracts';

/** An event as a spec writes it: what it does not say is filled in, the same every time. */
export type GivenEvent = Pick<RecordedEvent, 'type' | 'data'> & Partial<RecordedEvent>;

/** The time of the first given event; each later one is a minute after the one before. */
const firstTime = Date.UTC(2026, 0, 5, 1, 0, 0);

/**
 * Turns plain events into recorded ones: version and position count from 1, ids follow from stream and version, times
 * go up by a minute. Whatever an event states itself is kept.
 */
export function recorded(
  events: readonly GivenEvent[],
  streamId = 'case-00000000-0000-7000-8000-000000000001',
): RecordedEvent[] {
  return events.map((event, index) => {
    const number = index + 1;
    const time = `${new Date(firstTime + index * 60_000).toISOString().slice(0, -1)}000Z`;
    return {
      schemaVersion: 1,
      eventId: madeId(event.streamId ?? streamId, number),
      meta: {
        commandId: madeId('command', number),
        correlationId: madeId('correlation', 0),
        actor: { kind: 'system', id: 'spec' },
      },
      occurredAt: time,
      position: BigInt(number),
      streamId,
      version: number,
      recordedAt: time,
      keyHash: 0,
      ...event,
    };
  });
}

/** A valid UUID (version 8: made by rule) that is the same in every run. */
export function madeId(purpose: string, number: number): string {
  const hex = createHash('sha256').update(`${purpose}/${number}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
